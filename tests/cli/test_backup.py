#!/usr/bin/env python3
"""`backup` writes where it was told or nowhere; `restore` takes a backup of ours or changes nothing."""
import contextlib
import sqlite3

import words
from words import refused, stage


def test_a_folder_that_is_not_there_is_not_made(village):
    stick = village.folder / "stick"
    refused(1, "backup", "--data", village.data, "--out", stick / "x.db", says=[str(stick), "not there"])
    refused(1, "report", "--data", village.data, "--sheet", "attendance.days", "--out", stick / "x.csv")
    assert not stick.exists()


def test_a_folder_that_is_there_gets_the_copy_and_our_own_folder_is_made(village):
    copy = village.folder / "copy.db"
    stage.run("backup", "--data", village.data, "--out", copy, "--clear")
    assert copy.stat().st_size > 0
    assert not (village.data / "backup").exists()
    stage.run("backup", "--data", village.data)
    assert len(list((village.data / "backup").glob("*.nzb"))) == 1


def test_photos_that_are_not_in_the_copy_are_said(village):
    assert "photos" not in stage.run("backup", "--data", village.data).stderr
    (village.data / "photos").mkdir()
    assert "photos" not in stage.run("backup", "--data", village.data).stderr, "an empty folder"
    (village.data / "photos" / "x.jpg").touch()
    assert str(village.data / "photos") in stage.run("backup", "--data", village.data).stderr


def test_what_is_not_a_backup_is_named_and_nothing_is_changed(village):
    stage.run("journal", "--data", village.data)  # whatever a first look leaves
    text, empty, other = (village.folder / n for n in ("passwd", "empty.db", "other.db"))
    text.write_text("root:x:0:0:root:/root:/bin/bash\n" * 100)
    empty.touch()
    with contextlib.closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE song(title)")
        db.commit()
    whole = village.fingerprint()
    for wrong in (text, empty, other):
        said = refused(3, "restore", "--data", village.data, "--from", wrong, says=[f"{wrong} is not a backup of this program", "nothing was changed"])
        assert "nuanzhan.db" not in said and "doctor" not in said, said
        (village.data / "kiosk.lock").unlink(missing_ok=True)
        assert village.fingerprint() == whole, f"{wrong} changed something"
    new = village.folder / "new"
    refused(3, "restore", "--data", new, "--from", text)
    assert not new.exists()


def test_a_backup_comes_back(village):
    copy = village.folder / "copy.db"
    stage.run("backup", "--data", village.data, "--out", copy, "--clear")
    new = village.folder / "new"
    stage.run("restore", "--data", new, "--from", copy)
    assert not (new / "restore.part").exists()
    assert stage.run("journal", "--data", new, "--last", 5).stdout == stage.run("journal", "--data", village.data, "--last", 5).stdout


def people(data):
    with contextlib.closing(sqlite3.connect(data / "nuanzhan.db")) as db:
        return db.execute("SELECT id, name, phone FROM village_person ORDER BY id").fetchall()


def test_a_sealed_backup_is_read_on_another_machine_with_its_key_file_and_refused_without(village):
    made = dict(line.split() for line in stage.run("keys", "make").stdout.splitlines())
    refused(0, "keys", "township", "--data", village.data, typed=made["public"] + "\n")
    stick = village.folder / "stick"
    stick.mkdir()
    stage.run("backup", "--data", village.data, "--out", stick / "b.nzb")
    assert (stick / "b.nzk").stat().st_size > 0
    new, gone = village.folder / "new", village.folder / "gone"
    refused(0, "restore", "--data", new, "--from", stick / "b.nzb", "--township", typed=made["secret"] + "\n")
    assert people(new) == people(village.data)
    assert "persons" in stage.run("doctor", "--data", new, check=False).stdout
    keys = (stick / "b.nzk").rename(village.folder / "kept.nzk")
    refused(1, "restore", "--data", gone, "--from", stick / "b.nzb", "--township", typed=made["secret"] + "\n", says=["keys of", "there is no key file", "--without-keys", "Nothing was changed"])
    assert not gone.exists()
    refused(0, "restore", "--data", gone, "--from", stick / "b.nzb", "--keys", keys, "--township", typed=made["secret"] + "\n")
    assert people(gone) == people(village.data)


def test_a_damaged_database_is_healed_with_the_persons_keys(village):
    before = people(village.data)
    stage.run("backup", "--data", village.data)
    for name in ("nuanzhan.db", "nuanzhan.db-wal", "nuanzhan.db-shm", "persons.keys", "second/persons.keys"):
        (village.data / name).unlink(missing_ok=True)
    stage.run("doctor", "--data", village.data, "--heal")
    assert people(village.data) == before


words.play(globals())
