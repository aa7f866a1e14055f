#!/usr/bin/env python3
"""Flipped bits, cut write-ahead files, deleted and swapped files: noticed where a fact changed, and healed to the last acknowledged fact.

timeout_s: 3000, one_try

A village of a few hundred facts with a backup in the middle is copied, damaged in one place, healed by `doctor --heal`, and read back: every
fact must be there byte for byte, the chain whole, and the tables what the facts say. Short: 40 flips, 20 cuts, all files; with
NUANZHAN_LONG 1000 and 300 (`--flips`, `--cuts`).
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
NUANZHAN = os.environ.get("NUANZHAN") or str(BUILD / "nuanzhan")
WRITER = BUILD / "fault_writer"
DB = ("nuanzhan.db", "nuanzhan.db-wal", "nuanzhan.db-shm")


def write_for(seconds, data):
    said = subprocess.Popen([WRITER, "write", data], stdout=subprocess.PIPE, text=True)
    said.stdout.readline()
    time.sleep(seconds)
    said.kill()
    rest = said.communicate()[0]
    return rest.count("\n")


def read(data):
    done = subprocess.run([WRITER, "read", data], capture_output=True, text=True)
    facts = sorted(line for line in done.stdout.splitlines() if line.startswith("fact "))
    return facts, done.returncode == 0 and "folds equal" in done.stdout, done.stdout[-300:] + done.stderr[-300:]


def heal(data):
    done = subprocess.run([NUANZHAN, "doctor", "--data", data, "--heal"], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def flip(file, chance):
    with open(file, "r+b") as f:
        at = chance.randrange(os.path.getsize(file))
        f.seek(at)
        byte = f.read(1)[0] ^ (1 << chance.randrange(8))
        f.seek(at)
        f.write(bytes([byte]))
    return f"bit at {at} of {os.path.getsize(file)} in {file.name}"


def main():
    parser = argparse.ArgumentParser()
    long = bool(os.environ.get("NUANZHAN_LONG"))
    parser.add_argument("--flips", type=int, default=1000 if long else 40)
    parser.add_argument("--cuts", type=int, default=300 if long else 20)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-damage-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    wrong = []
    counts = {"flips": 0, "cuts": 0, "files": 0, "rebuilt": 0, "brought_back": 0, "untouched": 0}
    try:
        whole = folder / "whole"
        write_for(0.25, whole)
        old = folder / "old.db"
        shutil.copy(whole / "nuanzhan.db", old)  # with its write-ahead file missing: an old copy, as somebody might put it back
        subprocess.run([NUANZHAN, "backup", "--data", whole], check=True, capture_output=True)
        write_for(0.25, whole)
        first = folder / "first"
        shutil.copytree(whole, first)
        right, sound, why = read(first)
        if not sound or len(right) < 50:
            print(f"the village itself is not sound: {why}")
            return 1
        first_flips = random.Random(asked.seed + 1)

        def case(kind, damage):
            data = folder / "case"
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(whole, data)
            what = damage(data)
            code, said = heal(data)
            counts[kind] += 1
            counts["rebuilt" if "whole again" in said else "brought_back" if "came back" in said else "untouched"] += 1
            facts, sound, why = read(data)
            if code != 0 or facts != right or not sound:
                wrong.append(f"{what}: doctor {code}: {said.strip()[-200:]}; {len(set(right) - set(facts))} facts lost or changed, sound {sound} {'' if sound else why}")

        for _ in range(asked.flips):
            case("flips", lambda data: flip(data / chance.choice(DB[:2]), chance))
        for _ in range(asked.cuts):
            def cut(data):
                wal = data / "nuanzhan.db-wal"
                size = chance.randrange(os.path.getsize(wal))
                os.truncate(wal, size)
                return f"write-ahead file cut at {size}"
            case("cuts", cut)

        def gone(*names):
            def damage(data):
                for n in names:
                    (data / n).unlink()
                return "deleted " + " ".join(names)
            return damage

        def over(name, content):
            def damage(data):
                (data / name).write_bytes(content(data))
                return f"{name} overwritten"
            return damage

        for damage in (gone(DB[0]), gone(DB[1]), gone(DB[2]), gone(DB[1], DB[2]), gone(*DB), over(DB[0], lambda d: b""), over(DB[1], lambda d: b""),
                       over(DB[0], lambda d: b"\0" * os.path.getsize(d / DB[0])), over(DB[0], lambda d: old.read_bytes()),
                       over(DB[0], lambda d: (d / DB[0]).read_bytes()[:8192] + b"\0" * 4096 + (d / DB[0]).read_bytes()[12288:])):
            case("files", damage)
        # The second journal's own damage costs nothing while the database is whole.
        for _ in range(5):
            case("flips", lambda data: flip(data / "second" / "00000001.nzj", first_flips))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({**counts, "facts": len(right), "not_healed": len(wrong)}))
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
