#!/usr/bin/env python3
"""`report`: headings people can read in every form, field names for programs, and counts that name nobody."""
import csv
import json

import words
from words import stage

NOVEMBER = "--from", "2026-11-01", "--to", "2026-11-30"


def sheet(village, name, form, *more):
    out = village.folder / f"{name}.{form}"
    stage.run("report", "--data", village.data, "--sheet", name, "--out", out, *NOVEMBER, *more)
    return out.read_text(encoding="utf-8-sig")


def test_headings_are_in_the_language_and_field_names_in_json(village):
    first = lambda *more: next(csv.reader(sheet(village, "attendance.month", "csv", *more).splitlines()))
    assert first()[:3] == ["地点", "服务", "姓名"], first()
    english = first("--language", "en")
    assert english[0].isascii() and english != first() and "closed_by_rule" not in english, english
    assert "closed_by_rule" in json.loads(sheet(village, "attendance.month", "json"))[0]


def test_without_names_there_are_counts_that_add_up_to_the_same(village):
    for name in "attendance.month", "attendance.hours", "request.ledger", "booking.by_slot", "notice.stories":
        whole = json.loads(sheet(village, name, "json"))
        counts = json.loads(sheet(village, name, "json", "--no-names"))
        assert whole and 0 < len(counts) < max(len(whole), 2), f"{name}: {len(whole)} lines, {len(counts)} counts"
        assert sum(line["rows"] for line in counts) == len(whole), name
        assert not {"person", "about", "handled_by", "published_by", "by_whom", "title", "text"} & set(counts[0]), counts[0]
    whole, counts = (json.loads(sheet(village, "attendance.month", "json", *more)) for more in ([], ["--no-names"]))
    assert sum(line["stays"] for line in whole) == sum(line["stays"] for line in counts)
    days = [sheet(village, "attendance.days", "csv", *more) for more in ([], ["--no-names"])]
    assert days[0] == days[1], "a sheet of counts stays as it is"


words.play(globals())
