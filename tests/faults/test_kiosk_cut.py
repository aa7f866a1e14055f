#!/usr/bin/env python3
"""True power cuts with the whole program: what the glass has confirmed is there after the cut, and no deed is there by half. timeout_s: 28800, one_try

The real kiosk under a virtual screen, its data on an ext4 in memory (power_cut.Disk), its trace on another file system. Residents come and go by card, ask for
help, ask in confidence, sign up, and take it back. At a random instant, or a moment after a touch that is a deed, the trace is read, the file system is
shut down without flushing (FS_IOC_SHUTDOWN), the program is killed. After the next mount `nuanzhan doctor` must find all sound, `nuanzhan journal` must have every
fact that a line `committed` of the trace had named, and each of a deed's facts or none. Then the next life begins on the same disk.

At last, that it would see a loss: a few cuts after which the second journal is removed and the write-ahead file cut short must lose facts, and a journal from which
one fact of a deed of several is left out must be found.

--cuts N      200; 10000 with NUANZHAN_LONG
--beside N    so many kiosks beside each other, each with a disk and a screen of its own, 6: a life is mostly waiting
--weaken N    cuts of the last kind, 3
"""
import argparse
import collections
import contextlib
import itertools
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "journeys")]
sys.dont_write_bytecode = True

import player  # noqa: E402
import power_cut  # noqa: E402
import stage  # noqa: E402

SIZE = "1024x600"
AT = stage.TUESDAY.replace(hour=10)  # who came in the morning may go by card
CUTS_A_DISK = 25  # a life begins in the next minute: before noon all of them
WAL_CUT = 32 << 10
SOUND = ("database", "second", "persons", "recordings")  # doctor's other lines are about room, letters and voice
ASKED = ("meals", "cleaning", "bathing", "haircut", "repair")
AROUND_S = (-0.007, 0.002)  # of the moment at which the answer to such a touch came lately: the deed itself is the last few milliseconds before it


class Kiosk(player.Kiosk):
    """Knows which of its touches are deeds. Opened once, its program many times."""

    def __init__(self, village):
        super().__init__(village, size=SIZE, options=("--silent", "--reduced-motion"), starts=False)
        self.starting = False
        self.answers_s = {"card": collections.deque([0.025], 8), "finger": collections.deque([0.035], 8)}
        self.begins_life()

    def begins_life(self):
        self.touched, self.deeds, self.deed_at, self.deed_by = threading.Event(), 0, 0.0, "card"

    def wait_screen(self, *keys, **how):
        if self.starting:
            return self.wait(lambda: self.screen, "a screen", 20)
        return super().wait_screen(*keys, **how)

    def opens(self, at=None):
        """Begins a life, at home or at this screen."""
        self.begins_life()
        self.starting = True
        try:
            self.start(("--open", at) if at else ())
        finally:
            self.starting = False

    def tap(self, name, *how, **more):
        self.touched.set()
        return super().tap(name, *how, **more)

    def answered(self):
        """What was touched last says something: waits until it is said, refused, or asked back."""
        answer = self.wait(lambda: next((e for e in self.events[self.mark:] if e["event"] in ("committed", "refused") or e.get("key") == "attendance/arrive"), None), "an answer")
        if answer["event"] == "committed":
            self.answers_s[self.deed_by].append(answer["t"] / 1000 - self.deed_at)

    def did(self, by):
        self.deed_at, self.deed_by = time.monotonic(), by
        self.deeds += 1

    def scan(self, code, **how):
        self.touched.set()
        super().scan(code, **how)
        self.did("card")
        self.answered()

    def tap_deed(self, name):
        """The touch that says something; counted when the finger goes down."""
        touch, self.hands.touch = self.hands.touch, lambda *where: (touch(*where), self.did("finger"))
        try:
            self.tap(name)
        finally:
            self.hands.touch = touch
        self.answered()

    def leaves(self):
        for _ in range(3):
            way = next((n for n in ("done", "home", "no") if self.widget(n)), None)
            if self.key == "desk/home" or way is None:
                break
            self.tap(way)
            end = time.monotonic() + 1
            while self.key != "desk/home" and time.monotonic() < end and self.process.poll() is None:
                time.sleep(0.01)
        self.wait(lambda: self.key == "desk/home", "home", limit=1)


# --- what residents do, with the next card

def comes_or_goes(kiosk, card, chance):
    kiosk.scan(card)
    kiosk.wait(lambda: kiosk.of("screen", kiosk.mark), "the answer's screen")
    if kiosk.ids("offer:"):  # what for?
        kiosk.tap_deed(kiosk.ids("offer:")[0])
    takes_back(kiosk, chance)


