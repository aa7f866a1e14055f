#!/usr/bin/env python3
"""`shots` says why there is no picture: no display, or no such screen."""
import words
from words import refused


def test_without_a_display_it_says_so(village):
    pictures = village.folder / "pictures"
    refused(1, "shots", "--data", village.data, "--out", pictures, says="DISPLAY is not set")
    refused(1, "shots", "--data", village.data, "--out", pictures, environment={"DISPLAY": ":987"}, says="DISPLAY is :987")
    assert not pictures.exists()
    pictures.mkdir()
    refused(1, "shots", "--data", village.data, "--out", pictures, says="DISPLAY is not set")


def test_no_screen_of_that_name_is_a_wrong_word(village):
    refused(2, "shots", "--data", village.data, "--out", village.folder / "pictures", "--only", "zzz", says=["--only", "zzz"])


words.play(globals())
