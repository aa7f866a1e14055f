#!/usr/bin/env python3
"""Journey 3: anyone sees what is on: today, the days around, the month; and signs up where there are places.

hands: keys blocks shaky
"""
import datetime

import checks
import player
import stage

stage.need_stage()
village = stage.Village()
kiosk = player.Kiosk(village)
today = stage.TUESDAY.date()
cards = iter(village.cards("elder"))


def day(offset):
    return f"day:{today + datetime.timedelta(days=offset)}"


def test_today_is_one_touch_away():
    kiosk.home()
    kiosk.tap("go:whats_on", then="desk/calendar")
    checks.touches(kiosk, 1, "what's on")
    if not kiosk.ids("activity:"):
        kiosk.fail("nothing is on today: the opera at two is")


def test_the_days_before_and_after_are_one_touch_further():
    kiosk.home()
    kiosk.tap("go:whats_on", then="desk/calendar")
    first = kiosk.ids("activity:")
    kiosk.tap(day(1), then="desk/calendar")
    kiosk.wait_target(day(2))
    if kiosk.ids("activity:") == first:
        kiosk.fail("tomorrow shows what is on today")
    kiosk.tap(day(0), then="desk/calendar")
    kiosk.wait_target(day(-1))
    if kiosk.ids("activity:") != first:
        kiosk.fail("today shows something else than before")
    kiosk.tap(day(-1), then="desk/calendar")
    kiosk.wait_target(day(-2))


def test_the_month_leads_to_any_of_its_days():
    kiosk.home()
    kiosk.tap("go:whats_on", then="desk/calendar")
    kiosk.tap("month", then="desk/month")
    shown = kiosk.ids("day:")
    for number in range(1, 31):
        name = f"day:{today.replace(day=number)}"
        if name not in shown:
            break
    else:
        number = 31
    if number < 31 and not (kiosk.widget("page_next") or kiosk.widget("page_previous")):
        kiosk.fail(f"{len(shown)} days of the month are shown and there is no page")
    kiosk.tap(shown[-1], then="desk/calendar")
    kiosk.wait(lambda: shown[-1] not in kiosk.ids("day:"), "the day that was touched")  # its neighbours are offered, not itself


def test_a_place_in_an_activity_by_card_and_given_back():
    card = next(cards)
    # 剪纸 on Thursdays has twelve places.
    for offset in range(1, 15):
        kiosk.home()
        kiosk.tap("go:whats_on", then="desk/calendar")
        for step in range(1, offset + 1):
            kiosk.tap(day(step), then="desk/calendar")
            kiosk.wait_target(day(step + 1))
        for name in kiosk.ids("activity:"):
            kiosk.tap(name, then="desk/activity")
            if kiosk.widget("sign_up"):
                kiosk.tap("sign_up", then="booking/sign_up")
                kiosk.tap("yes", then="identify/group")
                kiosk.card(card["code"], then=("booking/booked", "booking/waiting"))
                waits = kiosk.key == "booking/waiting"
                kiosk.committed("booking.waiting" if waits else "booking.signed_up")
                kiosk.tap("undo", then="booking/cancelled")
                kiosk.committed("booking.left_waiting" if waits else "booking.cancelled")
                return
            kiosk.tap("done", then="desk/calendar")
    kiosk.fail("no activity of the next two weeks can be signed up for")


def test_always():
    checks.always(kiosk)


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
