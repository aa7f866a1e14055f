#!/usr/bin/env python3
"""What readers, strangers and hurried hands bring: each time one clear sentence and a way on, and nothing is recorded or lost."""
import random
import time

import checks
import player
import stage

stage.need_stage()
village = stage.Village()
kiosk = player.Kiosk(village)
inside = village.in_now()
plain = {p["person"] for p in village.people("elder") if p["tags"] == "elder"}  # one offer: a card is enough
cards = iter([c for c in village.cards("elder") if c["person"] in plain - inside])
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def times_two(value):
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def card_code(body):
    """A card of the right form that nobody was given: ten characters and their check (kiosk/devices/wedge.h)."""
    total = 0
    for c in body:
        total = times_two(total ^ ALPHABET.index(c))
    return "NZ" + body + ALPHABET[total]


def on_after(what, reason="card_unknown", most=1):
    """Said once (where a reader pauses, a few times), home still works, and the next real card is read."""
    kiosk.wait_event("refused", shape="village", reason=reason) if reason else None
    kiosk.nothing_committed(0.4)
    said = len([s for s in kiosk.of("spoken", kiosk.mark) if s["key"].startswith("village.refused")])
    if not 1 <= said <= most:
        kiosk.fail(f"{what}: said {said} times")
    if kiosk.key != "desk/home":
        kiosk.fail(f"{what} led to {kiosk.key}")
    for target in ("urgent", "go:check_in", "call_staff"):
        if not kiosk.widget(target):
            kiosk.fail(f"{what}: what is said about it lies over {target}")
    kiosk.card(next(cards)["code"], then="attendance/welcome")
    kiosk.committed("attendance.came")
    kiosk.home()


def test_our_check_character_is_the_programs():
    for card in village.demo["cards"][:20]:
        if card_code(card["code"][2:12]) != card["code"]:
            kiosk.fail("the check character is worked out otherwise")


def test_a_card_that_nobody_was_given():
    kiosk.home()
    kiosk.scan(card_code("0123456789"))
    on_after("an unknown card")


def test_a_card_read_wrongly():
    kiosk.home()
    code = card_code("ABCDEFGHJK")
    kiosk.scan(code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % 32])
    on_after("a card read wrongly", reason=None)


def test_four_thousand_bytes_of_garbage():
    kiosk.home()
    chance = random.Random(7)
    kiosk.scan("".join(chance.choice("ABCDEFGHJKMNPQRSTVWXYZabcdefghkmnpqrstuvwxyz0123456789") for _ in range(4096)), delay_ms=1)
    kiosk.wait_event("spoken", limit=30, key="village.refused.card_unknown")
    time.sleep(6)  # xdotool is still typing
    on_after("garbage", reason=None, most=12)


def test_garbage_never_types_a_pin():
    account = village.staff("clerk")
    kiosk.home()
    kiosk.tap("call_staff", then="desk/call")
    kiosk.tap("go:staff", then="desk/sign_in")
    kiosk.tap_through(f"staff:{account['id']}", "staff:")
    kiosk.wait_screen("desk/pin")
    kiosk.scan(account["pin"] + account["pin"])
    kiosk.nothing_committed(0.8)
    if kiosk.key not in ("desk/pin", "desk/sign_in"):
        kiosk.fail("a reader typed a PIN")
    kiosk.home()


def test_a_card_in_the_middle_of_anothers_session():
    first, second = next(cards), next(cards)
    kiosk.home()
    kiosk.tap("go:help", then="request/ask")
    kiosk.tap("offer:meals", then="identify/group")
    kiosk.card(first["code"], then="request/sent")
    kiosk.scan(second["code"])
    kiosk.wait_target("yes")
    kiosk.nothing_committed(0.3)
    kiosk.tap("no", then="request/sent")  # hers goes on where it was
    kiosk.nothing_committed(0.3)
    time.sleep(0.6)
    kiosk.scan(second["code"])
    kiosk.wait_target("yes")
    kiosk.tap("yes", then="attendance/welcome")
    kiosk.committed("attendance.came")
    fact = village.journal(3)[-1]
    if fact["person"] != second["person"]:
        kiosk.fail("somebody else was checked in")


def test_touches_beside_targets_do_nothing():
    kiosk.home()
    time.sleep(0.5)
    kiosk.mark = len(kiosk.events)
    for _ in range(4):
        kiosk.tap_at(3, 3)
        time.sleep(0.3)
    kiosk.wait_event("spoken", key="app.lost.say")
    kiosk.nothing_committed(0.2)
    if kiosk.key != "desk/home":
        kiosk.fail("a touch beside everything led somewhere")


def test_a_second_touch_within_half_a_second_is_one():
    kiosk.home()
    widget = kiosk.widget("go:whats_on")
    time.sleep(0.4)
    x, y, w, h = widget["rect"]
    kiosk.mark = len(kiosk.events)
    kiosk.tap_at(x + w / 2, y + h / 2)
    kiosk.tap_at(x + w / 2, y + h / 2)
    kiosk.wait_screen("desk/calendar")
    time.sleep(0.6)
    if kiosk.key != "desk/calendar":
        kiosk.fail("the second touch went through the new screen")


def test_always():
    checks.always(kiosk)


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
