#!/usr/bin/env python3
"""Journey: a clerk writes a new person's name by pinyin, changes it by hand, and finds her by initials and by a written character.

hands: keys
"""
import os
import shutil
import time

import checks
import player
import stage

stage.need_stage()
if not os.path.exists("/usr/share/rime-data/build/luna_pinyin.table.bin") or not os.path.exists("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model"):
    print("rime-data-luna-pinyin or tegaki-zinnia-simplified-chinese is not installed")
    raise SystemExit(77)
village = stage.Village()
kiosk = player.Kiosk(village, size=os.environ.get("NUANZHAN_SIZE", "1366x768"), language=os.environ.get("NUANZHAN_LANGUAGE"))
clerk = village.staff("clerk")
by_keys = os.environ.get("NUANZHAN_HANDS") == "keys"
SHOTS = os.environ.get("NUANZHAN_SHOTS")

# Strokes of 王 on a square of ten, as a hand draws them: from, to.
WANG = [((2, 2), (8, 2)), ((2.5, 5), (7.5, 5)), ((5, 2), (5, 8.5)), ((1.5, 8.5), (8.5, 8.4))]


def shot(name):
    if SHOTS:
        kiosk.shot(f"{SHOTS}/{name}-{kiosk.size}-{kiosk.language or 'zh-CN'}.png")


def search(letters):
    for letter in letters:
        kiosk.reach(f"key:{letter}")
        kiosk.tap(f"key:{letter}", then="desk/search")


def field():
    return next((w for w in kiosk.screen["widgets"] if w["id"] == "ink"), None)


def draw(strokes):
    """With the pointer down all along each stroke."""
    x, y, w, h = kiosk.wait(field, "a field to write in")["rect"]
    side = min(w, h)
    for (ax, ay), (bx, by) in strokes:
        before = len(kiosk.events)
        points = [(x + (ax + (bx - ax) * i / 12) * side / 10, y + (ay + (by - ay) * i / 12) * side / 10) for i in range(13)]
        kiosk.hand.do(f"mousemove {points[0][0]:.0f} {points[0][1]:.0f}", "mousedown 1",
                      *[line for px, py in points[1:] for line in (f"mousemove {px:.0f} {py:.0f}", "sleep 0.01")], "mouseup 1")
        kiosk.wait(lambda: kiosk.of("screen", before), "what the stroke may be")
    time.sleep(0.4)


def test_a_new_person_is_written_by_pinyin():
    kiosk.home()
    kiosk.sign_in(clerk)
    kiosk.tap_through("go:people")
    kiosk.wait_screen("desk/search")
    search("QQQ")
    if kiosk.widget("see"):
        kiosk.tap("see")
    kiosk.tap("new", then="pick/new")
    kiosk.tap("name", then="type/text")
    if kiosk.widget("letter:v"):
        for letter in "wxl" if by_keys else "wangxiulan":
            kiosk.tap(f"letter:{letter}", then="type/text")
        shot("pinyin")
    else:
        # A low glass: letters, then what they may become.
        kiosk.tap("letter:w", then="type/text")
        kiosk.tap("syllable:wang", then="type/text")
        shot("pinyin")
    while kiosk.ids("pick:"):
        kiosk.tap("pick:0", then="type/text")
    kiosk.tap("key:ok", then="pick/new")
    kiosk.tap("save", then="desk/person")
    kiosk.committed("village.person_set")


def test_a_card_read_while_something_is_composed_is_a_card():
    if by_keys:
        return
    kiosk.tap("edit", then="desk/person_edit")
    kiosk.tap("name", then="type/text")
    kiosk.tap("letter:l", then="type/text")
    composing = kiosk.ids("pick:")
    kiosk.card(village.cards("elder")[0]["code"], then="desk/person")
    kiosk.tap("back", then="type/text")
    if kiosk.ids("pick:") != composing:
        kiosk.fail("what the reader typed came into the field")
    kiosk.tap("key:erase", then="type/text")
    kiosk.tap("back", then="desk/person_edit")
    kiosk.tap("back", then="desk/person")


