#!/usr/bin/env python3
"""`backup` writes where it was told or nowhere; `restore` takes a backup of ours or changes nothing."""
import words
from words import refused, stage


def test_a_folder_that_is_not_there_is_not_made(village):
    stick = village.folder / "stick"
    refused(1, "backup", "--data", village.data, "--out", stick / "x.db", says=[str(stick), "not there"])
    refused(1, "report", "--data", village.data, "--sheet", "attendance.days", "--out", stick / "x.csv")
    assert not stick.exists()


def test_a_folder_that_is_there_gets_the_copy_and_our_own_folder_is_made(village):
    copy = village.folder / "copy.db"
    stage.run("backup", "--data", village.data, "--out", copy)
    assert copy.stat().st_size > 0
    assert not (village.data / "backup").exists()
    stage.run("backup", "--data", village.data)
    assert len(list((village.data / "backup").glob("*.db"))) == 1


words.play(globals())
