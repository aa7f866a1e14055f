#!/usr/bin/env python3
"""Journey 1: an elder comes to day care and leaves, without reading; and what is said when it cannot be.

hands: keys blocks shaky
"""
import datetime

import checks
import player
import stage

stage.need_stage()
village = stage.Village()
kiosk = player.Kiosk(village)
inside = village.in_now()
elders = [p for p in village.people("elder") if p["tags"] == "elder"]  # one offer: nothing is asked at the door
outside = [p["person"] for p in elders if p["person"] not in inside]
cards = [c for c in village.cards("elder") if c["person"] in outside]
used = set()


def a_card():
    card = next(c for c in cards if c["person"] not in used)
    used.add(card["person"])
    return card


def came(person):
    fact = next(f for f in reversed(village.journal(20)) if f["kind"] == "attendance.came")
    if fact["person"] != person:
        kiosk.fail("somebody else was checked in")
    return fact


def test_a_card_checks_in_without_a_touch():
    kiosk.home()
    card = a_card()
    kiosk.card(card["code"], then="attendance/welcome")
    kiosk.committed("attendance.came")
    fact = came(card["person"])
    checks.touches(kiosk, 0, "check-in by card")
    if fact["means"] != "card":
        kiosk.fail(f"means is {fact['means']}")


def test_a_card_is_read_on_any_screen():
    kiosk.home()
    kiosk.tap("go:whats_on", then="desk/calendar")
    card = a_card()
    kiosk.card(card["code"], then="attendance/welcome")
    kiosk.committed("attendance.came")
    came(card["person"])


def test_the_card_again_within_half_an_hour_says_since_when():
    kiosk.home()
    card = a_card()
    kiosk.card(card["code"], then="attendance/welcome")
    kiosk.home()
    kiosk.card(card["code"], then="attendance/arrive")
    kiosk.nothing_committed()
    kiosk.tap("yes", then="desk/home")  # still here


def test_the_card_later_says_goodbye():
    kiosk.home()
    card = a_card()
    kiosk.card(card["code"], then="attendance/welcome")
    kiosk.stop()
    village.hour.set(village.hour.now() + datetime.timedelta(minutes=45))
    kiosk.start()
    kiosk.card(card["code"], then="attendance/left")
    kiosk.committed("attendance.went")
    checks.touches(kiosk, 0, "leaving by card")
    # "Wrong one": she is in again, and both facts stay.
    before = len(village.journal(1000))
    kiosk.tap("undo", then="attendance/undone")
    [undone] = kiosk.committed("attendance.undone")
    after = village.journal(1000)
    fact = next(f for f in after if f["id"] == undone)
    if len(after) != min(1000, before + 1) and len(after) != before:
        kiosk.fail("a fact went away")
    if not fact["corrects"] or not any(f["id"] == fact["corrects"] and f["kind"] == "attendance.went" for f in after):
        kiosk.fail("the undo does not correct the going")
    if card["person"] not in village.in_now():
        kiosk.fail("she is not in again")


def a_face():
    """A face of the page shown whose owner is outside and has one offer here."""
    while True:
        for name in kiosk.ids("person:"):
            person = name.removeprefix("person:")
            if person in outside and person not in used:
                used.add(person)
                return name
        if not kiosk.widget("page_next"):
            kiosk.fail("nobody of this group is outside")
        kiosk.tap("page_next")
        kiosk.touches -= 1  # another page of faces is one touch more
        kiosk.wait_event("screen")


def test_a_photo_checks_in_with_three_touches():
    kiosk.home()
    kiosk.tap("go:check_in", then="identify/group")
    kiosk.tap(kiosk.ids("group:")[0], then="identify/faces")
    name = a_face()
    kiosk.tap(name, then="attendance/welcome")
    kiosk.committed("attendance.came")
    came(name.removeprefix("person:"))
    checks.touches(kiosk, 3, "check-in by photo")


def test_wrong_one_gives_a_correcting_fact():
    kiosk.home()
    kiosk.tap("go:check_in", then="identify/group")
    kiosk.tap(kiosk.ids("group:")[1], then="identify/faces")
    name = a_face()
    person = name.removeprefix("person:")
    kiosk.tap(name, then="attendance/welcome")
    [first] = kiosk.committed("attendance.came")
    touches = kiosk.touches
    kiosk.tap("undo", then="attendance/undone")
    [second] = kiosk.committed("attendance.undone")
    kiosk.touches -= touches
    checks.touches(kiosk, 1, "undo")
    facts = {f["id"]: f for f in village.journal(20)}
    if first not in facts or facts[second]["corrects"] != first:
        kiosk.fail("the undo does not correct the first fact")
    if person in village.in_now():
        kiosk.fail("he is still in")


def test_a_number_checks_in_with_seven_touches():
    kiosk.home()
    tails = [p["phone_tail"] for p in village.demo["people"] if p["phone_tail"]]
    alone = [p for p in elders if p["person"] in outside and p["person"] not in used and p["phone_tail"] and
             len({q["person"] for q in village.demo["people"] if q["phone_tail"] == p["phone_tail"]}) == 1]
    if not alone:
        kiosk.fail(f"nobody outside has a number of their own ({len(tails)} numbers)")
    # The household's number counts too: only one face may come of it.
    for person in alone[:6]:
        kiosk.home()
        kiosk.tap("go:check_in", then="identify/group")
        kiosk.tap("number", then="identify/number")
        for digit in person["phone_tail"]:
            kiosk.tap(f"key:{digit}", then="identify/number")
        if kiosk.wait(lambda: kiosk.widget("yes") or kiosk.ids("person:"), "who has this number") and kiosk.widget("yes"):
            used.add(person["person"])
            kiosk.tap("yes", then="attendance/welcome")
            kiosk.committed("attendance.came")
            came(person["person"])
            checks.touches(kiosk, 7, "check-in by number")
            return
    kiosk.fail("each number gave more than one face")


def test_a_number_that_nobody_has_says_so_and_goes_on():
    kiosk.home()
    tails = {p["phone_tail"] for p in village.demo["people"]}
    free = next(f"{n:04}" for n in range(1000, 10000) if f"{n:04}" not in tails and len(set(f"{n:04}")) == 4)
    kiosk.tap("go:check_in", then="identify/group")
    kiosk.tap("number", then="identify/number")
    for digit in free:
        kiosk.tap(f"key:{digit}", then="identify/number")
    kiosk.nothing_committed(0.3)
    if kiosk.ids("person:") or kiosk.widget("yes"):
        kiosk.home()  # a household's telephone ended so after all
        return
    for target in ("key:1", "back", "home"):
        if not kiosk.widget(target):
            kiosk.fail(f"no {target} after a number that nobody has")


def test_leaving_by_photo_asks_first():
    kiosk.home()
    card = a_card()
    kiosk.card(card["code"], then="attendance/welcome")
    kiosk.stop()
    village.hour.set(village.hour.now() + datetime.timedelta(minutes=40))
    kiosk.start()
    kiosk.touches = 0
    kiosk.tap("go:check_in", then="identify/group")
    kiosk.tap(f"group:{card['group']}", then="identify/faces")
    kiosk.tap_through(f"person:{card['person']}", "person:")
    kiosk.wait_screen("attendance/arrive")
    kiosk.nothing_committed(0.3)
    kiosk.tap("yes", then="attendance/left")
    kiosk.committed("attendance.went")


def test_always():
    checks.always(kiosk)
    if "--trace-names" not in kiosk.hands.options:
        checks.no_names_in_the_trace(kiosk, {p["name"] for p in village.demo["people"] if len(p["name"]) > 2})


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
