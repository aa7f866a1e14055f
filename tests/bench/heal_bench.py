#!/usr/bin/env python3
"""How long a large village takes to be whole again: the command, from its start to its end, on a village with folded tables and all.

heal_bench.py [--residents N] [--days D] [--keep FOLDER]
A demo village of five years (700 residents, 1825 days: a million facts; or 100000 residents and 225 days, mostly people), its backup, then one changed fact, a deleted database, and a page of nonsense. Prints one
JSON line each: seconds of `nuanzhan doctor --heal` beside seconds of `cat` of the database's bytes, facts, and whether doctor finds all well afterwards.
Needs a built program (NUANZHAN, default build/release/nuanzhan) and some gigabytes of disk.
"""
import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("NUANZHAN") or str(ROOT / "build/release/nuanzhan")


def run(*arguments, check=True):
    began = time.monotonic()
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if check and done.returncode != 0:
        sys.exit(f"nuanzhan {' '.join(map(str, arguments))} left with {done.returncode}: {done.stdout}{done.stderr}")
    return done, time.monotonic() - began


def changed_fact(data):
    with sqlite3.connect(data / "nuanzhan.db") as db:
        db.execute("UPDATE journal_fact SET at = at + 60000 WHERE number = (SELECT max(number) / 2 FROM journal_fact)")


def deleted(data):
    for name in ("nuanzhan.db", "nuanzhan.db-wal", "nuanzhan.db-shm"):
        (data / name).unlink(missing_ok=True)


def page_of_nonsense(data):
    with open(data / "nuanzhan.db", "r+b") as file:
        file.seek((data / "nuanzhan.db").stat().st_size // 3 // 4096 * 4096)
        file.write(b"\x5a" * 4096)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--residents", type=int, default=700)
    parser.add_argument("--days", type=int, default=1825)
    parser.add_argument("--keep", type=pathlib.Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nuanzhan-heal-", dir=ROOT / "build") as place:
        data = (asked.keep or pathlib.Path(place)) / "data"
        if not data.exists():
            run("demo", "--residents", asked.residents, "--days", asked.days, "--data", data)
            _, backup_s = run("backup", "--data", data)
            print(json.dumps({"backup_s": round(backup_s, 1)}), flush=True)
        for damage in (changed_fact, deleted, page_of_nonsense):
            with sqlite3.connect(data / "nuanzhan.db") as db:
                facts = db.execute("SELECT count(*) FROM journal_fact").fetchone()[0]
            size = (data / "nuanzhan.db").stat().st_size
            began = time.monotonic()
            subprocess.run(["cat", data / "nuanzhan.db"], stdout=subprocess.DEVNULL, check=True)
            read_s = time.monotonic() - began
            damage(data)
            done, took_s = run("doctor", "--heal", "--data", data)
            after, _ = run("doctor", "--data", data, "--json", check=False)
            state = {line["what"]: line["good"] for line in json.loads(after.stdout)}
            print(json.dumps({"damage": damage.__name__, "facts": facts, "database_mb": size >> 20, "heal_s": round(took_s, 1), "read_s": round(read_s, 2),
                              "well": state["database"] and state["second"], "said": done.stdout.splitlines()[0]}), flush=True)


if __name__ == "__main__":
    main()