def asks(kiosk, card, chance):
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap_through(f"offer:{chance.choice(ASKED)}", "offer:")
    kiosk.wait_screen("identify/group")
    kiosk.scan(card)
    takes_back(kiosk, chance)


def asks_in_confidence(kiosk, card, chance):
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap_through("offer:mediation", "offer:")
    kiosk.wait_screen("identify/group")
    kiosk.scan(card)
    takes_back(kiosk, chance)


def signs_up(kiosk, card, chance):
    """From the activity's own screen, at which this life began: two facts in one deed."""
    kiosk.tap("yes", then="identify/group")
    kiosk.scan(card)
    takes_back(kiosk, chance)


def takes_back(kiosk, chance):
    kiosk.wait(lambda: kiosk.of("screen", kiosk.mark), "the answer's screen")
    if kiosk.widget("undo") and chance.random() < 0.5:
        kiosk.tap_deed("undo")
    kiosk.leaves()


LIVES = (comes_or_goes, asks, asks_in_confidence, signs_up)


class Cut(threading.Thread):
    """The plug: waits for its instant, reads the trace, cuts, kills."""

    def __init__(self, kiosk, disk, chance, after_deed, around_s):
        super().__init__(daemon=True)
        self.kiosk, self.disk, self.after_deed = kiosk, disk, after_deed
        self.pause_s = chance.uniform(*around_s) if after_deed else chance.uniform(0.2, 1.5)
        self.as_last = chance.random()
        self.done, self.error, self.said, self.at = threading.Event(), None, b"", 0.0
        self.start()

    def run(self):
        kiosk = self.kiosk
        try:
            kiosk.touched.wait(30)
            end = time.monotonic() + 15
            while self.after_deed and kiosk.deeds < self.after_deed and time.monotonic() < end:
                time.sleep(0.001)
            if self.after_deed:
                lately = kiosk.answers_s[kiosk.deed_by]
                self.pause_s += kiosk.deed_at + lately[int(self.as_last * len(lately))] - time.monotonic()
            time.sleep(max(0.0, self.pause_s))
            # First: a sync that runs while the file system goes down may come back without an error.
            self.said = kiosk.trace_file.read_bytes()
            self.at = time.monotonic()
            self.disk.cut()
        except OSError as error:
            self.error = error
        finally:
            kiosk.process.kill()
            self.done.set()

    def in_a_deed(self):
        """Whether somebody had touched for a deed, and had no answer yet."""
        return self.kiosk.deeds > 0 and not any(e["event"] in ("committed", "refused") and e["t"] / 1000 > self.kiosk.deed_at for e in self.lines())

    def lines(self):
        return [json.loads(line) for line in self.said[: self.said.rfind(b"\n") + 1].splitlines()]

    def deeds(self):
        """The confirmed facts as [[(kind, id)]], those of one deed together; whether the last is whole."""
        lines = self.lines()
        together = itertools.groupby(lines, lambda e: e["event"] == "committed")
        return [[(e["kind"], e["id"]) for e in some] for committed, some in together if committed], bool(lines) and lines[-1]["event"] != "committed"


class Halves:
    """Which kinds of facts come together in one deed, as the trace shows them, and whether the disk has them so."""

    def __init__(self):
        self.shapes, self.lives = collections.Counter(), []

    def learn(self, deeds):
        self.shapes.update(tuple(kind for kind, _ in deed) for deed in deeds)

    def look(self, where, kinds):
        """The kinds of all facts of one life, in the journal's order."""
        self.lives.append((where, kinds))

    def wrong(self):
        return [f"{where}: a deed by half, at {kinds[at]}: {kinds}" for where, kinds in self.lives if (at := self.half_at(kinds)) is not None]

    def half_at(self, kinds):
        """The first fact that is no whole deed with its neighbours; nothing where all are. A kind that was never confirmed may stand anywhere, with company of its own."""
        company = {kind for shape in self.shapes for kind in shape}
        at, unknown = 0, False
        while at < len(kinds):
            fits = [len(s) for s in self.shapes if list(s) == kinds[at:at + len(s)]]
            unknown = kinds[at] not in company or (unknown and not fits)
            if not fits and not unknown:
                return at
            at += max(fits, default=1)
        return None


