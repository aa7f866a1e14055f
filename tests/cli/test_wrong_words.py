#!/usr/bin/env python3
"""A wrong argument is refused with 2 and with what there is instead; a machine that cannot says why."""
import words
from words import refused, stage


def test_an_unknown_tag_lists_the_tags(village):
    out = village.folder / "cards.pdf"
    refused(2, "cards", "--data", village.data, "--tag", "dog", "--out", out, says=["--tag", "elder", "volunteer", "hardship"])
    assert not out.exists()
    stage.run("cards", "--data", village.data, "--tag", "elder", "--out", out)
    assert out.exists()


def test_a_new_pin_needs_a_number_and_two_lines(village):
    number = village.staff("clerk")["number"]
    refused(2, "staff", "--data", village.data, "--new-pin", says="--number")
    new = "staff", "--data", village.data, "--new-pin", "--number", number
    refused(1, *new, typed="274913\n", says="second line is missing")
    refused(1, *new, typed="", says="no PIN")
    refused(1, *new, typed="274913\n274914\n", says="not the same")


def test_a_last_day_before_the_first_is_refused(village):
    out = village.folder / "days.csv"
    refused(2, "report", "--data", village.data, "--sheet", "attendance.days", "--out", out, "--from", "2026-11-20", "--to", "2026-11-01",
            says=["2026-11-20", "2026-11-01", "before"])
    assert not out.exists()


words.play(globals())
