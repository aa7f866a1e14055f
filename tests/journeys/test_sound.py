#!/usr/bin/env python3
"""What a kiosk is heard to say, listened to in the file into which all its sound goes: nothing where nothing must be, private things only in
a headset, and the alarm also while speech is off.

Every sentence is a tone of its own, recorded, packed and installed as a village would; so the file tells which was said. Lengths
and times are counted in the file's samples.
"""
import math
import pathlib
import sqlite3
import struct
import sys
import time
import uuid
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
HOME, QUIET, PRIVATE = 11 * BIN, 15 * BIN, 19 * BIN  # none of them in clicks or the alarm
CLICK = 3 * BIN  # beside its 430 Hz
TEXTS = {"desk_home.say": HOME, "app.quiet.say": QUIET, "booking.mine.say": PRIVATE}
HEARD = village.folder / "heard.wav"


def tone(path, hz, seconds):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(44100)
        out.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(2 * math.pi * hz * i / 44100))) for i in range(int(seconds * 44100))))


def install_voice():
    folder = village.folder / "clips"
    folder.mkdir()
    (folder / "pack.toml").write_text('name = "tones"\ntitle = "tones"\nlanguage = "zh-CN"\n')
    for key, hz in TEXTS.items():
        tone(folder / f"{key}.wav", hz, 1.5)
    stage.run("voice", "install", folder, "--data", village.data)


def setting(key, value):
    """As a manager sets it, while no kiosk runs."""
    with sqlite3.connect(village.data / "nuanzhan.db") as database:
        database.execute("DELETE FROM village_setting WHERE key = ?", (key,))
        database.execute("INSERT INTO village_setting (key, site, value) VALUES (?, NULL, ?)", (key, value))


def heard():
    return listening.samples_of(HEARD)


def said_s(hz, of=None):
    return listening.heard_s(of or heard(), hz, louder_than=0.005)


class Kiosk(listening.Kiosk):
    def __init__(self, *options, first="desk/home"):
        super().__init__(village, options, first)


def a_resident():
    """Somebody who comes here and has booked something."""
    with sqlite3.connect(f"file:{village.data}/nuanzhan.db?mode=ro", uri=True) as db:
        booked = {str(uuid.UUID(bytes=person)) for (person,) in db.execute("SELECT person FROM booking_place WHERE state = 'booked'")}
    return next(p["person"] for p in village.people("elder") if p["person"] in booked)


def test_home_is_said_in_the_villages_own_voice_as_loud_as_it_is_set():
    sound = Kiosk().listened(2.5)
    if not 1.2 < said_s(HOME, sound) < 1.7:
        raise player.Failed(f"home was heard for {said_s(HOME, sound):.2f} s, its clip is 1.5 s")
    loud = max(abs(v) for v in sound[0])
    if not 0.05 < loud < 0.9:
        raise player.Failed(f"its peaks are at {loud:.2f} of full scale")


def test_with_speech_off_nothing_is_heard():
    setting("voice.on", "0")
    sound = Kiosk().listened(2.5)
    setting("voice.on", "1")
    loud = max((abs(v) for v in sound[0]), default=0)
    if loud > 0.0005:
        raise player.Failed(f"something is heard at {loud:.4f}")


def test_private_things_are_said_only_in_a_headset():
    for headset, private in (("auto", False), ("no", False), ("yes", True)):
        setting("voice.headset", headset)
        sound = Kiosk("--as", a_resident(), "--open", "booking/mine", first="booking/mine").listened(3.5)
        mine, quiet = said_s(PRIVATE, sound), said_s(QUIET, sound)
        if (mine > 0.05) != private or (quiet > 1) == private:
            raise player.Failed(f"headset {headset}: her bookings were heard {mine:.2f} s, \"read it yourself\" {quiet:.2f} s")
    setting("voice.headset", "auto")


def test_a_touch_ends_speech_at_once():
    kiosk = Kiosk()
    kiosk.wait_event("spoken", key="desk_home.say")
    time.sleep(0.5)
    kiosk.tap("go:whats_on", then="desk/calendar")
    sound = kiosk.listened(0.5)
    home, click = listening.share(*sound, HOME, 256), listening.share(*sound, CLICK, 256)
    # The next screen's own sentence has a little of this tone too: what counts is where the steady one breaks off.
    end = next(i for i, v in enumerate(home) if v > 0.02)
    while home[end + 1] > 0.01 or home[end + 2] > 0.01:
        end += 1
    # The touch's own click: the first window of it that is near the end.
    began = next(i for i, v in enumerate(click) if v > 0.02)
    after_ms = (end - began) * 256 / sound[1] * 1000
    print(f"    speech ends {after_ms:.0f} ms after the click begins")
    if end * 256 / sound[1] > 1.4 or after_ms > 35:
        raise player.Failed(f"the sentence was heard to {after_ms:.0f} ms after the click began")


def test_the_alarm_is_heard_while_speech_is_off_again_and_again_until_it_is_taken_on():
    setting("voice.on", "0")
    setting("request.urgent_again_s", "3")
    kiosk = Kiosk()
    kiosk.tap("urgent", then="request/urgent")
    kiosk.wait_screen("request/urgent_sent", limit=10)
    time.sleep(7.5)
    kiosk.tap("done", then="desk/home")
    alarm = kiosk.wait(lambda: next(iter(kiosk.ids("alarm:")), None), "the alarm")
    if kiosk.sign_in(village.staff("clerk"), through=alarm) == "desk/today":
        kiosk.tap(alarm, then="request/urgent_list")
    kiosk.tap(kiosk.ids("acknowledge:")[0])
    kiosk.committed("request.urgent_acknowledged")
    time.sleep(2)
    sound = kiosk.listened(5)
    setting("voice.on", "1")
    setting("request.urgent_again_s", "4")
    loud = listening.share(*sound, 784)
    rings = []
    for i, v in enumerate(loud):
        if v > 0.01 and (not rings or (i - rings[-1][-1]) * 1024 / sound[1] > 1):
            rings.append([i])
        elif v > 0.01:
            rings[-1].append(i)
    if len(rings) < 3:
        raise player.Failed(f"it rang {len(rings)} times")
    between = [(b[0] - a[0]) * 1024 / sound[1] for a, b in zip(rings, rings[1:])]
    print(f"    rang {len(rings)} times, every {sum(between) / len(between):.2f} s")
    if not all(2.7 < s < 3.4 for s in between[:2]):
        raise player.Failed(f"it rang after {between} s; it is set to 3")
    silent_s = (len(loud) - rings[-1][-1]) * 1024 / sound[1]
    if silent_s < 5:
        raise player.Failed(f"it rang {silent_s:.1f} s before the end, 5 s after somebody took it on")
    if any(said_s(hz, sound) > 0.05 for hz in TEXTS.values()):
        raise player.Failed("speech is off, and was heard")


install_voice()


def main():
    return listening.play([(n, t) for n, t in globals().items() if n.startswith("test_")], village)


if __name__ == "__main__":
    sys.exit(main())
