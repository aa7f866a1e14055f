#!/usr/bin/env python3
"""`report`: headings people can read in every form, field names for programs, and counts that name nobody."""
import csv
import json
import re
import sqlite3
import zipfile

import words
from words import refused, stage

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
        # Three stories in three states are three counts.
        assert whole and 0 < len(counts) < max(len(whole), 2) + (name == "notice.stories"), f"{name}: {len(whole)} lines, {len(counts)} counts"
        assert sum(line["rows"] for line in counts) == len(whole), name
        assert not {"person", "about", "handled_by", "published_by", "by_whom", "title", "text"} & set(counts[0]), counts[0]
    whole, counts = (json.loads(sheet(village, "attendance.month", "json", *more)) for more in ([], ["--no-names"]))
    assert sum(line["stays"] for line in whole) == sum(line["stays"] for line in counts)
    days = [sheet(village, "attendance.days", "csv", *more) for more in ([], ["--no-names"])]
    assert days[0] == days[1], "a sheet of counts stays as it is"


def read_by_us(data):
    facts = [json.loads(line) for line in stage.run("journal", "--data", data, "--last", 5, "--json").stdout.splitlines()]
    return [f for f in facts if f["kind"] == "village.sheet_read"]


def test_who_wrote_a_sheet_with_names_is_a_fact(village):
    sheet(village, "attendance.month", "csv", "--no-names")
    assert not read_by_us(village.data)
    sheet(village, "attendance.month", "csv")
    assert len(read_by_us(village.data)) == 1


def test_a_sheet_bears_the_mark_of_all_facts_and_the_journal_is_checked_against_it(village):
    out = village.folder / "marked.xlsx"
    stage.run("report", "--data", village.data, "--sheet", "attendance.month", "--out", out, *NOVEMBER)
    texts = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").decode()
    paper = re.search("对账码 ([0-9]+(?:-[0-9A-Z]{4}){3})", texts)[1]
    assert stage.run("journal", "--data", village.data, "--mark").stdout.strip() == paper
    sheet(village, "attendance.month", "csv")  # who reads it is a fact, and later than the mark
    assert stage.run("journal", "--data", village.data, "--mark").stdout.strip() != paper
    assert "came later" in stage.run("journal", "--data", village.data, "--check", paper.lower()).stdout
    facts, *code = paper.split("-")
    other = "".join("0" if c != "0" else "1" for c in code[0])
    refused(1, "journal", "--data", village.data, "--check", "-".join([facts, other, *code[1:]]), says="another mark")
    refused(1, "journal", "--data", village.data, "--check", "-".join(["99999999", *code]), says="only")
    refused(2, "journal", "--data", village.data, "--check", "1234", says=["--check"])
    changed = sqlite3.connect(village.data / "nuanzhan.db")
    changed.execute("UPDATE journal_fact SET at = at + 60000 WHERE number = 10")
    changed.commit()
    changed.close()
    refused(1, "journal", "--data", village.data, "--check", paper, says="fact 10 was changed")
    refused(1, "journal", "--data", village.data, "--mark", says="no mark")
    refused(1, "report", "--data", village.data, "--sheet", "attendance.month", "--out", out, *NOVEMBER, says="nothing was written")


def pair():
    return dict(line.split() for line in stage.run("keys", "make").stdout.splitlines())


def test_the_township_gets_the_figures_of_what_is_confidential_and_nobody_without_its_key(village):
    data, out, township = village.folder / "with", village.folder / "out.json", pair()
    data.mkdir()
    (data / "township.key").write_text(township["public"].removeprefix("pub-") + "\n")
    stage.run("demo", "--residents", 400, "--days", 10, "--seed", 7, "--data", data, "--now", "2026-11-24T09:05")
    ask = "report", "--data", data, "--out", out, *NOVEMBER, "--sheet"

    def rows(name, *more):
        out.unlink(missing_ok=True)
        refused(0, *ask, name, *more, typed=township["secret"] + "\n")
        return json.loads(out.read_text())

    sealed = next(r["offer"] for r in rows("request.summary", "--confidential") if r not in rows("request.summary"))
    counted = {name: [r for r in rows(name, "--confidential") if r["offer"] == sealed] for name in ("request.summary", "request.ledger")}
    assert counted["request.ledger"] and sum(r["requests"] for r in counted["request.summary"]) == len(counted["request.ledger"])
    assert all(r["person"] is None for r in counted["request.ledger"]), counted
    for name in counted:
        plain = rows(name)
        assert plain == [r for r in rows(name, "--confidential") if r["offer"] != sealed] and plain, f"{name}: by name {sealed}"
    assert sum(line["rows"] for line in rows("request.ledger", "--confidential", "--no-names") if line["offer"] == sealed) == len(counted["request.ledger"])
    # Whoever has the machine and not the paper: words, no file, no fact.
    out.unlink()
    before = stage.run("journal", "--data", data, "--last", 1).stdout
    refused(1, *ask, "request.ledger", "--confidential", typed=pair()["secret"] + "\n", says=["opens nothing", "nothing was written"])
    refused(1, *ask, "request.ledger", "--confidential", typed="\n", says=["no secret key", "nothing was written"])
    # A village whose kiosk was never given a township's key sealed for nobody but its own staff.
    refused(1, "report", "--data", village.data, "--sheet", "request.ledger", "--out", out, "--confidential", typed=township["secret"] + "\n", says="no township key")
    refused(0, "keys", "township", "--data", village.data, typed=township["public"] + "\n")
    refused(1, "report", "--data", village.data, "--sheet", "request.ledger", "--out", out, "--confidential", typed=township["secret"] + "\n", says="after everything")
    assert not out.exists() and stage.run("journal", "--data", data, "--last", 1).stdout == before
    assert township["secret"] not in "".join(p.read_text(errors="replace") for p in data.rglob("*") if p.is_file())


words.play(globals())
