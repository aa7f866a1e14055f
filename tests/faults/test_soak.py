#!/usr/bin/env python3
"""Days of touches in minutes: memory, descriptors, threads and the write-ahead file stay, and what was touched is durable soon. timeout_s: 1500

A scripted player touches the real program under a virtual screen, without waiting for more than the kiosk itself asks for: public screens,
residents with their cards, staff with their PIN, wherever a touch leads. So that the kiosk's own pauses (350 ms after a new screen) do not make it a soak
of waiting, its clock runs --rate times as fast (libfaketime); every figure here is in real time again. Now and then nobody touches anything, the session
ends, and only then memory is measured: what was freed is given back, what is still held is held.

The slope is a linear regression over the second half of these measurements. No time is asserted. The number of descriptors must be constant, and in
the long form the slope below MOST_MB_10MIN (the short one is still warming up). That it would see a leak is shown each time: the same measurements, with one descriptor more each
time and a slope of twice the bound, must be refused.

--taps N --seconds S   50000 in 600 with NUANZHAN_LONG, else 2500 in 30 (whichever comes first)
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import player  # noqa: E402
import stage  # noqa: E402

# Of the kiosk's own time. The aim is 0.1: what it is stands in README.md; letters, texts and pages that come and go make a straight line this uncertain.
MOST_MB_10MIN = 0.5
SIZE = "1366x768"
HANGS_S = 15
# What ends the soak, needs a second person or makes it another village: settings, accounts, photos of people, the urgent call's count-down.
LEAVES_ALONE = ("urgent", "language", "bigger", "say_again", "go:settings", "go:accounts", "go:staff_accounts", "go:layout", "go:photos", "go:record", "go:voice", "staff_off", "delete")
AVOIDED = ("desk/settings", "desk/setting", "desk/account", "desk/layout", "desk/photo", "desk/record", "request/urgent")


def library():
    for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"):
        found = pathlib.Path(folder) / "faketime/libfaketimeMT.so.1"
        if found.exists():
            return found
    return None


class Eyes:
    """The trace as it grows: what is shown now, and counts. Nothing else of it is kept."""

    def __init__(self, path, process, rate):
        self.path, self.process, self.rate = path, process, rate
        self.screen, self.seen_at, self.lifted, self.last_id, self.heard_at = None, 0.0, None, 0, time.monotonic()
        self.counts, self.kinds, self.took_ms = collections.Counter(), collections.Counter(), []
        self.changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        rest = b""
        with open(self.path, "rb") as trace:
            while True:
                piece = trace.read(1 << 16)
                if not piece:
                    if self.process.poll() is not None:
                        return
                    time.sleep(0.001)
                    continue
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._take(json.loads(line))

    def _take(self, e):
        self.heard_at = time.monotonic()
        with self.changed:
            kind = e["event"]
            self.counts[kind if kind != "sound" else "sound:" + e["name"]] += 1
            if kind == "screen":
                if self.screen is None or self.screen["key"] != e["key"]:
                    self.lifted = None  # what the clock does from here on is no touch's deed
                    self.seen_at = time.monotonic()
                    self.kinds[e["key"]] += 1
                self.screen = e
                self.last_id += 1
                self.changed.notify_all()
            elif kind == "input":
                self.lifted = e["t"] if e["kind"] == "up" else None
            elif kind == "committed":
                if self.lifted is not None:
                    self.took_ms.append((e["t"] - self.lifted) / self.rate)
                self.lifted = None

    @property
    def key(self):
        return self.screen["key"] if self.screen else ""

    def targets(self):
        return [w for w in (self.screen or {}).get("widgets", []) if w["role"] == "target" and w["id"]]

    def wait(self, found, limit):
        end = time.monotonic() + limit
        with self.changed:
            while not found():
                left = end - time.monotonic()
                if left <= 0 or self.process.poll() is not None:
                    return False
                self.changed.wait(min(left, 0.05))
        return True


def tree(pid):
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += tree(int(child))
        except OSError:
            pass
    return found


def measure(pid, data):
    def kb(path, name):
        return next((int(line.split()[1]) for line in pathlib.Path(path).read_text().splitlines() if line.startswith(name)), 0)
    wal = data / "nuanzhan.db-wal"
    return {"pss_kb": kb(f"/proc/{pid}/smaps_rollup", "Pss:"), "own_kb": kb(f"/proc/{pid}/smaps_rollup", "Private_Dirty:"), "rss_kb": kb(f"/proc/{pid}/status", "VmRSS:"),
            "fds": len(os.listdir(f"/proc/{pid}/fd")), "threads": len(os.listdir(f"/proc/{pid}/task")), "wal_kb": wal.stat().st_size >> 10 if wal.exists() else 0}


def by_mapping(pid):
    """kB of memory by what it maps: [heap], anonymous, a file."""
    kb, name = collections.Counter(), ""
    for line in pathlib.Path(f"/proc/{pid}/smaps").read_text().splitlines():
        first, *rest = line.split()
        if first.endswith(":"):
            if first == "Pss:":
                kb[name] += int(rest[0])
        else:
            name = pathlib.Path(rest[4]).name if len(rest) > 4 else "anonymous"
    return kb


def slope_mb_10min(at_s, kb, rate):
    """What a straight line through these gains in ten minutes of the kiosk."""
    middle, mean = statistics.fmean(at_s), statistics.fmean(kb)
    under = sum((t - middle) ** 2 for t in at_s)
    return sum((t - middle) * (k - mean) for t, k in zip(at_s, kb)) / under * 600 / 1024 / rate if under else 0.0


def complaints(quiet, long, rate):
    """What is not as it must be, of measurements [(seconds, figures)] while nobody was there."""
    wrong = []
    after = quiet[len(quiet) // 2:]
    # A leak only grows; a backup that is being made in that moment has some open and gives them back.
    first, last = (min(f["fds"] for _, f in half) for half in (after[: len(after) // 2], after[len(after) // 2:]))
    # With few measurements the keeper may have been busy in each of a half's.
    if last - first > (0 if long else 4):
        wrong.append(f"{last} descriptors are open while nobody is there, before it were {first}")
    slope = slope_mb_10min([t for t, _ in after], [f["own_kb"] for _, f in after], rate)
    if long and slope > MOST_MB_10MIN:
        wrong.append(f"memory grows by {slope:.2f} MB in ten minutes of the kiosk")
    return wrong, slope


class Player:
    def __init__(self, village, rate, seed):
        self.village, self.rate, self.chance = village, rate, random.Random(seed)
        self.display = stage.Screen(SIZE)
        environment = os.environ | {"DISPLAY": self.display.display}
        self.hand = player.Hand(environment)
        self.trace = village.folder / "trace.jsonl"
        self.trace.touch()
        # Its own locks, which it shares with the voice's process, stay out of it: a voice that is cut off would leave them shut.
        fake = {"LD_PRELOAD": str(library()), "FAKETIME": f"+0 x{rate}", "FAKETIME_NO_CACHE": "1", "NO_FAKE_STAT": "1", "FAKETIME_DISABLE_SHM": "1"} if rate != 1 else {}
        self.log = open(village.folder / "kiosk.log", "w+")
        self.process = subprocess.Popen([str(stage.PROGRAM), "run", "--data", str(village.data), "--window", SIZE, "--px-per-mm", str(stage.px_per_mm(SIZE)), "--trace", str(self.trace),
                                         "--now", village.hour.start(), "--site", village.site_id(), "--language", "zh-CN"], env=environment | fake, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        self.eyes = Eyes(self.trace, self.process, rate)
        if not self.eyes.wait(lambda: self.eyes.key == "desk/home", 60):
            self.log.seek(0)
            raise RuntimeError(f"the kiosk does not open: {self.log.read()}")
        self.taps, self.last, self.sessions = 0, ("", 0.0), collections.Counter()
        self.cards = [c["code"] for c in village.cards("elder") + village.cards("woman")]

    def tap(self, widget, patient=True):
        """One touch, as soon as the kiosk takes it; what it leads to is waited for a little."""
        eyes, now = self.eyes, time.monotonic()
        if patient:
            ready = max(eyes.seen_at + 0.37 / self.rate, self.last[1] + (0.53 if self.last[0] == widget["id"] else 0.1) / self.rate)
            if ready > now:
                time.sleep(ready - now)
        x, y, w, h = widget["rect"]
        before = eyes.last_id
        self.hand.do(f"mousemove {x + w / 2:.0f} {y + h / 2:.0f} mousedown 1 mouseup 1")
        self.taps += 1
        self.last = (widget["id"], time.monotonic())
        eyes.wait(lambda: eyes.last_id != before, 0.15)

    def tap_named(self, *names):
        for name in names:
            widget = next((w for w in self.eyes.targets() if w["id"] == name), None)
            if widget:
                self.tap(widget)
                return True
        return False

    def go_home(self):
        for _ in range(12):
            if self.eyes.key == "desk/home":
                return True
            if self.eyes.key == "desk/attract":
                self.tap({"id": "", "rect": [300, 300, 2, 2]})
            elif not self.tap_named("home", "undo", "no", "done", "back", "close"):
                self.tap({"id": "", "rect": [300, 300, 2, 2]})
        return self.eyes.wait(lambda: self.eyes.key in ("desk/home", "desk/attract"), 120 / self.rate)

    def wander(self, steps):
        for _ in range(steps):
            key = self.eyes.key
            if key in ("desk/home", "desk/attract") and self.sessions["steps"]:
                return
            choices = [w for w in self.eyes.targets() if w["id"] not in LEAVES_ALONE and not w["id"].startswith(("alarm:", "staff:")) and w["id"] not in ("home", "call_staff")]
            if key.startswith(AVOIDED) or not choices:
                if not self.tap_named("back", "undo", "no", "home"):
                    return
                continue
            # Forward rather than back, so that deeds are come to.
            forward = [w for w in choices if w["id"] != "back"]
            self.tap(self.chance.choice(forward or choices))
            self.sessions["steps"] += 1
            self.nervous(self.chance.randint(0, 4))

    def nervous(self, touches):
        """Touches at once, anywhere: most of them too soon or beside everything, and nothing may stay of them."""
        lines = [f"mousemove {self.chance.uniform(5, 1360):.0f} {self.chance.uniform(5, 600):.0f} mousedown 1 mouseup 1" for _ in range(touches)]
        if lines:
            self.hand.do(*lines)
            self.taps += touches

    def session(self):
        self.sessions["steps"] = 0
        kind = self.chance.choice(("public", "resident", "resident", "staff"))
        if not self.go_home():
            return
        if kind == "public":
            ways = [w for w in self.eyes.targets() if w["id"].startswith("go:")]
            if ways:
                self.tap(self.chance.choice(ways))
                self.wander(self.chance.randint(3, 14))
        elif kind == "resident":
            self.hand.do(f"type --delay 0 {self.chance.choice(self.cards)}", "key Return")
            if not self.eyes.wait(lambda: self.eyes.key != "desk/home", 2):
                return
            self.wander(self.chance.randint(2, 10))
        else:
            account = self.chance.choice([s for s in self.village.demo["staff"] if s["role"] != "manager"] or self.village.demo["staff"])
            if not (self.tap_named("call_staff") and self.eyes.wait(lambda: self.eyes.key == "desk/call", 1) and self.tap_named("go:staff")):
                return
            if not self.eyes.wait(lambda: self.eyes.key == "desk/sign_in", 1) or not self.tap_named(f"staff:{account['id']}"):
                return
            if not self.eyes.wait(lambda: self.eyes.key == "desk/pin", 1):
                return
            for digit in account["pin"]:
                self.tap_named(f"key:{digit}")
            if not self.eyes.wait(lambda: self.eyes.key not in ("desk/pin", "desk/sign_in"), 3):
                return
            self.wander(self.chance.randint(6, 30))
        self.sessions[kind] += 1

    def rest(self):
        """Nobody is there: the session ends by itself or by hand, and what was freed goes back to the machine."""
        self.go_home()
        time.sleep(max(0.7, 6 / self.rate))

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.hand.close()
        self.display.close()
        self.log.close()


def percentile(values, p):
    return round(sorted(values)[min(len(values) - 1, int(len(values) * p))], 1) if values else None


def main():
    long = bool(os.environ.get("NUANZHAN_LONG"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taps", type=int, default=50_000 if long else 2500)
    parser.add_argument("--seconds", type=float, default=600 if long else 30)
    parser.add_argument("--rate", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    stage.need_stage()
    built = stage.WORK.parent / "CMakeCache.txt"
    if built.exists() and re.search(r"^SANITIZE:STRING=.", built.read_text(), re.M):
        stage.skip("built with a sanitizer: its clock cannot be another one, and its memory is not the program's")
    if library() is None and asked.rate != 1:
        stage.skip("not installed: faketime (deploy/setup --for test)")
    village = stage.Village()
    soak, wrong, quiet, busy, early, grown = None, [], [], [], None, collections.Counter()
    try:
        soak = Player(village, asked.rate, asked.seed)
        begun = time.monotonic()
        every = asked.seconds / (40 if asked.seconds >= 120 else 10)
        next_rest = begun + every / 2
        while soak.taps < asked.taps and time.monotonic() - begun < asked.seconds:
            soak.session()
            if soak.process.poll() is not None:
                wrong.append(f"the program left with {soak.process.returncode}")
                break
            if time.monotonic() - soak.eyes.heard_at > HANGS_S:
                wrong.append(f"it hangs: nothing happened for {HANGS_S} s of touches")
                break
            busy.append((time.monotonic() - begun, measure(soak.process.pid, village.data)))
            if time.monotonic() > next_rest:
                soak.rest()
                quiet.append((time.monotonic() - begun, measure(soak.process.pid, village.data)))
                if not early and time.monotonic() - begun > asked.seconds / 2:
                    early = by_mapping(soak.process.pid)
                next_rest = time.monotonic() + every
        took = time.monotonic() - begun
        if soak.process.poll() is None:
            soak.rest()
            quiet.append((time.monotonic() - begun, measure(soak.process.pid, village.data)))
            grown = by_mapping(soak.process.pid) - early if early else {}
        soak.log.seek(0)
        said = [line for line in soak.log.read().splitlines() if "too slow for motion" not in line]
    finally:
        if soak:
            soak.close()
        kept = village.folder
        if soak and soak.process.returncode not in (0, -15):
            wrong.append(f"it left with {soak.process.returncode}")
        lost = 0
        if soak and soak.eyes.counts["committed"]:
            facts = {f["id"] for f in village.journal(10 * soak.eyes.counts["committed"] + 1000)}
            lost = sum(1 for e in player.events_of(soak.trace) if e["event"] == "committed" and e["id"] not in facts)
        shutil.rmtree(kept, ignore_errors=True)
    found, slope = complaints(quiet, long, asked.rate)
    wrong += found
    if lost:
        wrong.append(f"{lost} facts were said to be durable and are not there")
    # The same measurements with a leak in them must be refused.
    leaking = [(t, f | {"fds": f["fds"] + n, "own_kb": f["own_kb"] + (2 * MOST_MB_10MIN - slope) * asked.rate * 1024 * t / 600}) for n, (t, f) in enumerate(quiet)]
    would_see = len(complaints(leaking, True, asked.rate)[0]) >= 2
    eyes, after = soak.eyes, quiet[len(quiet) // 2:]
    figures = {"taps": soak.taps, "counted": eyes.counts["sound:click"], "seconds": round(took, 1), "rate": asked.rate, "kiosk_minutes": round(took * asked.rate / 60, 1),
               "sessions": {k: v for k, v in soak.sessions.items() if k != "steps"}, "screens": len(eyes.kinds), "committed": eyes.counts["committed"], "lost": lost, "measured": len(quiet),
               "rss_mb": [round(quiet[0][1]["rss_kb"] / 1024, 1), round(quiet[-1][1]["rss_kb"] / 1024, 1)], "pss_mb": [round(quiet[0][1]["pss_kb"] / 1024, 1), round(quiet[-1][1]["pss_kb"] / 1024, 1)],
               "own_mb": [round(f["own_kb"] / 1024, 1) for _, f in quiet[:: max(1, len(quiet) // 12)]],
               "slope_mb_per_10_kiosk_minutes": round(slope, 3), "pss_slope": round(slope_mb_10min([t for t, _ in after], [f["pss_kb"] for _, f in after], asked.rate), 3),
               "grown_in_the_second_half_mb": {name: round(kb / 1024, 1) for name, kb in collections.Counter(grown).most_common(6)},
               "fds": sorted({f["fds"] for _, f in after}), "threads": sorted({f["threads"] for _, f in after}), "wal_kb_max": max(f["wal_kb"] for _, f in busy),
               "touch_to_durable_ms": {"n": len(eyes.took_ms), "p50": percentile(eyes.took_ms, 0.5), "p99": percentile(eyes.took_ms, 0.99)},
               "said_on_terminal": len(said), "wrong": len(wrong), "a_leak_would_be_seen": would_see}
    print(json.dumps(figures))
    for line in wrong + said[:5]:
        print(f"  {line}")
    return 0 if would_see and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
