#!/usr/bin/env python3
"""One sector of the second journal that the disk does not give any more: the kiosk goes on and keeps a second journal, and heals. timeout_s: 300, one_try

A village of a few deeds; then, with the sector bad (shim.cpp), more deeds are done: each is confirmed, and what was said stands in the second journal
as well, in a segment that the disk gives. Then the database is lost, and `doctor --heal` has the sector bad too.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
PLAYER, SHIM, PROGRAM = BUILD / "fault_player", BUILD / "libfault_shim.so", BUILD / "nuanzhan"
FIRST = "second/00000001.nzj"
# In the head, in the first record, among the records, where nothing has been written yet.
PLACES = {"head": 8, "first record": 200, "records": 4096, "nothing yet": 3_000_000}
BEFORE, DEEDS = 3, 6


def skip(reason):
    print(reason)
    sys.exit(77)


def told(done):
    return f"left with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}"


def one(template, place, name, at):
    folder = place / name.replace(" ", "-")
    shutil.copytree(template, folder)
    data = folder / "data"
    bad = os.environ | {"LD_PRELOAD": str(SHIM), "NUANZHAN_SHIM_UNDER": str(data), "NUANZHAN_SHIM_BAD": f"{FIRST} {at}"}
    before = len(list((data / "second").glob("*.nzj")))
    done = subprocess.run([PLAYER, "deeds", data, str(BEFORE + 1), str(DEEDS)], env=bad, capture_output=True, text=True, timeout=120, check=False)
    confirmed = [set(line.split()[2:]) for line in done.stdout.splitlines() if line.startswith("confirmed")]
    assert done.returncode == 0 and len(confirmed) == DEEDS and "refused" not in done.stdout, told(done)
    segments = len(list((data / "second").glob("*.nzj")))
    assert segments == before + 1, f"{segments} segments: another is begun, and the bad one is left"
    subprocess.run([PROGRAM, "backup", "--data", data], env=bad, check=True, capture_output=True, timeout=120)
    more = subprocess.run([PLAYER, "deeds", data, str(BEFORE + DEEDS + 1), str(DEEDS)], env=bad, capture_output=True, text=True, timeout=120, check=False)
    confirmed += [set(line.split()[2:]) for line in more.stdout.splitlines() if line.startswith("confirmed")]
    assert len(confirmed) == 2 * DEEDS, told(more)
    assert len(list((data / "second").glob("*.nzj"))) == segments, "once is enough"
    for file in data.glob("nuanzhan.db*"):
        file.unlink()
    healed = subprocess.run([PROGRAM, "doctor", "--heal", "--data", data], env=bad, capture_output=True, text=True, timeout=120, check=False)
    looked = subprocess.run([PLAYER, "check"], input=f"{data}\n", capture_output=True, text=True, timeout=120, check=False)
    seen = json.loads(looked.stdout) if looked.stdout else {"error": looked.stderr}
    assert "error" not in seen, f"{seen} {told(healed)}"
    lost = set().union(*confirmed) - set(seen["facts"].split())
    assert not lost and not seen["broken_at"], f"{len(lost)} facts lost; {told(healed)}"


def main():
    if not SHIM.exists():
        skip("built with a sanitizer: nothing can stand before it")
    place = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-sector-"))
    wrong = 0
    try:
        template = place / "template"
        (template / "data").mkdir(parents=True)
        subprocess.run([PLAYER, "day", template / "data", str(BEFORE)], check=True, capture_output=True, timeout=120)
        for name, at in PLACES.items():
            try:
                one(template, place, name, at)
                print(f"{name}: {2 * DEEDS} deeds confirmed, a new segment, healed with all of them")
            except AssertionError as e:
                wrong += 1
                print(f"{name}: {e}")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return 1 if wrong else 0


sys.exit(main())