class Test:
    def __init__(self, village, kiosk, seed):
        self.village, self.kiosk, self.chance = village, kiosk, random.Random(seed)
        self.kept, self.disk = village.data, None
        self.figures = collections.Counter()
        self.wrong, self.halves = [], Halves()
        with sqlite3.connect(f"file:{self.kept}/nuanzhan.db?mode=ro", uri=True) as database:
            rows = database.execute("SELECT a.id, a.places, (SELECT count(*) FROM booking_place p WHERE p.activity = a.id) FROM village_activity a "
                                    "WHERE site = ? AND cancelled = 0 AND places IS NOT NULL AND day > ? ORDER BY day, start_min",
                                    (uuid.UUID(village.site_id()).bytes, (AT.date() - AT.date().replace(1970, 1, 1)).days)).fetchall()
        self.activities = [str(uuid.UUID(bytes=name)) for name, places, taken in rows if places - taken >= 6]

    def fresh_disk(self):
        if self.disk:
            self.disk.close()
        self.disk = power_cut.Disk()
        self.village.data = self.disk.mount / "data"
        self.village.hour = stage.Hour(AT)
        shutil.copytree(self.kept, self.village.data)
        subprocess.run(["sync", "-f", str(self.disk.mount)], check=True)
        cards = [c["code"] for c in self.village.cards("elder")]
        self.chance.shuffle(cards)
        self.cards, self.known, self.last_seq = itertools.cycle(cards), {}, self.village.journal(1)[-1]["seq"]

    def life(self, number, weaken=False):
        """One life of the kiosk and its end; gives how many facts were lost."""
        kiosk, does = self.kiosk, LIVES[number % len(LIVES)]
        # A weakened one is cut when its only deed has been confirmed; the first who signs up hears that she did.
        after_deed = 1 if weaken else 2 if number == LIVES.index(signs_up) else self.chance.choice((0, 1, 1, 2))
        kiosk.opens(f"booking/sign_up={self.chance.choice(self.activities)}" if does is signs_up else None)
        cut = Cut(kiosk, self.disk, self.chance, after_deed, (0.03, 0.15) if weaken else AROUND_S)
        missed = 0
        while not cut.done.is_set():
            try:
                does(kiosk, next(self.cards), self.chance)
            except player.Failed as why:
                if cut.done.is_set() or kiosk.process.poll() is not None:
                    break
                missed += 1
                if missed == 4:
                    raise
                print(f"  cut {number}: {why}", file=sys.stderr)
                with contextlib.suppress(player.Failed):
                    kiosk.leaves()
            does = self.chance.choice(LIVES[:3])
        self.figures["touches_missed"] += missed
        cut.join()
        kiosk.stop()
        if cut.error:
            raise cut.error
        self.disk.down()
        if not self.disk.up():
            raise RuntimeError(f"the disk cannot be mounted after the cut: {self.disk.why}")
        # The machine itself began anew (app/resume.h tells by its boot, which is the same here): home, and no "it fell too often".
        (self.village.data / "resume").unlink(missing_ok=True)
        return self.judge(cut, f"cut {number}", weaken)

    def judge(self, cut, where, weaken):
        deeds, last_whole = cut.deeds()
        confirmed = {fact: kind for deed in deeds for kind, fact in deed}
        self.known.update(confirmed)
        if weaken:
            shutil.rmtree(self.village.data / "second", ignore_errors=True)
            wal = self.village.data / "nuanzhan.db-wal"
            if wal.exists():
                os.truncate(wal, max(0, wal.stat().st_size - WAL_CUT))
        self.sound(where)
        facts = self.village.journal(len(self.known) * 3 + 200)
        there = {f["id"]: f["kind"] for f in facts}
        gone = [f for f, kind in self.known.items() if there.get(f) != kind]
        for fact in gone:
            del self.known[fact]
        if weaken:
            return len(gone)
        if gone:
            self.wrong.append(f"{where}: confirmed and lost: {gone}")
        of_this_life = [f for f in facts if f["seq"] > self.last_seq]
        self.last_seq = facts[-1]["seq"]
        self.halves.learn(deeds if last_whole else deeds[:-1])
        self.halves.look(where, [f["kind"] for f in of_this_life])
        self.figures.update({"cuts": 1, "facts_confirmed": len(confirmed), "facts_lost": len(gone), "cuts_in_a_deed": cut.in_a_deed(),
                             "facts_kept_before_they_were_said": sum(f["id"] not in confirmed for f in of_this_life)})
        self.figures.update({f"kind:{kind}": 1 for kind in confirmed.values()} if confirmed else {})
        return len(gone)

    def sound(self, where):
        done = stage.run("doctor", "--data", self.village.data, "--json", check=False)
        try:
            said = {line["what"]: line for line in json.loads(done.stdout)}
        except ValueError:
            self.wrong.append(f"{where}: doctor left with {done.returncode}: {done.stdout}{done.stderr}")
            return
        self.wrong += [f"{where}: {said.get(what)}" for what in SOUND if not said.get(what, {}).get("good")]


