#!/usr/bin/env python3
"""Journey 1 where every seat is taken: who comes next is told so, and what else there is; nothing is recorded."""
import datetime

import checks
import player
import stage

stage.need_stage()
# Late in the morning nearly everybody is in; those with a card who are not fill the house.
village = stage.Village(at=datetime.datetime(2026, 11, 24, 10, 40, tzinfo=stage.CHINA))
kiosk = player.Kiosk(village, options=["--silent", "--reduced-motion"])
SEATS = 40


def test_full_says_so_and_what_else_there_is():
    inside = village.in_now()
    elders = {p["person"] for p in village.people("elder") if p["tags"] == "elder"}
    here = {p["person"] for p in village.people("elder") + village.people("hardship")}
    seated = len(here & village.in_now(("day_care", "sunshine_day")))  # who plays chess takes no seat
    outside = [c for c in village.cards("elder") if c["person"] in elders - inside]
    if seated + len(outside) <= SEATS:
        kiosk.fail(f"{seated} are in and {len(outside)} have cards: not enough to fill {SEATS} seats")
    for card in outside[: SEATS - seated]:
        kiosk.card(card["code"], then="attendance/welcome")
        kiosk.committed("attendance.came")
        kiosk.home()
    kiosk.card(outside[SEATS - seated]["code"], then="attendance/refused")
    kiosk.wait_event("refused", shape="attendance", reason="full")
    kiosk.nothing_committed(0.3)
    for target in ("whats_on", "help", "home"):
        if not kiosk.widget(target):
            kiosk.fail(f"no way on: {target}")
    # One goes, and there is a seat again.
    first = outside[0]
    kiosk.stop()
    village.hour.set(village.hour.now() + datetime.timedelta(minutes=40))
    kiosk.start()
    kiosk.card(first["code"], then="attendance/left")
    kiosk.home()
    kiosk.card(outside[SEATS - seated]["code"], then="attendance/welcome")
    kiosk.committed("attendance.came")


def test_committed_facts_are_in_the_journal():
    checks.every_committed_is_in_the_journal(kiosk)


player.play([test_full_says_so_and_what_else_there_is, test_committed_facts_are_in_the_journal], kiosk)
