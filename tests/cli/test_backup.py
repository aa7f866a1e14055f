#!/usr/bin/env python3
"""`backup` writes where it was told or nowhere; `restore` takes a backup of ours or changes nothing."""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess

import words
from words import refused, stage


def test_a_folder_that_is_not_there_is_not_made(village):
    stick = village.folder / "stick"
    refused(1, "backup", "--data", village.data, "--out", stick / "x.db", says=[str(stick), "not there"])
    refused(1, "report", "--data", village.data, "--sheet", "attendance.days", "--out", stick / "x.csv")
    assert not stick.exists()


def test_a_backup_is_not_named_as_what_lies_beside_it(village):
    for name in "x.nzk", "x.files":
        refused(1, "backup", "--data", village.data, "--out", village.folder / name, "--clear", says=[".nzb"])
        assert not (village.folder / name).exists()


def test_what_root_makes_is_the_kiosks_own_users(village):
    if os.geteuid() != 0:
        print("        not as root: nothing to be given away")
        return
    for file in [village.data, *village.data.rglob("*")]:
        os.lchown(file, 65534, 65534)
    outside = village.folder / "outside"
    outside.write_text("root's own")
    (village.data / "link").symlink_to(outside)
    stage.run("backup", "--data", village.data)
    owners = {f.relative_to(village.data): f.lstat().st_uid for f in village.data.rglob("*") if not f.is_symlink()}
    assert any(str(f).startswith("backup/") and f.suffix == ".nzb" for f in owners) and set(owners.values()) == {65534}, owners
    assert outside.stat().st_uid == 0


def test_a_folder_that_is_there_gets_the_copy_and_our_own_folder_is_made(village):
    copy = village.folder / "copy.db"
    stage.run("backup", "--data", village.data, "--out", copy, "--clear")
    assert copy.stat().st_size > 0
    assert not (village.data / "backup").exists()
    stage.run("backup", "--data", village.data)
    assert len(list((village.data / "backup").glob("*.nzb"))) == 1


def player(*arguments):
    """What no command does: a photo is taken, something is said aloud, a person is erased."""
    program = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or stage.PROGRAM.parent) / "fault_player"
    if not program.exists():
        stage.skip(f"{program} is not built")
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=True, timeout=120).stdout


def files_line(data):
    return next(f for f in json.loads(stage.run("doctor", "--json", "--data", data, check=False).stdout) if f["what"] == "files")


def test_photos_and_recordings_come_back_on_an_empty_machine_and_those_of_the_erased_do_not(village):
    made = dict(line.split() for line in stage.run("keys", "make").stdout.splitlines())
    refused(0, "keys", "township", "--data", village.data, typed=made["public"] + "\n")
    stays, goes = (line.split() for line in player("faces", village.data).splitlines())
    was = {name: (village.data / name).read_bytes() for name in (*stays[1:], *goes[1:])}
    assert files_line(village.data)["good"], "their copies have a day's time"
    stick = village.folder / "stick"
    stick.mkdir()
    said = stage.run("backup", "--data", village.data, "--out", stick / "b.nzb").stderr
    assert f"4 photos and recordings are beside it ({stick / 'b.files'})" in said, said
    copies = list((stick / "b.files").iterdir())
    assert len(copies) == 4 and not any(photo in copy.read_bytes() for copy in copies for photo in (b"\xff\xd8abc", b"NZSEALED"))

    new = village.folder / "new"
    done = subprocess.run([stage.PROGRAM, "restore", "--data", new, "--from", stick / "b.nzb", "--township"], input=made["secret"] + "\n", capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "4 photos and recordings restored" in done.stdout and "missing" not in done.stderr, done
    assert all((new / name).read_bytes() == bytes for name, bytes in was.items())

    # Erased: her copies go with the next backup, and an older stick does not bring them back to this kiosk.
    old = village.folder / "old"
    shutil.copytree(stick, old)
    player("erases", village.data, goes[0])
    stage.run("backup", "--data", village.data, "--out", stick / "b.nzb")
    assert len(list((stick / "b.files").iterdir())) == 2
    stage.run("restore", "--data", village.data, "--from", old / "b.nzb", "--yes")
    assert (village.data / stays[1]).exists() and not any((village.data / name).exists() for name in goes[1:2])
    again = village.folder / "again"
    refused(0, "restore", "--data", again, "--from", stick / "b.nzb", "--township", typed=made["secret"] + "\n")
    assert all((again / name).read_bytes() == was[name] for name in stays[1:]) and not any((again / name).exists() for name in goes[1:])


def test_lost_photos_are_told_and_healed_from_their_copies(village):
    (person, photo, said), _ = (line.split() for line in player("faces", village.data).splitlines())
    first = stage.run("backup", "--data", village.data).stderr
    assert "4 photos and recordings are beside it" in first and "not in it" not in first, first
    was = (village.data / photo).read_bytes()
    (village.data / photo).unlink()
    line = files_line(village.data)
    assert not line["good"] and "1 of them are not on the disk (1 have a copy" in line["line"], line
    assert "1 photos and recordings came back" in stage.run("doctor", "--data", village.data, "--heal").stdout
    assert (village.data / photo).read_bytes() == was and files_line(village.data)["good"]
    # Neither there nor copied: said, with a count, by whoever is asked.
    shutil.rmtree(village.data / "backup" / "kept.files")
    (village.data / photo).unlink()
    assert "1 photos and recordings are not in it" in stage.run("backup", "--data", village.data).stderr
    assert "1 photos and recordings are gone" in stage.run("doctor", "--data", village.data, "--heal").stdout
    copy = village.folder / "copy.db"
    stage.run("backup", "--data", village.data, "--out", copy, "--clear")
    new = village.folder / "new"
    assert "1 photos and recordings that the facts name are missing" in stage.run("restore", "--data", new, "--from", copy).stderr
    assert (new / said).exists() and not (new / photo).exists()
    assert person not in "".join(str(f) for f in (village.data / "backup").rglob("*"))


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
        assert village.fingerprint() == whole, f"{wrong} changed something"
    new = village.folder / "new"
    refused(3, "restore", "--data", new, "--from", text)
    assert not new.exists()


def test_a_backup_comes_back(village):
    copy = village.folder / "copy.db"
    stage.run("backup", "--data", village.data, "--out", copy, "--clear")
    new = village.folder / "new"
    said = stage.run("restore", "--data", new, "--from", copy).stdout
    assert said.splitlines()[-1] == f"now make a backup of it: nuanzhan backup --data {new}"  # and that it does
    stage.run("backup", "--data", new)
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