def half_is_found(halves):
    """Whether a life would be refused whose deed of several facts lacks one of them, for each shape of deed and each fact of it."""
    several = [s for s in halves.shapes if len(s) > 1]
    return bool(several) and all(halves.half_at([*s[:n], *s[n + 1:]]) is not None for s in several for n in range(len(s)) if (s[:n] + s[n + 1:]) not in halves.shapes)


def beside_each_other(asked):
    """The same, shared among processes; gives what all of them found. One that could not do its share has found something."""
    begun, shares = time.monotonic(), [asked.cuts // asked.beside + (n < asked.cuts % asked.beside) for n in range(asked.beside)]
    running = [subprocess.Popen([sys.executable, __file__, "--beside", "1", "--cuts", str(share), "--weaken", str(asked.weaken if n == 0 else 0), "--seed", str(asked.seed + n)],
                                stdout=subprocess.PIPE, text=True) for n, share in enumerate(shares) if share]
    figures, kinds, weakened, failed, found = collections.Counter(), collections.Counter(), None, 0, []
    for one in running:
        said = one.communicate()[0].splitlines()
        own = next((json.loads(line) for line in said if line.startswith("{")), None)
        failed += one.returncode != 0 or own is None
        found += said if own is None else [line for line in said if not line.startswith("{")]
        if own:
            kinds.update(own.pop("cuts_that_confirmed"))
            weakened = weakened or (own["weakened"] if own["weakened"]["cuts"] else None)
            figures.update({k: v for k, v in own.items() if isinstance(v, int) and not isinstance(v, bool)})
    print(json.dumps({**figures, "seconds_a_cut": round((time.monotonic() - begun) / max(1, figures["cuts"]), 2), "cuts_that_confirmed": dict(sorted(kinds.items())),
                      "weakened": weakened, "failed": failed}))
    for line in found[:40]:
        print(line)
    return 1 if failed or figures["cuts"] != asked.cuts else 0


def main():
    long = bool(os.environ.get("NUANZHAN_LONG"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=10_000 if long else 200)
    parser.add_argument("--beside", type=int, default=6)
    parser.add_argument("--weaken", type=int, default=3)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    power_cut.need_disks()
    stage.need_stage()
    if asked.beside > 1:
        return beside_each_other(asked)
    tempfile.tempdir = "/dev/shm"  # the trace is not on the disk that is cut
    village = stage.Village(residents=120, days=5, at=AT)
    kiosk = test = None
    begun = time.monotonic()
    try:
        kiosk = Kiosk(village)
        test = Test(village, kiosk, asked.seed)
        number = 0
        while number < asked.cuts:
            if number % CUTS_A_DISK == 0:
                test.fresh_disk()
            test.life(number)
            number += 1
            for old in sorted(village.folder.glob("trace-*"))[:-1] + sorted(village.folder.glob("kiosk-*.log"))[:-1]:
                old.unlink()
        took = time.monotonic() - begun
        weak_lost = 0
        wrong = list(test.wrong)
        for n in range(asked.weaken):
            test.fresh_disk()
            weak_lost += test.life(n, weaken=True)
    finally:
        if test and test.disk:
            test.disk.close()
        if kiosk:
            kiosk.close()
        village.close()
    wrong += test.halves.wrong()
    figures = dict(test.figures)
    kinds = {k.removeprefix("kind:"): figures.pop(k) for k in sorted(figures) if k.startswith("kind:")}
    half_found = half_is_found(test.halves)
    print(json.dumps({**figures, "seconds_a_cut": round(took / max(1, number), 2), "cuts_that_confirmed": kinds,
                      "deeds_of_several_facts": sum(n for s, n in test.halves.shapes.items() if len(s) > 1), "wrong": len(wrong),
                      "weakened": {"cuts": asked.weaken, "facts_lost": weak_lost}, "half_a_deed_found": half_found}))
    for line in wrong[:20]:
        print(f"  {line}")
    sees = (weak_lost > 0 or not asked.weaken) and figures.get("facts_confirmed", 0) > 0
    if not sees:
        print("  the weakened disk lost nothing, or nothing was confirmed: this test would not notice a broken promise")
    if number > LIVES.index(signs_up) and not half_found:
        print("  no deed of several facts was confirmed, or half of one is not found")
        sees = False
    return 0 if sees and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
