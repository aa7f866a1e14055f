#!/usr/bin/env python3
"""Every instant at which the power could go: a recorded day of the store is cut at its file operations. timeout_s: 3000, one_try

A day of deeds, photos, a backup and where the kiosk stood is recorded by the shim (shim.cpp). At each boundary between two operations the
disks that a cut could have left are built - of what was not forced: nothing, everything, a random part, a part torn at 512 B; the database's
folder and the second journal each for itself - and opened as the kiosk opens them. Every confirmed fact must be there, no deed by half, the chain
whole, the tables what the facts say, the backup and the photos whole. The same without the second journal and with synchronous=NORMAL
must find losses, or the states are none.

Then the same of an upgrade: a database as the program before the newest migration left it is opened by this one, and cut at each boundary of that.

--every N     only every N-th boundary (short: about 150; NUANZHAN_LONG=1: each)      --deeds N     how long the day is
"""
import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import recorded  # noqa: E402

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
PLAYER, SHIM = BUILD / "fault_player", BUILD / "libfault_shim.so"
WAYS = ("none", "all", "some", "torn")
IN_FLIGHT = 24  # states that wait to be opened


def skip(reason):
    print(reason)
    sys.exit(77)


class Day:
    """What happened, and what was said until when."""

    def __init__(self, folder, deeds, synchronous="", verb="day"):
        self.data, self.second = folder / "data", folder / "second"
        self.data.mkdir(parents=True)
        self.second.mkdir()
        (self.data / "second.at").write_text(f"{self.second}\n")
        log = folder / "operations"
        environment = os.environ | {"LD_PRELOAD": str(SHIM), "NUANZHAN_SHIM_UNDER": f"{self.data}:{self.second}", "NUANZHAN_SHIM_LOG": str(log)}
        done = subprocess.run([PLAYER, verb, self.data, str(deeds), *([synchronous] if synchronous else [])], env=environment, capture_output=True,
                              text=True, timeout=600, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"the day could not be recorded: {done.stdout[-500:]}{done.stderr}")
        self.operations = list(recorded.operations(log))
        self.deeds = [line.split()[2:] for line in done.stdout.splitlines() if line.startswith("confirmed ")]
        refused = [line for line in done.stdout.splitlines() if line.startswith("refused ")]
        if refused or not self.deeds or not any(op[0] == "A" for op in self.operations):
            raise RuntimeError(f"the day is not as it should be: {refused} {done.stderr}")


