#!/usr/bin/env python3
"""A person says aloud what she needs; it is kept sealed; staff with a PIN hear it, and nobody else finds it on the disk, in the trace or the log.

A sound file is heard instead of a microphone, and all the kiosk's sound goes into a file, which is listened to.
"""
import math
import pathlib
import subprocess
import sqlite3
import struct
import sys
import time
import wave

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import listening  # noqa: E402
import player  # noqa: E402
import stage  # noqa: E402

stage.need_stage()
village = stage.Village()
BIN = 44100 / 256  # Hz; tones of whole bins leak into no other bin
VOICE = 5 * BIN  # inside what 16 kHz speech carries, in no click
HEARD, SAID = village.folder / "heard.wav", village.folder / "said.wav"


def say(seconds, loud=0.3):
    """What the microphone hears: a steady tone between silences."""
    with wave.open(str(SAID), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(44100)
        quiet = b"\0\0" * 8820
        out.writeframes(quiet + samples(seconds, loud) + quiet * 60)


def samples(seconds, loud):
    return b"".join(struct.pack("<h", int(32767 * loud * math.sin(2 * math.pi * VOICE * i / 44100))) for i in range(int(seconds * 44100)))


def voice_s(sound):
    return listening.heard_s(sound, VOICE, louder_than=0.02)


def speech_off():
    with sqlite3.connect(village.data / "nuanzhan.db") as database:
        database.execute("INSERT INTO village_setting (key, site, value) VALUES ('voice.on', NULL, '0')")


class Kiosk(listening.Kiosk):
    """Speech is off: what is heard is what was said."""

    def __init__(self, *options, first="desk/home"):
        super().__init__(village, ("--microphone", str(SAID), *options), first)

    def opens_what_was_said(self):
        """The queue has pages; the newest stand last."""
        for _ in range(12):
            if self.ids("hear:"):
                self.tap(self.ids("hear:")[0])
                return self.wait_screen("request/hear")
            seen = self.ids("request:")
            self.tap("page_next")
            self.wait(lambda: self.ids("request:") != seen, "another page")
        return self.fail("nothing was said about any of them")

    def asks(self, offer):
        for card in cards:
            self.tap("go:help", then="request/ask")
            self.tap_through(f"offer:{offer}")
            self.wait_screen("identify/group")
            if self.card(card["code"], then=("request/sent", "request/mine"))["key"] == "request/sent":
                self.committed("request.asked")
                return
            self.tap("home", then="desk/home")  # she had asked for it before

    def says(self, for_s):
        self.tap("say", then="request/say")
        self.tap("record")
        self.wait_target("done_saying")
        time.sleep(for_s)
        self.tap("done_saying")
        self.wait_target("keep", limit=10)


cards = iter(village.cards("elder"))
KEPT_S = 2.0
TOWNSHIP = {}


def everything_on_the_disk():
    for path in sorted(p for p in village.folder.rglob("*") if p.is_file() and p not in (SAID, HEARD)):
        yield path, path.read_bytes()


def nothing_in_the_clear():
    clear = samples(1, 0.3)[4000:4064]
    for path, data in everything_on_the_disk():
        for what, name in ((b"OpusHead", "Opus"), (clear, "the samples themselves")):
            if what in data and path.suffix not in (".flac", ".ogg", ".opus"):
                raise player.Failed(f"{name} stand in {path.name}")
    recordings = list((village.data / "said").iterdir())
    if any(b"OggS" in f.read_bytes() for f in recordings):
        raise player.Failed("a recording is in the clear")
    return recordings


def test_a_person_says_it_hears_herself_and_keeps_it():
    say(KEPT_S)
    kiosk = Kiosk()
    kiosk.asks("haircut")
    kiosk.touches = 0
    kiosk.says(1.2)
    kiosk.tap("play")
    time.sleep(1.6)
    kiosk.nothing_committed(0.1)
    kiosk.tap("keep", then="request/sent")
    kiosk.committed("request.said")
    if kiosk.touches != 5:
        kiosk.fail(f"it took {kiosk.touches} touches; say, record, done, play and keep are five")
    [recording] = nothing_in_the_clear()
    if not recording.read_bytes().startswith(b"NZSEALED"):
        kiosk.fail("what is kept is no sealed thing")
    trace = "\n".join(p.read_text() for p in village.folder.glob("trace-*.jsonl"))
    if recording.name in trace:
        kiosk.fail("the trace names the recording")
    played = voice_s(kiosk.listened())
    print(f"    heard herself for {played:.2f} s")
    if not 0.7 < played < 1.6:
        raise player.Failed(f"she said about 1.2 s and heard {played:.2f} s")


def test_the_township_opens_it_with_the_paper_from_its_envelope():
    [recording] = (village.data / "said").iterdir()
    clear = village.folder / "clear.opus"

    def opened_by(secret):
        return subprocess.run([str(stage.PROGRAM), "keys", "open", str(recording), "-o", str(clear)], input=secret + "\n", capture_output=True, text=True, check=False).returncode
    if opened_by(TOWNSHIP["public"]) != 1 or clear.exists():
        raise player.Failed("what is not the secret opened it")
    if opened_by(TOWNSHIP["secret"]) != 0 or not clear.read_bytes().startswith(b"OggS"):
        raise player.Failed("the township cannot open what is sealed for it")
    clear.unlink()


def test_whoever_finds_no_picture_says_it():
    say(KEPT_S)
    kiosk = Kiosk()
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap_through("offer:aloud", "offer:")
    kiosk.wait_screen("identify/group")
    kiosk.card(next(cards)["code"], then="request/say")
    kiosk.committed("request.asked")
    kiosk.tap("record")
    kiosk.wait_target("done_saying")
    time.sleep(0.8)
    kiosk.tap("done_saying")
    kiosk.wait_target("keep", limit=10)
    kiosk.tap("keep", then="request/sent")
    kiosk.committed("request.said")
    if kiosk.touches > 6:
        kiosk.fail(f"it took {kiosk.touches} touches")
    kiosk.tap("undo", then="request/undone")  # taken back: it goes with the next round of the clock
    kiosk.close()


def test_it_is_thrown_away_by_a_touch_and_by_leaving():
    say(KEPT_S)
    kiosk = Kiosk()
    kiosk.asks("cleaning")
    kiosk.says(0.8)
    kiosk.tap("leave", then="request/sent")
    kiosk.says(0.8)
    kiosk.tap("back", then="request/sent")
    kiosk.tap("say", then="request/say")
    kiosk.wait_target("record")
    kiosk.tap("record")
    kiosk.wait_target("done_saying")
    kiosk.tap("home", then="desk/home")
    kiosk.nothing_committed(0.5)
    if len(nothing_in_the_clear()) not in (1, 2):  # hers, and the one that was taken back until its minute comes
        kiosk.fail("something was kept that nobody wanted kept")
    if voice_s(kiosk.listened()) > 0.05:
        raise player.Failed("it was heard though nobody asked")


def test_what_was_not_heard_is_told():
    say(KEPT_S, loud=0)
    kiosk = Kiosk()
    kiosk.asks("repair")
    kiosk.tap("say", then="request/say")
    kiosk.tap("record")
    kiosk.wait_target("done_saying")
    time.sleep(0.5)
    kiosk.tap("done_saying")
    kiosk.wait_event("spoken", key="request.say.silent")
    kiosk.wait_target("record")
    kiosk.close()


def test_staff_hear_it_when_nobody_is_near_until_a_touch():
    kiosk = Kiosk()
    kiosk.sign_in(village.staff("clerk"))
    kiosk.tap("figure:request.help", then="request/queue")
    kiosk.opens_what_was_said()
    kiosk.nothing_committed(0.8)  # it asks first
    kiosk.tap("alone")
    kiosk.committed("request.heard")
    time.sleep(1.6)
    kiosk.wait_target("play")
    kiosk.tap("play")
    time.sleep(0.25)
    kiosk.tap("hush")
    time.sleep(1.0)
    told = "\n".join(p.read_text(errors="replace") for p in village.folder.glob("kiosk-*.log"))
    if "OggS" in told or "said/" in told:
        kiosk.fail("the log tells of the recording")
    nothing_in_the_clear()
    fact = next(f for f in reversed(village.journal(20)) if f["kind"] == "request.heard")
    if fact["means"] != "staff":
        kiosk.fail("nobody stands for who listened")
    played = voice_s(kiosk.listened())
    print(f"    staff heard {played:.2f} s: once whole, once cut off")
    if not 1.0 < played < 2.3:
        raise player.Failed(f"staff heard {played:.2f} s of 1.2 s and a piece of it")


def test_without_a_pin_nobody_hears_it():
    kiosk = Kiosk("--as", "manager", "--open", "request/queue", first="request/queue")
    kiosk.opens_what_was_said()
    if kiosk.widget("alone") or kiosk.widget("play"):
        kiosk.fail("it offers to play what it cannot open")
    kiosk.nothing_committed(0.5)
    if voice_s(kiosk.listened()) > 0.05:
        raise player.Failed("it was heard without a PIN")


def main():
    speech_off()
    TOWNSHIP.update(line.split() for line in stage.run("keys", "make").stdout.splitlines())
    subprocess.run([str(stage.PROGRAM), "keys", "township", "--data", str(village.data)], input=TOWNSHIP["public"] + "\n", text=True, check=True, capture_output=True)
    return listening.play([(n, t) for n, t in globals().items() if n.startswith("test_")], village)


if __name__ == "__main__":
    sys.exit(main())
