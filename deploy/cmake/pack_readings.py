#!/usr/bin/env python3
"""Writes the readings of every Chinese character as one C++ source: pack_readings.py OUTPUT.cpp

Source: Unihan_Readings of Debian's unicode-data. A character's readings are the union of kMandarin, kHanyuPinlu, kTGHZ2013, kXHC1983
and kHanyuPinyin, the customary one first. The same input always gives the same bytes. kiosk/base/pinyin.cpp reads the tables.
"""
import bz2
import gzip
import pathlib
import re
import sys
import unicodedata
import zipfile

FOLDER = pathlib.Path("/usr/share/unicode")
FIELDS = {"kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983", "kHanyuPinyin"}
TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}


def unihan_lines():
    places = [FOLDER, FOLDER / "unihan", pathlib.Path("/usr/share/unicode-data")]
    for folder in places:
        for name, opener in (("Unihan_Readings.txt", open), ("Unihan_Readings.txt.bz2", bz2.open),
                             ("Unihan_Readings.txt.gz", gzip.open)):
            if (folder / name).exists():
                with opener(folder / name, "rt", encoding="utf-8") as file:
                    return file.read().splitlines()
        if (folder / "Unihan.zip").exists():
            with zipfile.ZipFile(folder / "Unihan.zip") as archive:
                return archive.read("Unihan_Readings.txt").decode("utf-8").splitlines()
    sys.exit(f"Unihan_Readings not found under {FOLDER}: install the package unicode-data")


def plain(marked, cache={}):
    """lǜ -> ("lv", 4); a syllable without a mark has tone 5."""
    if marked not in cache:
        letters, tone = "", 5
        for mark in unicodedata.normalize("NFD", marked):
            if mark in TONES:
                tone = TONES[mark]
            elif mark == "\u0308":
                letters = letters[:-1] + "v"
            elif mark.isascii() and mark.isalpha():
                letters += mark.lower()
            # a circumflex (ê) falls away: e
        cache[marked] = (letters, tone)
    return cache[marked]


def readings(fields):
    mandarin = fields.get("kMandarin", "").split()
    used = [(-int(count), name) for name, count in re.findall(r"(\S+?)\((\d+)\)", fields.get("kHanyuPinlu", ""))]
    ordered = mandarin[:1] + [name for _, name in sorted(used, key=lambda pair: pair[0])] + mandarin[1:]
    for field in ("kTGHZ2013", "kXHC1983", "kHanyuPinyin"):
        for entry in fields.get(field, "").split():
            ordered += entry.split(":", 1)[1].split(",")
    out = []
    for marked in ordered:
        reading = plain(marked)
        if reading[0] and reading not in out:
            out.append(reading)
    return tuple(out)


def rows(numbers, width=24):
    return "".join("  " + ", ".join(map(str, numbers[i:i + width])) + ",\n" for i in range(0, len(numbers), width))


def main():
    characters = {}
    for line in unihan_lines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            if field in FIELDS:
                characters.setdefault(int(code[2:], 16), {})[field] = value
    lists = {code: found for code, found in ((code, readings(fields)) for code, fields in characters.items()) if found}

    syllables = sorted({syllable for found in lists.values() for syllable, _ in found})
    index = {syllable: i for i, syllable in enumerate(syllables)}
    assert len(syllables) < 4096

    # Equal lists are stored once; bit 15 marks the last reading of a list, bits 3-14 the syllable, bits 0-2 the tone.
    pool, place = [], {}
    for found in sorted(set(lists.values())):
        place[found] = len(pool)
        packed = [index[syllable] << 3 | tone for syllable, tone in found]
        packed[-1] |= 0x8000
        pool += packed
    assert len(pool) < 65536

    runs, places = [], []
    for code in sorted(lists):
        if not runs or code != runs[-1][1] + 1:
            runs.append([code, code, len(places)])
        runs[-1][1] = code
        places.append(place[lists[code]])

    offsets, text = [], ""
    for syllable in syllables:
        offsets.append(len(text))
        text += syllable
    offsets.append(len(text))

    count = sum(len(found) for found in lists.values())
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("// Made by deploy/cmake/pack_readings.py from Unihan_Readings (Unicode, Inc.; see www.unicode.org/terms_of_use.html).\n")
        out.write(f"// {len(lists)} characters, {count} readings, {len(syllables)} syllables, {len(place)} different lists.\n")
        out.write('#include "base/pinyin.h"\n\nnamespace base::unihan {\n\n')
        out.write(f'extern const char syllable_text[] = "{text}";\n')
        out.write(f"extern const std::uint16_t syllable_offset[] = {{\n{rows(offsets)}}};\n")
        out.write(f"extern const std::size_t syllable_count = {len(syllables)};\n")
        out.write(f"extern const Reading pool[] = {{\n{rows(pool)}}};\n")
        out.write(f"extern const Run runs[] = {{\n{rows([number for run in runs for number in run])}}};\n")
        out.write(f"extern const std::size_t run_count = {len(runs)};\n")
        out.write(f"extern const std::uint16_t places[] = {{\n{rows(places)}}};\n")
        out.write("\n}  // namespace base::unihan\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
