#!/usr/bin/env python3
"""What people read and hear: every key the code names is there in every language, languages agree, and Chinese texts speak as a village does.

Leaves with 1 and one line for each thing that is wrong, all at once.
"""
import importlib.util
import os
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(os.environ.get("NUANZHAN_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
TEXT = ROOT / "assets/text"
FIRST = "zh-CN"

spec = importlib.util.spec_from_file_location("map_test", pathlib.Path(__file__).with_name("map_test.py"))
house = importlib.util.module_from_spec(spec)
spec.loader.exec_module(house)

PLACEHOLDER = re.compile(r"\{([a-z_0-9]*)\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
# Stack words and words of blame (visual.md sections 10 and 12).
FORBIDDEN = ["登录", "提交", "确认", "用户", "系统", "功能", "信息", "请选择", "错误", "失败", "非法"]
# "Messages" of a telephone are 短信, and what a person is asked to bring may be so called in a plan's own words.
NOT_FORBIDDEN = ["微信", "短信"]
# Read by staff at set-up, on a terminal or on paper; the plain words rule is for what residents meet.
FOR_STAFF = ("almanac.market.wrong_", "paper.", "cli.", "wrong.", "app.cannot_open.", "app.wrong.", "village.setting.", "desk.settings.", "desk.sheet.")
# Names that stay as they are in Chinese, and file endings.
NAMES = {"english", "nuanzhan", "excel", "xlsx", "json", "wifi", "pinyin", "debian"}
TITLE_AT_MOST = 12  # in the width of Chinese characters; visual.md section 2


def flat(table, prefix):
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from flat(value, key)
        else:
            yield key, value


def load(language, wrong):
    texts = {}
    for path in sorted((TEXT / language).glob("*.toml")):
        try:
            with path.open("rb") as file:
                for key, value in flat(tomllib.load(file), path.stem):
                    if not isinstance(value, str) or not value.strip():
                        wrong.append(f"{language} {key}: not a text, or empty")
                    elif key in texts:
                        wrong.append(f"{language} {key}: twice")
                    texts[key] = value if isinstance(value, str) else ""
        except tomllib.TOMLDecodeError as error:
            wrong.append(f"{path.relative_to(ROOT)}: {error}")
    return texts


def width(text):
    """As wide as how many Chinese characters: two Latin letters are one; what is put in later is not counted."""
    halves = sum(2 if ord(c) >= 0x2E80 else 1 for c in PLACEHOLDER.sub("", text))
    return (halves + 1) // 2


# A literal that is handed to the texts, whatever it looks like.
ASKED = re.compile(r'\b(?:say|text|speak|has)\(\s*"([a-z_0-9]+(?:\.[a-zA-Z_0-9-]+)+\.?)"')
KEY = re.compile(r"^[a-z_0-9]+(?:\.[a-zA-Z_0-9-]+){2,}\.?$")
ADDED_TO = re.compile(r'"([a-z_0-9]+(?:\.[a-zA-Z_0-9-]+)+\.?)"\s*\)?\s*\+')
SETTING = re.compile(r'(?:\bsetting\(\s*|SettingDef\{)"([^"]+)"')


def named_keys(files):
    """(place, key) of each text key in C++; one that ends in a dot, or is added to, is the beginning of several."""
    for path, name, text in house.sources():
        code = house.without_comments(text)
        settings = {m.group(1) for m in SETTING.finditer(code)}
        seen = set()
        added_to = {m.group(1) for m in ADDED_TO.finditer(code)}
        for match in ASKED.finditer(code):
            if match.group(1).split(".")[0] in files and match.group(1) not in settings:
                seen.add((house.line_of(code, match.start()), match.group(1)))
        for line, words in house.literals(text):
            # Three parts and more: shorter ones are kinds of fact, rights and settings, unless they are asked for above.
            if KEY.match(words) and words.split(".")[0] in files and words not in settings:
                seen.add((line, words))
        for line, key in sorted(seen):
            yield f"kiosk/{name}:{line}", key, key.endswith(".") or key in added_to


def main():
    wrong = []
    languages = sorted(p.name for p in TEXT.iterdir() if p.is_dir())
    texts = {language: load(language, wrong) for language in languages}
    first = texts[FIRST]
    if len(languages) < 2 or len(first) < 100:
        wrong.append("assets/text: two languages are the least, with their texts")

    for language in languages:
        if language == FIRST:
            continue
        other = texts[language]
        wrong += [f"{language} {key}: missing" for key in sorted(first.keys() - other.keys())]
        wrong += [f"{FIRST} {key}: missing" for key in sorted(other.keys() - first.keys())]
        for key in sorted(first.keys() & other.keys()):
            here, there = set(PLACEHOLDER.findall(first[key])), set(PLACEHOLDER.findall(other[key]))
            if here != there:
                wrong.append(f"{key}: {FIRST} has {sorted(here)}, {language} has {sorted(there)}")
            if CHINESE.search(other[key]) and not key.endswith(("bar.language",)):
                wrong.append(f"{language} {key}: Chinese in \"{other[key]}\"")

    files = {key.split(".")[0] for key in first}
    for place, key, begins in named_keys(files):
        lacking = [language for language in languages
                   if not (any(k.startswith(key) for k in texts[language]) if begins else key in texts[language])]
        if lacking:
            wrong.append(f"{place}: no text {key}{'…' if begins else ''} in {', '.join(lacking)}")

    for key, text in sorted(first.items()):
        plain = PLACEHOLDER.sub(" ", text)
        for word in re.findall(r"[A-Za-z]{4,}", plain):
            if word.lower() not in NAMES and not key.startswith(FOR_STAFF):
                wrong.append(f"{FIRST} {key}: \"{word}\" is not Chinese")
        for allowed in NOT_FORBIDDEN:
            plain = plain.replace(allowed, "")
        for word in FORBIDDEN:
            if word in plain and not key.startswith(FOR_STAFF):
                wrong.append(f"{FIRST} {key}: {word} is not said to people")
        if re.search(r"(?:^|[._])title$", key) and ".sheet." not in key and not key.startswith(FOR_STAFF) and width(text) > TITLE_AT_MOST:
            wrong.append(f"{FIRST} {key}: a title of {width(text)} characters, {TITLE_AT_MOST} fit")

    for line in wrong:
        print(line)
    print(f"{len(wrong)} wrong" if wrong else f"{len(first)} texts in {len(languages)} languages are as they should be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