class Looker:
    """A process that opens one state after the other."""

    def __init__(self):
        self.process = subprocess.Popen(["nice", PLAYER, "check"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.waiting = collections.deque()

    def ask(self, folder, expected):
        self.process.stdin.write(f"{folder}/data\n")
        self.process.stdin.flush()
        self.waiting.append((folder, expected))

    def answer(self):
        line = self.process.stdout.readline()
        folder, expected = self.waiting.popleft()
        shutil.rmtree(folder)
        if not line:
            self.process.wait()
            self.__init__()
            return expected, {"error": f"the program ended with {self.process.returncode}"}
        return expected, json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def wrong_with(seen, said, deeds):
    """(facts lost, complaints)."""
    if "error" in seen:
        # Nothing was ever confirmed: a first start that is cut may also say that it cannot open, and is begun anew.
        return len(said["facts"]), [f"does not open: {seen['error']}"]
    there = set(seen["facts"].split())
    lost = len(said["facts"] - there)
    complaints = [f"{lost} confirmed facts are lost"] if lost else []
    halves = sum(1 for deed in deeds if 0 < len(there & set(deed)) < len(deed))
    if halves:
        complaints.append(f"{halves} deeds are there by half")
    if seen["broken_at"]:
        complaints.append(f"the chain is broken at {seen['broken_at']}")
    if not seen["folds"]:
        complaints.append("the tables are not what the facts say")
    if seen["photos_torn"]:
        complaints.append(f"{seen['photos_torn']} photos are named and not whole")
    backups = seen.get("backups") or {}
    if any(facts < 0 for facts in backups.values()):
        complaints.append("a backup has its name and does not open")
    if any(backups.get(name, -1) < facts for name, facts in said["backups"].items()):
        complaints.append("a backup that was said is not there")
    if said["stands"] and seen.get("stands") not in said["may_stand"]:
        complaints.append(f"it stood at {said['stands']} and comes back at {seen.get('stands')}")
    return lost, complaints


def states(day, every, seed, ways):
    """Builds and opens what the cuts leave. Gives the figures."""
    chance = random.Random(seed)
    disks = {day.data: recorded.Disk(str(day.data)), day.second: recorded.Disk(str(day.second))}
    where = {}  # file number -> its disk
    said = {"facts": set(), "backups": {}, "stands": "", "may_stand": set()}
    figures = {"operations": len(day.operations), "boundaries": 0, "states": 0, "same_as_before": 0, "lost_facts": 0, "states_with_loss": 0, "complaints": []}
    place = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-states-", dir="/dev/shm"))
    lookers, turn, before = [Looker(), Looker()], 0, set()

    def take_answer(looker):
        expected, seen = looker.answer()
        lost, complaints = wrong_with(seen, expected["said"], day.deeds)
        figures["lost_facts"] += lost
        figures["states_with_loss"] += bool(lost)
        for line in complaints[: max(0, 20 - len(figures["complaints"]))]:
            figures["complaints"].append(f"{expected['where']}: {line}")

    def disk_of(path):
        return next(d for d in disks.values() if path == d.root or path.startswith(d.root + "/"))

    begun = time.monotonic()
    try:
        for number, (op, file, a, b, data) in enumerate(day.operations):
            if op == "A":
                for line in data.decode().splitlines():
                    word, *rest = line.split()
                    if word == "confirmed":
                        said["facts"] = said["facts"] | set(rest[1:])
                    elif word == "backup":
                        said["backups"] = said["backups"] | {rest[0]: int(rest[1])}
                    elif word == "stands":
                        said["stands"] = rest[0]
            elif op in "RL":
                source, target = data.decode().split("\0")
                disk_of(source).take(op, file, a, data, (source, target))
            elif op in "COFMUX":
                path = data.decode()
                disk = where[file] = disk_of(path)
                disk.take(op, file, a, data, path)
            elif file in where:
                # "P" promises room up to a + b.
                where[file].take(op, file, a + b if op == "P" else a, data, None)
            if number % every and number + 1 != len(day.operations):
                continue
            figures["boundaries"] += 1
            seen_here = set()
            for first in ways:
                for second in ways:
                    quiet = tuple(d.quiet() for d in disks.values())
                    key = ("all" if quiet[0] else first, "all" if quiet[1] else second)
                    if key in seen_here:
                        continue
                    seen_here.add(key)
                    # What was forced has not changed, nor what was said: the same disks as before.
                    if first == second == "none":
                        state = (tuple(d.turns for d in disks.values()), len(said["facts"]), len(said["backups"]))
                        if state in before:
                            figures["same_as_before"] += 1
                            continue
                        before.add(state)
                    figures["states"] += 1
                    folder = place / str(figures["states"])
                    left = disks[day.data].left(first, chance)
                    left["second.at"] = f"{folder}/second\n".encode()
                    recorded.build(left, str(folder / "data"))
                    recorded.build(disks[day.second].left(second, chance), str(folder / "second"))
                    looker = lookers[turn := 1 - turn]
                    # The place it stands at may already be the next one.
                    later = said["stands"]
                    looker.ask(folder, {"said": dict(said, may_stand={later, next_stand(day, number, later)}),
                                        "where": f"operation {number} {op}, database {first}, second {second}"})
                    if len(looker.waiting) > IN_FLIGHT // 2:
                        take_answer(looker)
        for looker in lookers:
            while looker.waiting:
                take_answer(looker)
            looker.close()
    finally:
        for looker in lookers:
            looker.process.kill()
        shutil.rmtree(place, ignore_errors=True)
    figures["confirmed_facts"] = len(said["facts"])
    figures["seconds"] = round(time.monotonic() - begun, 1)
    return figures


def next_stand(day, number, now):
    for op, _, _, _, data in day.operations[number + 1:]:
        if op == "A" and data.startswith(b"stands "):
            return data.decode().split()[1]
    return now


def main():
    long = bool(os.environ.get("NUANZHAN_LONG"))
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1 if long else 0)
    parser.add_argument("--deeds", type=int, default=60 if long else 16)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    if not PLAYER.exists():
        print(f"not built: {PLAYER}")
        return 1
    if not SHIM.exists():
        skip("built with a sanitizer: nothing can stand before it")
    if not os.access("/dev/shm", os.W_OK):
        skip("there is no /dev/shm to build disks in")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-recorded-", dir="/dev/shm"))
    try:
        day = Day(folder / "full", asked.deeds, "")
        every = asked.every or max(1, len(day.operations) // 150)
        full = states(day, every, asked.seed, WAYS)
        newer = Day(folder / "newer", 12, verb="upgrades")
        upgrade = states(newer, asked.every or max(1, len(newer.operations) // 100), asked.seed, WAYS)
        weak_day = Day(folder / "weak", min(asked.deeds, 16), "NORMAL")
        weak = states(weak_day, max(1, len(weak_day.operations) // (600 if long else 40)), asked.seed, ("none", "some"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    weak.pop("complaints")
    print(json.dumps({"full": full, "upgrade": upgrade, "weakened": weak}, indent=1, ensure_ascii=False))
    good = full["lost_facts"] == 0 and not full["complaints"] and full["boundaries"] > 100
    good = good and upgrade["lost_facts"] == 0 and not upgrade["complaints"] and upgrade["boundaries"] > 40
    if weak["lost_facts"] == 0:
        print("synchronous=NORMAL without a second journal lost nothing: these states are none that a power cut leaves")
        good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
