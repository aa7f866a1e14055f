#!/usr/bin/env python3
"""`doctor` says how things stand in words a clerk can act on, and healing leaves nothing behind that can still be read."""
import json
import sqlite3

import words
from words import refused, stage


def about_the_reader(village, *more):
    done = stage.run("doctor", "--data", village.data, "--json", *more, check=False)
    line = next(part for part in json.loads(done.stdout) if part["what"] == "reader")
    return done.returncode, line["good"], line["line"]


def test_without_a_named_reader_all_is_well_and_it_is_said_how_cards_are_read(village):
    _, good, line = about_the_reader(village)
    assert good and "reader.device" in line and "keyboard" in line, line


def test_a_named_reader_that_is_not_there_is_said(village):
    for named in "No such reader", "/dev/input/by-id/*NoSuchReader*":
        code, good, line = about_the_reader(village, "--reader", named)
        assert code == 1 and not good and named in line and "plugged in" in line, line


def test_a_fact_that_was_changed_before_there_was_a_copy_costs_no_other(village):
    # A demo village is made without a second journal, and has no backup yet.
    count = lambda: len(stage.run("journal", "--data", village.data, "--last", 1_000_000).stdout.splitlines())
    stage.run("report", "--data", village.data, "--sheet", "attendance.month", "--out", village.folder / "a.csv")
    before = count()
    crooked = sqlite3.connect(village.data / "nuanzhan.db")
    crooked.execute("UPDATE journal_fact SET at = at + 60000 WHERE number = 200")
    crooked.commit()
    crooked.close()
    assert "fact 200" in stage.run("doctor", "--data", village.data, check=False).stdout
    refused(1, "doctor", "--heal", "--data", village.data, says=["were changed, or come after", "--as-found", "nothing was changed"])
    assert count() == before
    said = stage.run("doctor", "--heal", "--as-found", "--data", village.data).stdout
    assert "whole again" in said and "kept as they were found" in said, said
    assert count() == before
    line = next(part for part in json.loads(stage.run("doctor", "--data", village.data, "--json", check=False).stdout) if part["what"] == "database")
    assert line["good"] and f"{before} facts" in line["line"], line


def test_what_is_left_of_a_village_is_not_buried_under_a_demo(village):
    journal = lambda: stage.run("journal", "--data", village.data, "--last", 5).stdout
    stage.run("backup", "--data", village.data)
    before = journal()
    for file in village.data.glob("nuanzhan.db*"):
        file.unlink()
    refused(3, "journal", "--data", village.data, says=["the database is gone", "--heal"])
    refused(1, "demo", "--data", village.data, says=["what is left of a village", "--heal"])
    stage.run("doctor", "--heal", "--data", village.data)
    assert journal() == before
    # And the backups too: what is at hand is not called whole, and nothing is put in the place of what may still come.
    stage.run("report", "--data", village.data, "--sheet", "attendance.month", "--out", village.folder / "a.csv")
    before = journal()
    kept = village.folder / "stick"
    (village.data / "backup").rename(kept)
    for file in village.data.glob("nuanzhan.db*"):
        file.unlink()
    refused(1, "doctor", "--heal", "--data", village.data, says=["in nothing that is at hand", "nothing was changed", "--with-gaps"])
    assert not (village.data / "nuanzhan.db").exists()
    kept.rename(village.data / "backup")
    assert "whole again" in stage.run("doctor", "--heal", "--data", village.data).stdout
    assert journal() == before


words.play(globals())
