#!/usr/bin/env python3
"""`restore` is killed between its changes of files: afterwards the village is what it was, or what was restored. timeout_s: 900, one_try

Three states of one village: the newest backup in its own directory (which must never come up), the backup that is restored, what is there.
At each instant the program is killed there, `doctor --heal` opens what is left as the kiosk does, and the mark of all facts tells which it is.

--every N     only every N-th change (short: about 30; NUANZHAN_LONG=1: each)
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import stage  # noqa: E402

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
SHIM = BUILD / "libfault_shim.so"


def mark(data):
    return stage.run("journal", "--data", data, "--mark").stdout.strip()


def says_something(village, times):
    for _ in range(times):
        stage.run("report", "--data", village.data, "--sheet", "attendance.month", "--out", village.folder / "sheet.csv", "--from", "2026-11-01", "--to", "2026-11-30")


def restore(data, backup, **shim):
    environment = os.environ | {"LD_PRELOAD": str(SHIM), "NUANZHAN_SHIM_UNDER": str(data)} | {f"NUANZHAN_SHIM_{k.upper()}": str(v) for k, v in shim.items()}
    return subprocess.run([stage.PROGRAM, "restore", "--data", data, "--from", backup, "--yes"], env=environment, capture_output=True, text=True, timeout=120)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int)
    asked = parser.parse_args()
    if not SHIM.is_file():
        print(f"not built: {SHIM}")
        return 77
    village = stage.Village()
    stage.run("backup", "--data", village.data)
    says_something(village, 2)
    backup = village.folder / "stick" / "restored.nzb"
    backup.parent.mkdir()
    stage.run("backup", "--data", village.data, "--out", backup, "--clear")
    restored = mark(village.data)
    says_something(village, 3)
    there = mark(village.data)
    assert restored != there

    with tempfile.TemporaryDirectory() as place:
        def fresh():
            copy = pathlib.Path(place) / "data"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(village.data, copy)
            return copy

        counted = pathlib.Path(place) / "count"
        done = restore(fresh(), backup, count=counted)
        assert done.returncode == 0, done.stderr
        assert mark(pathlib.Path(place) / "data") == restored, "restored without a cut"
        changes = int(next(line.split()[1] for line in counted.read_text().splitlines() if line.startswith("changes ")))
        every = asked.every or (1 if os.environ.get("NUANZHAN_LONG") else max(1, changes // 30))
        # The last ones change names in the village itself: each of them in any case.
        instants = sorted({*range(1, changes + 1, every), *range(max(1, changes - 25), changes + 1)})
        found = {there: 0, restored: 0}
        wrong = []
        for instant in instants:
            data = fresh()
            done = restore(data, backup, kill=instant)
            if done.returncode != -9:
                wrong.append(f"{instant}: not killed, left with {done.returncode}")
                continue
            healed = stage.run("doctor", "--data", data, "--heal", check=False)
            if healed.returncode != 0:
                wrong.append(f"{instant}: {healed.stdout}{healed.stderr}")
                continue
            now = mark(data)
            if now in found:
                found[now] += 1
            else:
                wrong.append(f"{instant}: {now} is neither {there} nor {restored}: {healed.stdout}")
    print(f"{len(instants)} of {changes} instants: {found[there]} times what was there, {found[restored]} times what was restored, {len(wrong)} wrong")
    for line in wrong:
        print(line)
    return 1 if wrong or not all(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
