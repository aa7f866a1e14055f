#!/usr/bin/env python3
"""Journey 6: staff see today, take, set off and finish what was asked for; the asker answers; a clerk edits what is on.

hands: keys shaky
"""
import checks
import hands
import player
import stage

stage.need_stage()
village = stage.Village()
kiosk = player.Kiosk(village, size=hands.roomy())
clerk = village.staff("clerk")
volunteer = village.staff("volunteer")
card = village.cards("elder")[0]
asked = []


def test_somebody_asks():
    kiosk.home()
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap("offer:meals", then="identify/group")
    kiosk.card(card["code"], then="request/sent")
    kiosk.committed("request.asked")
    asked.append(next(f["subject"] for f in reversed(village.journal(20)) if f["kind"] == "request.asked"))


def test_today_has_numbers_that_open_their_lists():
    kiosk.home()
    if kiosk.sign_in(clerk) != "desk/today":
        kiosk.fail("signing in does not lead to today")
    kiosk.wait_event("committed", since=0, kind="village.staff_signed_in")
    figures = []
    while True:
        figures += kiosk.ids("figure:")
        if not kiosk.widget("page_next"):
            break
        kiosk.tap("page_next")
        kiosk.wait_event("screen")
    if len(figures) < 4:
        kiosk.fail(f"only {figures} on today")
    while kiosk.widget("page_previous"):
        kiosk.tap("page_previous")
        kiosk.wait_event("screen")
    for figure in figures:
        kiosk.tap_through(figure)
        kiosk.wait(lambda: kiosk.key != "desk/today", f"the list of {figure}")
        kiosk.tap("back", then="desk/today")


def test_take_set_off_and_finish():
    kiosk.tap_through("go:queue")
    kiosk.wait_screen("request/queue")
    for step, fact in (("take", "request.taken"), ("set_off", "request.set_off"), ("finish", "request.finished")):
        kiosk.tap_through(f"{step}:{asked[0]}", "request:")
        kiosk.committed(fact)
    kiosk.wait(lambda: not kiosk.widget(f"finish:{asked[0]}"), "the request to leave the queue")


def test_the_asker_says_whether_it_helped():
    kiosk.home()
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap_through("my_requests", "offer:")
    kiosk.wait_screen("identify/group")
    kiosk.card(card["code"], then="request/mine")
    while not kiosk.widget("face:good") and kiosk.widget("page_next"):
        kiosk.tap("page_next")
        kiosk.wait_event("screen")
    kiosk.tap("face:good")
    kiosk.committed("request.rated")


def test_a_volunteer_may_less_than_a_clerk():
    kiosk.home()
    kiosk.sign_in(clerk)
    clerk_tiles = all_tiles()
    kiosk.home()
    kiosk.sign_in(volunteer)
    volunteer_tiles = all_tiles()
    if not volunteer_tiles < clerk_tiles:
        kiosk.fail(f"a volunteer is offered {volunteer_tiles}, a clerk {clerk_tiles}")
    kiosk.home()


def all_tiles():
    tiles = set(kiosk.ids("go:"))
    while kiosk.widget("page_next"):
        kiosk.tap("page_next")
        kiosk.wait_event("screen")
        tiles |= set(kiosk.ids("go:"))
    return tiles


def test_a_clerk_edits_what_is_on():
    kiosk.home()
    kiosk.sign_in(clerk)
    kiosk.tap_through("go:activities")
    kiosk.wait_screen("desk/activities")
    kiosk.tap("day:2026-11-25", then="desk/activities")  # what is over cannot be changed
    kiosk.tap_through(next(iter(kiosk.ids("activity:")), "activity:none"))
    kiosk.wait_screen("desk/activity_edit")
    kiosk.tap("start:more")
    kiosk.tap("save", then="desk/activities")
    kiosk.committed("village.activity_set")
    kiosk.home()


def test_an_idle_staff_session_ends():
    """Not waited for: that going home ends it is seen in the trace."""
    kiosk.sign_in(clerk)
    kiosk.home()
    kiosk.wait_event("idle")
    kiosk.tap("call_staff", then="desk/call")
    kiosk.tap("go:staff", then="desk/sign_in")
    kiosk.home()


def test_always():
    checks.always(kiosk)


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
