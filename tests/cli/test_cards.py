#!/usr/bin/env python3
"""`cards` prints cards, and slips with three pictures once for each who has none."""
import re
import subprocess

import words
from words import stage


def cards(village, *more, check=True):
    return stage.run("cards", "--data", village.data, "--out", village.folder / "cards.pdf", *more, check=check)


def squares(village):
    """What a reader reads of the printed pages; zbar misses one in ten where ten stand on a page."""
    for old in village.folder.glob("page*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", "300", "-png", village.folder / "cards.pdf", village.folder / "page"], check=True)
    return subprocess.run(["zbarimg", "--quiet", "--nodbus", "--raw", *sorted(village.folder.glob("page*.png"))], check=True, capture_output=True, text=True).stdout.split()


def given(village):
    return {f["person"] for f in village.journal(100000) if f["kind"] == "village.secret_given"}


def test_slips_are_printed_once_and_for_those_alone_whose_card_is_printed(village):
    before = given(village)
    slips = village.folder / "slips.pdf"
    said = cards(village, "--tag", "child", "--give", "--secrets", slips).stdout
    assert "slips with three pictures" in said, said
    assert slips.read_bytes().startswith(b"%PDF")
    fresh = given(village) - before
    others = {p["person"] for p in village.demo["people"] if "child" not in p["tags"]}
    assert fresh and not fresh & others and f"{len(fresh)} slips" in said, (len(fresh), said)
    slips.unlink()
    said = cards(village, "--tag", "child", "--secrets", slips).stdout
    assert "already" in said and not slips.exists(), said


def test_what_cannot_be_written_gives_nobody_new_pictures(village):
    before = given(village)
    done = cards(village, "--tag", "woman", "--give", "--secrets", village.folder / "no" / "such" / "slips.pdf", check=False)
    assert done.returncode == 1 and done.stderr.strip(), (done.returncode, done.stderr)
    assert given(village) == before


def test_cards_and_pictures_are_two_files(village):
    before = given(village)
    done = stage.run("cards", "--data", village.data, "--out", village.folder / "one.pdf", "--secrets", village.folder / "." / "one.pdf", check=False)
    assert done.returncode == 1 and "same file" in done.stderr, (done.returncode, done.stderr)
    assert given(village) == before and not (village.folder / "one.pdf").exists()


def test_a_new_card_carries_a_secret_that_is_kept_nowhere(village):
    cards(village, "--blank", "3")
    read = squares(village)
    assert len(read) == 3 and all(re.fullmatch("NZ[0-9A-Z]{11}[0-9A-Z]{27}", text) for text in read), read
    assert len({text[13:] for text in read}) == 3
    cards(village, "--tag", "child", "--give")
    given = squares(village)
    assert given and all(len(text) == 40 for text in given)
    on_disk = b"".join(p.read_bytes() for p in village.data.rglob("*") if p.is_file())
    for text in given:
        assert text[13:].encode() not in on_disk
    cards(village, "--tag", "child")
    again = squares(village)
    assert all(len(text) == 13 for text in again) and len(again) > len(given) / 2, "printed once more: whose it is, and no key"
    assert set(again) & {text[:13] for text in given}, "the same cards"


def test_blank_cards_are_nobodys(village):
    before = len(village.journal(100000))
    said = cards(village, "--blank", "12").stdout
    assert "12 cards of nobody" in said and len(village.journal(100000)) == before, said
    assert cards(village, "--blank", "0", check=False).returncode == 2


words.play(globals())
