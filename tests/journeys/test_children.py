#!/usr/bin/env python3
"""Journey 5, children: who may fetch a child, with photos; who may not is refused and staff are called; who is left stands as an alarm.

hands: keys blocks shaky
"""
import datetime

import checks
import player
import stage

stage.need_stage()
village = stage.Village(site="rainbow_room")
village.hour.set(datetime.datetime(2026, 11, 24, 16, 32, tzinfo=stage.CHINA))
kiosk = player.Kiosk(village)
teacher = next(s for s in village.demo["staff"] if s["called"] == "赵老师")
arrived = []


def alarm(which):
    return next((n for n in kiosk.ids("alarm:") if n == f"alarm:{which}"), None)


def to_child(way):
    kiosk.home()
    kiosk.tap("go:child", then="attendance/child")
    kiosk.tap(way, then="attendance/child_faces")


def to_fetch(child):
    to_child("fetch")
    kiosk.tap_through(f"person:{child}", "person:")
    kiosk.wait_screen("attendance/fetch")


def an_activity_with_places():
    today = village.hour.now().date()
    for offset in range(15):
        kiosk.home()
        kiosk.tap("go:whats_on", then="desk/calendar")
        for step in range(1, offset + 1):
            kiosk.tap(f"day:{today + datetime.timedelta(days=step)}", then="desk/calendar")
            kiosk.wait_target(f"day:{today + datetime.timedelta(days=step + 1)}")
        for name in kiosk.ids("activity:"):
            kiosk.tap(name, then="desk/activity")
            if kiosk.widget("sign_up"):
                return
            kiosk.tap("done", then="desk/calendar")
    kiosk.fail("no activity of the next two weeks can be signed up for")


def test_a_child_signs_up_with_a_carer_beside_it():
    an_activity_with_places()
    kiosk.tap("sign_up", then="booking/sign_up")
    kiosk.tap("yes", then="identify/group")
    kiosk.tap(kiosk.ids("group:")[0], then="identify/faces")
    child = kiosk.ids("person:")[0]
    kiosk.tap(child, then="identify/carer")
    kiosk.nothing_committed(0.3)
    carer = kiosk.ids("person:")[0]
    kiosk.tap(carer, then=("booking/booked", "booking/waiting"))
    [said] = kiosk.committed("booking.waiting" if kiosk.key == "booking/waiting" else "booking.signed_up")
    fact = next(f for f in village.journal(20) if f["id"] == said)
    if fact["person"] != child.removeprefix("person:") or fact.get("helped_by") != carer.removeprefix("person:"):
        kiosk.fail("who signed up, and who stood beside, are not in the fact")


def test_a_child_arrives_by_its_own_face():
    for _ in range(3):
        to_child("arrive")
        name = kiosk.ids("person:")[0]
        kiosk.tap(name, then="attendance/welcome")
        kiosk.committed("attendance.came")
        arrived.append(name.removeprefix("person:"))


def test_an_adult_of_the_list_fetches_the_child():
    child = arrived.pop()
    to_fetch(child)
    adult = kiosk.ids("person:")[0] if kiosk.ids("person:") else kiosk.fail("nobody may fetch this child")
    kiosk.tap(adult, then="attendance/fetch_confirm")
    kiosk.nothing_committed(0.3)
    kiosk.tap("yes", then="attendance/fetched")
    [handed] = kiosk.committed("attendance.handed_over")
    fact = next(f for f in village.journal(10) if f["id"] == handed)
    if fact["person"] != child:
        kiosk.fail("another child was handed over")
    if child in village.in_now():
        kiosk.fail("the child is still in")


def test_not_me_after_the_wrong_photo_changes_nothing():
    to_fetch(arrived[-1])
    kiosk.tap(kiosk.ids("person:")[0], then="attendance/fetch_confirm")
    kiosk.tap("no", then="attendance/fetch")
    kiosk.nothing_committed(0.3)


def test_an_adult_who_is_not_on_the_list_is_refused_and_staff_are_called():
    child = arrived[-1]
    to_fetch(child)
    kiosk.tap("not_listed", then="attendance/fetch_refused")
    kiosk.committed("attendance.refused_fetch")
    kiosk.wait_event("sound", name="alarm")
    if child not in village.in_now():
        kiosk.fail("the child was let go")
    kiosk.home()
    kiosk.wait(lambda: alarm("refused_fetch"), "the alarm at home")
    kiosk.tap("go:whats_on", then="desk/calendar")
    if not alarm("refused_fetch"):
        kiosk.fail("the alarm is not on every screen")
    kiosk.restart()  # nor does it end with a restart
    kiosk.wait(lambda: alarm("refused_fetch"), "the alarm after a restart")


def test_staff_answer_the_alarm():
    kiosk.home()
    if kiosk.sign_in(teacher, through="alarm:refused_fetch") == "desk/today":
        kiosk.tap("alarm:refused_fetch", then="attendance/still_in")
    kiosk.tap(kiosk.ids("saw:")[0])
    kiosk.committed("attendance.saw_refused_fetch")
    kiosk.wait_event("sound", name="alarm_over")
    kiosk.home()
    if alarm("refused_fetch"):
        kiosk.fail("the alarm still stands")


def test_a_child_still_in_after_its_class_stands_as_an_alarm():
    kiosk.stop()
    village.hour.set(datetime.datetime(2026, 11, 24, 19, 5, tzinfo=stage.CHINA))
    kiosk.start()
    kiosk.wait(lambda: alarm("late_pickup"), "the alarm for those who were not fetched")
    for child in list(arrived):
        to_fetch(child)
        kiosk.tap(kiosk.ids("person:")[0], then="attendance/fetch_confirm")
        kiosk.tap("yes", then="attendance/fetched")
        kiosk.committed("attendance.handed_over")
        arrived.remove(child)


def test_always():
    checks.always(kiosk)


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
