#!/usr/bin/env python3
"""A village records its voice with a real pointer and with keys; a sound file is heard instead of a microphone. What was recorded is kept when
the program is killed, packed, and installed in another kiosk.
"""
import json
import math
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import wave

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import player  # noqa: E402
import stage  # noqa: E402

stage.need_stage()


def say(path, seconds, loud):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(44100)
        quiet = b"\0\0" * 8820
        out.writeframes(quiet + b"".join(struct.pack("<h", int(32767 * loud * math.sin(2 * math.pi * 300 * i / 44100))) for i in range(int(seconds * 44100))) + quiet)


class Studio:
    def __init__(self, folder, size):
        self.size, self.data, self.said, self.trace = size, folder / "data", folder / "said.wav", folder / "trace.jsonl"
        self.stage = stage.Screen(size)
        self.environment = dict(os.environ) | {"DISPLAY": self.stage.display}
        self.hand = player.Hand(self.environment)
        self.process = None

    def start(self):
        self.trace.write_text("")
        self.process = subprocess.Popen([str(stage.PROGRAM), "voice", "record", "--data", str(self.data), "--pack", "dongcun", "--title", "东村话", "--window", self.size, "--px-per-mm",
                                         str(stage.px_per_mm(self.size)), "--microphone", str(self.said), "--trace", str(self.trace)], env=self.environment)
        self.wait(lambda s: True, "the screen", 20)

    def screen(self):
        seen = None
        for line in self.trace.read_text(encoding="utf-8").splitlines():
            try:
                event = json.loads(line)
            except json.JSONDecodeError:
                continue
            seen = event if event["event"] == "screen" else seen
        return seen

    def labels(self):
        return [w["label"] for w in self.screen()["widgets"]]

    def wait(self, found, what, limit=6):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            seen = self.screen()
            if seen and found(seen):
                return seen
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        sys.exit(f"waited for {what}; it shows {self.labels() if self.screen() else 'nothing'}")

    def says(self, label):
        self.wait(lambda s: any(w["label"] == label for w in s["widgets"]), label)

    def tap(self, name):
        x, y, w, h = next(w["rect"] for w in self.screen()["widgets"] if w["id"] == name)
        self.hand.do(f"mousemove {int(x + w / 2)} {int(y + h / 2)}", "mousedown 1", "sleep 0.05", "mouseup 1")
        time.sleep(0.7)

    def left(self):
        return next(w["label"] for w in self.screen()["widgets"] if w["label"].startswith("还差"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        studio = Studio(folder, "1366x768")
        say(studio.said, 0.7, 0.1)
        studio.start()
        before = studio.left()
        studio.tap("record")
        studio.says("停")
        time.sleep(1.2)
        studio.tap("record")
        studio.says("录好了，存下了。")
        assert studio.left() != before, "one less is missing"
        if shots := os.environ.get("NUANZHAN_SHOTS"):
            subprocess.run(["import", "-window", "root", f"{shots}/record.png"], env=studio.environment, check=False)
        studio.tap("next_missing")
        say(studio.said, 0.7, 0)
        # By keys alone: the first press turns focus on, OK begins and ends what has it.
        for _ in range(12):
            studio.hand.do("key Right")
            time.sleep(0.55)
            if studio.screen().get("focus") == "record":
                break
        else:
            sys.exit(f"the keys never come to record: {studio.screen().get('focus')}")
        studio.hand.do("key Return")
        studio.says("停")
        time.sleep(1.0)
        studio.hand.do("key Return")
        studio.says("没听见声音。离话筒近一点，再来一回。")
        # The power goes; what was said before is there.
        studio.process.kill()
        studio.process.wait()
        studio.start()
        assert studio.left() != before, studio.left()
        studio.tap("done")
        assert studio.process.wait(10) == 0
        studio.hand.close()
        studio.stage.close()

        def run(*words):
            return subprocess.run([str(stage.PROGRAM), *map(str, words)], capture_output=True, text=True, check=True).stdout
        run("voice", "pack", studio.data / "voice/dongcun", "-o", folder / "stick.zip", "--data", studio.data)
        run("voice", "install", folder / "stick.zip", "--data", folder / "kiosk")
        pack, = json.loads(run("voice", "list", "--json", "--data", folder / "kiosk"))
        assert pack["title"] == "东村话" and pack["clips"] == 1 and pack["sentences_recorded"] == 1, pack


if __name__ == "__main__":
    main()