def test_the_name_is_changed_by_hand():
    if by_keys:
        return  # keys pass the field by: whoever uses them takes pinyin
    kiosk.tap("edit", then="desk/person_edit")
    kiosk.tap("name", then="type/text")
    kiosk.reach("keys:hand")
    kiosk.tap("keys:hand", then="type/text")
    draw(WANG)
    shot("hand")
    if len(kiosk.ids("pick:")) < 5:
        kiosk.fail("too few candidates for 王")
    kiosk.tap("hand:undo", then="type/text")
    draw(WANG[3:])
    kiosk.tap("pick:0", then="type/text")
    kiosk.tap("key:ok", then="desk/person_edit")
    kiosk.tap("save")
    kiosk.committed("village.person_set")


def test_somebody_is_found_by_a_written_character_and_by_initials():
    kiosk.home()
    kiosk.sign_in(clerk)
    kiosk.tap_through("go:people")
    kiosk.wait_screen("desk/search")
    if not by_keys:
        kiosk.reach("keys:hand")
        kiosk.tap("keys:hand", then="desk/search")
        draw(WANG)
        shot("search")
        kiosk.tap("pick:0", then="desk/search")
        if kiosk.widget("see"):
            kiosk.tap("see")
        kiosk.wait(lambda: kiosk.ids("person:"), "people called 王")
        kiosk.tap("again" if kiosk.widget("again") else "key:erase", then="desk/search")
        if kiosk.widget("keys:letters"):
            kiosk.tap("keys:letters", then="desk/search")
    search("WL")
    if kiosk.widget("see"):
        kiosk.tap("see")
    kiosk.wait(lambda: kiosk.ids("person:"), "people whose initials are w and l")
    kiosk.home()


def test_somebody_new_writes_their_own_name_and_has_come():
    kiosk.home()
    kiosk.tap("go:check_in", then="identify/group")
    kiosk.tap("number", then="identify/number")
    for digit in "0000":
        kiosk.tap(f"key:{digit}", then="identify/number")
    kiosk.wait_target("new")
    shot("not-found")
    kiosk.tap("new", then="identify/newcomer")
    kiosk.tap("name", then="type/own")
    if not by_keys:
        time.sleep(0.5)  # a new screen is deaf at first
        draw(WANG)
        kiosk.tap(kiosk.wait(lambda: kiosk.ids("pick:"), "what it may be")[0], then="type/own")
    else:
        kiosk.reach("keys:pinyin")
        kiosk.tap("keys:pinyin", then="type/own")
        kiosk.reach("letter:w")
        kiosk.tap("letter:w", then="type/own")
        kiosk.tap(kiosk.wait(lambda: kiosk.ids("pick:"), "characters of w")[0], then="type/own")
    kiosk.tap("key:ok", then="identify/newcomer")
    kiosk.tap("phone", then="type/own")
    for digit in "13912340000":
        kiosk.reach(f"key:{digit}")
        kiosk.tap(f"key:{digit}", then="type/own")
    kiosk.reach("key:ok")
    kiosk.tap("key:ok", then="identify/newcomer")
    shot("newcomer")
    kiosk.tap("yes", then=("attendance/arrive", "attendance/welcome"))
    kiosk.committed("village.person_set")
    # From now on the number finds them.
    kiosk.home()
    kiosk.tap("go:check_in", then="identify/group")
    kiosk.tap("number", then="identify/number")
    for digit in "0000":
        kiosk.tap(f"key:{digit}", then="identify/number")
    kiosk.wait_target("yes")


def test_what_was_typed_is_written_nowhere_else():
    checks.never_written(kiosk, "13912340000", "wangxiulan", "王秀兰", clerk["pin"])


def test_always():
    checks.always(kiosk)
    written = [e for e in kiosk.whole_trace() if any(c in str(e) for c in "王秀兰")]
    if written:
        kiosk.fail(f"what was written stands in the trace: {written[0]}")


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
