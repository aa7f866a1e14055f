#!/usr/bin/env python3
"""`cards` prints cards, and slips with three pictures once for each who has none."""
import words
from words import stage


def cards(village, *more, check=True):
    return stage.run("cards", "--data", village.data, "--out", village.folder / "cards.pdf", *more, check=check)


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


def test_blank_cards_are_nobodys(village):
    before = len(village.journal(100000))
    said = cards(village, "--blank", "12").stdout
    assert "12 cards of nobody" in said and len(village.journal(100000)) == before, said
    assert cards(village, "--blank", "0", check=False).returncode == 2


words.play(globals())
