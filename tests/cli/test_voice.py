#!/usr/bin/env python3
"""The village's own voice from the command line: a folder of clips onto a stick, into a kiosk, listed; what is wrong is said and changes nothing."""
import json
import math
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import wave
import zipfile

NUANZHAN = os.environ["NUANZHAN"]


def run(data, *words, code=0):
    done = subprocess.run([NUANZHAN, *map(str, words), "--data", str(data)], capture_output=True, text=True)
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def tone(path, seconds=0.6, loud=0.1, hz=500):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(44100)
        out.writeframes(b"".join(struct.pack("<h", int(32767 * loud * math.sin(2 * math.pi * hz * i / 44100))) for i in range(int(seconds * 44100))))


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        data, clips, stick = folder / "data", folder / "clips", folder / "stick.zip"
        clips.mkdir()
        everything = json.loads(run(data, "voice", "list", "--json").stdout)
        assert everything == [], everything
        missing = [line.split() for line in run(data, "voice", "list", "--missing").stdout.splitlines() if line.startswith("  missing")]
        assert len(missing) > 500, len(missing)
        keys = {words[1]: words[2] for words in missing}
        assert keys["parts.bar.home"] == "从头来", keys
        # Nothing is recorded that only the screen shows, no sheet's heading, no setting.
        assert not [key for key in keys if key.startswith(("village.setting", "paper.")) or ".sheet." in key]

        (clips / "pack.toml").write_text('name = "dongcun"\ntitle = "东村话"\nlanguage = "zh-CN"\nspeaker = "广播员"\n[clips."parts.bar.back"]\nfile = "back.wav"\ntext = "往后退"\n')
        tone(clips / "parts.bar.home.wav")
        tone(clips / "back.wav")
        said = run(data, "voice", "pack", clips, "-o", stick).stdout
        assert "2 clips of dongcun" in said and "parts.bar.back: was recorded for other words" in said, said
        said = run(data, "voice", "install", stick).stdout
        assert "dongcun is installed: 2 clips" in said, said
        pack, = json.loads(run(data, "voice", "list", "--json", "--missing").stdout)
        assert pack["name"] == "dongcun" and pack["sentences_recorded"] == 1 and pack["stale"] == ["parts.bar.back"], pack
        assert len(pack["missing"]) == pack["sentences"] + pack["pieces"] - 1
        said = run(data, "voice", "list").stdout
        assert "东村话" in said and "the words have changed since \"往后退\"" in said, said

        # A folder installs too; whatever is wrong is all told, and the pack that is there stays.
        (clips / "wrong key.wav").write_bytes(b"no sound")
        (clips / "parts.bar.urgent.wav").write_bytes(b"no sound")
        said = run(data, "voice", "install", clips, code=1).stderr
        assert "wrong key.wav: is not named after a text key" in said and "parts.bar.urgent.wav: is no sound" in said, said
        half = folder / "half.zip"
        half.write_bytes(stick.read_bytes()[:3000])
        said = run(data, "voice", "install", half, code=1).stderr
        assert "copy it to the stick again" in said, said
        with zipfile.ZipFile(folder / "trick.zip", "w") as trick:
            trick.writestr("../../evil.wav", b"x")
        assert "holds a file called" in run(data, "voice", "install", folder / "trick.zip", code=1).stderr
        assert not (folder / "evil.wav").exists() and not list(folder.rglob("evil*"))
        assert json.loads(run(data, "voice", "list", "--json").stdout)[0]["clips"] == 2
        assert sorted(p.name for p in (data / "voice").iterdir()) == ["dongcun"], list((data / "voice").iterdir())
        for help_for, words in {"voice": ["list", "pack", "install"], "": ["voice"]}.items():
            text = run(data, *help_for.split(), "--help").stdout
            assert all(word in text for word in words), text
    return 0


if __name__ == "__main__":
    sys.exit(main())
