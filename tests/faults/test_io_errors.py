#!/usr/bin/env python3
"""Each call to the disk fails once, and then for ever: a deed is confirmed and there, or refused and not there. timeout_s: 3000, one_try

A kiosk is opened on a village of a few deeds and does some more, with photos and where it stands, while the shim (shim.cpp) lets the N-th call
that can fail so fail: EIO, a read that fails, ENOSPC, a short write, an fsync that fails, EINTR. Then everything is opened anew, without the shim: every confirmed
deed is there whole, no refused one, the chain whole, the tables what the facts say. After an error that is over, deeds are done again.

--every N   only every N-th call of each kind (short: about 12 of each; NUANZHAN_LONG=1: each, of the thousands of reads 500)
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
PLAYER, SHIM = BUILD / "fault_player", BUILD / "libfault_shim.so"
KINDS = ("eio", "read", "enospc", "short", "sync", "eintr")
# A call that is interrupted for ever is tried for ever: SQLite, and we, begin it again.
FOR_EVER = ("eio", "read", "enospc", "sync")
BEFORE, DEEDS = 3, 6


def skip(reason):
    print(reason)
    sys.exit(77)


def play(folder, fail=None):
    data = folder / "data"
    environment = os.environ | {"LD_PRELOAD": str(SHIM), "NUANZHAN_SHIM_UNDER": str(data), "NUANZHAN_SHIM_COUNT": str(folder / "count")}
    if fail:
        environment["NUANZHAN_SHIM_FAIL"] = fail
    done = subprocess.run([PLAYER, "deeds", data, str(BEFORE + 1), str(DEEDS)], env=environment, capture_output=True, text=True, timeout=120, check=False)
    count = folder / "count"  # not there where it was killed
    counted = dict(line.split(" ", 1) for line in count.read_text().splitlines()) if count.exists() else {}
    return done, counted


def look(folder):
    done = subprocess.run([PLAYER, "check"], input=f"{folder}/data\n", capture_output=True, text=True, timeout=120, check=False)
    return json.loads(done.stdout) if done.stdout else {"error": f"left with {done.returncode}"}


def one(template, place, kind, n, how):
    """What is wrong, and what happened: (complaints, call, confirmed, refused)."""
    folder = place / f"{kind}-{n}-{how}"
    shutil.copytree(template, folder)
    try:
        done, counted = play(folder, f"{n} {kind} {how}")
        lines = [line.split() for line in done.stdout.splitlines()]
        confirmed = {line[1]: set(line[2:]) for line in lines if line[0] == "confirmed"}
        refused = {line[1]: set(line[3:]) for line in lines if line[0] == "refused"}
        opened = ["open"] in lines
        complaints = []
        if done.returncode not in (0, 1) or (done.returncode == 1) == opened:
            complaints.append(f"the program left with {done.returncode}: {done.stderr.strip()[-200:]}")
        if opened and len(confirmed) + len(refused) != DEEDS:
            complaints.append(f"{len(confirmed)} confirmed and {len(refused)} refused of {DEEDS} deeds")
        # The error is over: whoever comes next is served. The one whose call failed, and a photo's own, may be refused.
        if how == "once" and opened and len(refused) > 1:
            complaints.append(f"one error refused {len(refused)} deeds: {sorted(refused)}")
        seen, haunts = look(folder), 0
        if "error" in seen:
            complaints.append(f"does not open any more: {seen['error']}")
        else:
            there = set(seen["facts"].split())
            lost = sorted(name for name, facts in confirmed.items() if not facts <= there)
            if lost:
                complaints.append(f"confirmed and not there: {lost}")
            haunting = sorted(name for name, facts in refused.items() if facts & there)
            haunts = len(haunting)
            # From then on nothing could be written any more: the deed that was being committed cannot be taken back either. It was refused, and
            # is there whole: no false receipt, but a deed that may be done twice. Counted, and said in the figures.
            if how == "ever":
                halves = [name for name, facts in refused.items() if facts & there and not facts <= there]
                if halves:
                    complaints.append(f"refused and there by half: {halves}")
            elif haunting:
                complaints.append(f"refused and there: {haunting}")
            if seen["broken_at"] or not seen["folds"] or seen["photos_torn"]:
                complaints.append(f"not sound: {({k: v for k, v in seen.items() if k not in ('facts', 'folder')})}")
        return [f"{kind} {n} {how} ({counted.get('failed', '')}): {c}" for c in complaints], len(confirmed), len(refused), haunts
    except subprocess.TimeoutExpired:
        return [f"{kind} {n} {how}: it hangs"], 0, 0, 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    long = bool(os.environ.get("NUANZHAN_LONG"))
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1 if long else 0)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--show", type=int, default=20)
    asked = parser.parse_args()
    if not PLAYER.exists():
        print(f"not built: {PLAYER}")
        return 1
    if not SHIM.exists():
        skip("built with a sanitizer: nothing can stand before it")
    if not os.access("/dev/shm", os.W_OK):
        skip("there is no /dev/shm to work in")
    place = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-io-", dir="/dev/shm"))
    begun = time.monotonic()
    figures, complaints = {}, []
    try:
        template = place / "template"
        (template / "data").mkdir(parents=True)
        subprocess.run([PLAYER, "day", template / "data", str(BEFORE)], check=True, capture_output=True, timeout=120)
        probe = place / "probe"
        shutil.copytree(template, probe)
        done, counts = play(probe)
        if done.returncode != 0 or "refused" in done.stdout:
            print(f"without any error: {done.stdout}{done.stderr}")
            return 1
        work = []
        for kind in [asked.kind] if asked.kind else KINDS:
            total = int(counts[kind])
            every = asked.every or max(1, total // 12)
            if long and kind == "read":
                every = max(every, total // 500)
            tries = range(1, total + 1, every)
            work += [(kind, n, "once") for n in tries]
            if kind in FOR_EVER:
                work += [(kind, n, "ever") for n in tries]
            figures[kind] = {"calls": total, "tried": len(tries)}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda w: one(template, place, *w), work))
        for wrong, *_ in results:
            complaints += wrong
        figures["runs"] = len(work)
        figures["confirmed"] = sum(r[1] for r in results)
        figures["refused"] = sum(r[2] for r in results)
        figures["refused_and_there_on_a_dead_disk"] = sum(r[3] for r in results)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    figures["wrong"] = len(complaints)
    figures["seconds"] = round(time.monotonic() - begun, 1)
    print(json.dumps(figures, indent=1))
    for line in complaints[: asked.show]:
        print(f"  {line}")
    # Errors that nobody noticed would prove nothing.
    return 0 if not complaints and (asked.kind or figures["refused"] > 10) else 1


if __name__ == "__main__":
    sys.exit(main())
