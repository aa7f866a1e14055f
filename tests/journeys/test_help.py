#!/usr/bin/env python3
"""Journey 2: anyone asks for help by picture, and calls for help at once; staff answer.

hands: keys blocks shaky
"""
import time

import checks
import player
import stage

stage.need_stage()
village = stage.Village()
kiosk = player.Kiosk(village)
elders = [p for p in village.people("elder") if p["tags"] == "elder"]
cards = iter(village.cards("elder"))
used = set()


def alarm():
    return next(iter(kiosk.ids("alarm:")), None)


def a_face():
    name = next((n for n in kiosk.ids("person:") if n.removeprefix("person:") not in used), None) or kiosk.fail("no face")
    used.add(name.removeprefix("person:"))
    return name


def test_help_by_photo_takes_four_touches():
    kiosk.home()
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap("offer:meals", then="identify/group")
    kiosk.tap(kiosk.ids("group:")[0], then="identify/faces")
    name = a_face()
    kiosk.tap(name, then="request/sent")
    [asked] = kiosk.committed("request.asked")
    checks.touches(kiosk, 4, "help by photo")
    fact = next(f for f in village.journal(20) if f["id"] == asked)
    if fact["person"] != name.removeprefix("person:") or fact["offer"] != "meals":
        kiosk.fail("somebody or something else was asked for")


def test_help_by_card_takes_two_touches_and_can_be_taken_back():
    kiosk.home()
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap("offer:haircut", then="identify/group")
    kiosk.card(next(cards)["code"], then="request/sent")
    kiosk.committed("request.asked")
    checks.touches(kiosk, 2, "help by card")
    kiosk.tap("undo", then="request/undone")
    kiosk.committed("request.cancelled")


def test_a_neighbour_touches_for_her_and_the_fact_says_who():
    kiosk.home()
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap("offer:meals", then="identify/group")
    kiosk.tap("helped")
    kiosk.wait_target("other")
    time.sleep(0.4)  # a page of the same key: as deaf as any new screen
    kiosk.tap(kiosk.ids("group:")[0], then="identify/faces")
    helper = kiosk.ids("person:")[-1]
    kiosk.tap(helper, then="identify/group")
    kiosk.wait_target("helped")
    time.sleep(0.4)
    kiosk.tap(kiosk.ids("group:")[0], then="identify/faces")
    name = a_face()
    kiosk.tap(name, then="request/sent")
    [asked] = kiosk.committed("request.asked")
    fact = next(f for f in village.journal(20) if f["id"] == asked)
    if fact["person"] != name.removeprefix("person:") or fact.get("helped_by") != helper.removeprefix("person:"):
        kiosk.fail("the helper is not in the fact")


def test_asking_twice_shows_where_the_first_stands():
    card = next(cards)
    for wanted in ("request/sent", "request/mine"):
        kiosk.home()
        kiosk.tap("go:help", then="request/ask")
        kiosk.tap("offer:cleaning", then="identify/group")
        kiosk.card(card["code"], then=wanted)
    kiosk.wait_event("refused", shape="request", reason="already_asked")
    kiosk.nothing_committed(0.3)


def test_urgent_can_be_stopped_while_it_counts():
    kiosk.home()
    kiosk.tap("urgent", then="request/urgent")
    time.sleep(1.5)
    kiosk.tap("undo", then="desk/home")
    kiosk.nothing_committed(5.5)
    if alarm():
        kiosk.fail("an alarm stands that nobody raised")


def test_urgent_is_one_touch_on_any_screen_and_stands_until_staff_answer():
    kiosk.home()
    kiosk.tap("go:whats_on", then="desk/calendar")
    kiosk.touches = 0
    kiosk.tap("urgent", then="request/urgent")
    begun = time.monotonic()
    kiosk.wait_screen("request/urgent_sent", limit=8)
    took = time.monotonic() - begun
    kiosk.committed("request.urgent_raised")
    checks.touches(kiosk, 1, "urgent")
    if not 4.0 <= took <= 7.0:
        kiosk.fail(f"the count-down took {took:.1f} s, 5 s are meant")
    kiosk.wait_event("sound", name="alarm")
    kiosk.tap("done", then="desk/home")
    kiosk.wait(alarm, "the alarm at home")
    kiosk.tap("go:whats_on", then="desk/calendar")
    if not alarm():
        kiosk.fail("the alarm is not on every screen")
    # An alarm lies over the screen; it must not take the way home.
    kiosk.home()
    if kiosk.sign_in(village.staff("clerk"), through=alarm()) == "desk/today":
        kiosk.tap(alarm(), then="request/urgent_list")
    kiosk.tap(kiosk.ids("acknowledge:")[0])
    kiosk.committed("request.urgent_acknowledged")
    kiosk.wait_event("sound", name="alarm_over")
    kiosk.wait(lambda: alarm() is None, "the alarm to end")
    kiosk.home()
    if alarm():
        kiosk.fail("the alarm still stands after staff answered")


def test_always():
    checks.always(kiosk)


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
