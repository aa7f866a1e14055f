#!/usr/bin/env python3
"""A clock that is wrong and jumps: 1970, 2000, 2038, 2099, a day back and ten years ahead while the kiosk runs. timeout_s: 280

People come, the chores run, PINs are guessed at, and the time is set under the running program (libfaketime). The order of the facts is the order
they were said in, the chain is whole, what was said below the newest fact, years above it or before the program was made is marked, nothing the clock says by
rule is said twice, and a PIN that is locked is locked for a minute: no jump lifts it or makes it endless.
"""
import collections
import concurrent.futures
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
PLAYER = BUILD / "fault_player"
# Ten o'clock of a working day where the kiosk stands (UTC+8).
STARTS = ("1970-01-02", "2000-01-03", "2026-11-24", "2038-01-20", "2099-12-31")
HOUR_MS = 3_600_000
FAR_AHEAD_MS = 300 * 24 * HOUR_MS  # kiosk/store: nine months


def library():
    for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"):
        found = pathlib.Path(folder) / "faketime/libfaketime.so.1"
        if found.exists():
            return found
    return None


class Wrong(Exception):
    pass


class Kiosk:
    def __init__(self, folder, at):
        self.folder, self.file, self.at = folder, folder / "time", at
        self.jump(at)
        self.start()

    def start(self):
        environment = os.environ | {"LD_PRELOAD": str(library()), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                                    "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}
        self.process = subprocess.Popen([PLAYER, "clock", self.folder / "data"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)

    def stop(self):
        self.process.stdin.close()
        if self.process.wait(30) != 0:
            raise Wrong(f"it left with {self.process.returncode}: {self.process.stderr.read()}")

    def jump(self, at):
        self.at = at
        part = self.file.with_suffix(".part")
        part.write_text(f"@{at:%Y-%m-%d %H:%M:%S}\n")
        part.rename(self.file)

    def ask(self, what):
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline().strip()
        if not line:
            raise Wrong(f"{what}: it ended: {self.process.stderr.read()}")
        return line

    def come(self, n=3):
        said = []
        for _ in range(n):
            answer = self.ask("come").split()
            if answer[0] != "came":
                raise Wrong(f"nobody can come in at {self.at}: {answer}")
            said += answer[1:]
        self.ask("chores")
        return said


def must(answer, meant, when):
    if answer != meant:
        raise Wrong(f"{when}: {answer}, {meant} is meant")


def five_wrong(kiosk):
    for n in range(5):
        must(kiosk.ask("guess"), "locked" if n == 4 else "wrong", f"guess {n + 1}")


def one(place, start):
    folder = place / start
    (folder / "data").mkdir(parents=True)
    at = datetime.datetime.fromisoformat(f"{start} 02:00:00")
    try:
        years_ahead = at.replace(year=at.year + 10)
    except ValueError:
        years_ahead = at + datetime.timedelta(days=3652)
    kiosk = Kiosk(folder, at)
    try:
        now = json.loads(kiosk.ask("look"))["now"] / 1000
        if abs(now - at.replace(tzinfo=datetime.timezone.utc).timestamp()) > 3600:
            raise Wrong(f"the time is not faked: {now}")
        said = kiosk.come()
        # Five wrong ones lock it for a minute, whatever the wall clock does.
        five_wrong(kiosk)
        locked_at = time.monotonic()
        must(kiosk.ask("right"), "locked", "after five wrong ones")
        kiosk.jump(at - datetime.timedelta(days=1))
        said += kiosk.come()
        must(kiosk.ask("right"), "locked", "a day back")
        kiosk.jump(years_ahead)
        said += kiosk.come()
        if time.monotonic() - locked_at < 55:
            must(kiosk.ask("right"), "locked", "ten years ahead")
        kiosk.jump(at)
        said += kiosk.come()
        kiosk.ask("chores")
        time.sleep(max(0, locked_at + 61 - time.monotonic()))
        must(kiosk.ask("right"), "signed_in", "a minute later")
        # The battery was ahead, then it is set right, and a restart comes between: not endless either.
        kiosk.jump(years_ahead)
        five_wrong(kiosk)
        kiosk.stop()
        kiosk.jump(at)
        kiosk.start()
        must(kiosk.ask("right"), "locked", "after a restart")
        locked_at = time.monotonic()
        said += kiosk.come()
        time.sleep(max(0, locked_at + 61 - time.monotonic()))
        must(kiosk.ask("right"), "signed_in", "a minute after a restart")
        seen = json.loads(kiosk.ask("look"))
        kiosk.stop()
    except Wrong as wrong:
        kiosk.process.kill()
        return {"start": start, "wrong": [str(wrong)]}
    wrong = []
    facts = seen["facts"]
    came = [f["id"] for f in facts if f["id"] in set(said)]
    if came != said:
        wrong.append("the facts are not in the order they were said in")
    if [f["seq"] for f in facts] != list(range(1, len(facts) + 1)):
        wrong.append("numbers are missing or doubled")
    if seen["broken_at"] or not seen["folds"]:
        wrong.append(f"chain broken at {seen['broken_at']}, tables as the facts say: {seen['folds']}")
    newest, unsure = 0, 0
    for fact in facts:
        if not fact["sure"]:
            unsure += 1
        if fact["at"] + HOUR_MS < newest and fact["sure"]:
            wrong.append(f"fact {fact['seq']} lies before the newest and is not marked")
        # What a clock says that is far ahead is marked too, and does not make what follows look old.
        if newest and fact["at"] > newest + FAR_AHEAD_MS and fact["sure"]:
            wrong.append(f"fact {fact['seq']} lies years ahead and is not marked")
        if fact["sure"]:
            newest = max(newest, fact["at"])
    if start > "2030" and not facts[-1]["sure"]:
        wrong.append("the clock is right again, and is still held to be wrong")
    if start < "2026" and not all(not f["sure"] for f in facts if f["at"] < 1_700_000_000_000):
        wrong.append("what was said before the program was made is not marked")
    if start > "2030" and not facts[0]["sure"]:
        wrong.append("the first fact is marked, though nothing was later")
    doubled = [n for n in collections.Counter((f["kind"], f["subject"]) for f in facts if f["kind"] == "attendance.closed_by_rule").values() if n > 1]
    if doubled:
        wrong.append(f"{len(doubled)} stays were closed twice by the clock")
    closed = sum(f["kind"] == "attendance.closed_by_rule" for f in facts)
    if closed == 0:
        wrong.append("the clock closed nothing: nothing could be doubled")
    return {"start": start, "facts": len(facts), "unsure": unsure, "closed_by_rule": closed, "wrong": wrong}


def main():
    if not PLAYER.exists():
        print(f"not built: {PLAYER}")
        return 1
    if library() is None:
        print("not installed: faketime (deploy/setup --for test)")
        return 77
    with tempfile.TemporaryDirectory(prefix="nuanzhan-clock-") as place, concurrent.futures.ThreadPoolExecutor(len(STARTS)) as pool:
        results = list(pool.map(lambda start: one(pathlib.Path(place), start), STARTS))
    print(json.dumps(results, indent=1))
    return 1 if any(r["wrong"] for r in results) else 0


if __name__ == "__main__":
    sys.exit(main())
