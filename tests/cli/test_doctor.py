#!/usr/bin/env python3
"""`doctor` says how the card reader stands, in words a clerk can act on."""
import json

import words
from words import stage


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


words.play(globals())
