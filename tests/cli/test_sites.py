#!/usr/bin/env python3
"""A site that is not there is answered with those that are, whichever verb was asked."""
import words
from words import refused


def test_the_sites_are_listed_by_kind_and_name(village):
    kinds = list(village.demo["site_ids"])
    data = "--data", village.data, "--site", "nosuch"
    for verb in ["run"], ["shots", "--out", village.folder / "pictures"], ["report", "--sheet", "attendance.days", "--out", village.folder / "days.csv"]:
        said = refused(2, *verb, *data, says=["nosuch", "双塔村", *kinds])
        assert len(said.splitlines()) > len(kinds), said


words.play(globals())
