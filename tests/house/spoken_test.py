#!/usr/bin/env python3
"""What the code speaks stands in assets/voice/spoken.txt, and every line of that list still names a text: else a village would
record what is never heard, and miss what is.

Leaves with 1 and one line for each thing that is wrong, all at once. Keys that the code puts together (an offer's own words) are
looked for in the screens themselves by tests/app.
"""
import importlib.util
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("NUANZHAN_SOURCE", pathlib.Path(__file__).resolve().parents[2]))

spec = importlib.util.spec_from_file_location("words_test", pathlib.Path(__file__).with_name("words_test.py"))
words = importlib.util.module_from_spec(spec)
spec.loader.exec_module(words)

# speak("key", …), the kiosk's own say("key", …), a step's saying("key", …), a target's voice = "key". ui.say only looks a text up.
SPEAKS = re.compile(r'(?:\bspeak|(?<![.\w>])say|\bsaying)\(\s*([^;]*?)(?:,|\)\s*;)')
VOICE = re.compile(r'(?:\bvoice|\bsay_key|\bspeak_key|\bkey)\s*=\s*([^;]*);')
KEY = re.compile(r'"([a-z_0-9]+(?:\.[a-z_0-9]+)+)"')


def pattern(line):
    return re.compile("^" + ".*".join(map(re.escape, line.split("*"))) + "$")


def main():
    wrong = []
    lines = [line.split("#")[0].strip() for line in (ROOT / "assets/voice/spoken.txt").read_text(encoding="utf-8").splitlines()]
    patterns = [(line, pattern(line)) for line in lines if line and not line.startswith("!")]
    taken_away = [pattern(line[1:]) for line in lines if line.startswith("!")]

    def listed(key):
        away = any(fits.match(key) for fits in taken_away)
        return any(line == key if away else fits.match(key) for line, fits in patterns)

    texts = words.load("zh-CN", wrong)
    for line, fits in patterns:
        if not any(fits.match(key) for key in texts):
            wrong.append(f"assets/voice/spoken.txt: {line} names no text")
    spoken = 0
    for path, name, text in words.house.sources():
        code = words.house.without_comments(text)
        # What a title says is spoken only where speak() is given it too.
        for match in [*SPEAKS.finditer(code), *(m for m in VOICE.finditer(code) if not m.group(0).startswith("key"))]:
            for key in KEY.findall(match.group(1)):
                if key not in texts:
                    continue
                spoken += 1
                if not listed(key):
                    wrong.append(f"kiosk/{name}:{words.house.line_of(text, match.start())}: {key} is spoken, and no village is asked to record it")
    if spoken < 60:
        wrong.append(f"only {spoken} spoken keys were found in the code: this test no longer reads it")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
