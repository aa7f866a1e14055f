#!/usr/bin/env python3
"""T2-T6, T9, T11, T12 and T14 of the visual rules, read from what a journey wrote: the trace alone, as anybody outside could.

`of_trace` gives what breaks a rule and the least (or most) that was seen; `checks.always` asks it of every journey. Each journey leaves its
figures in a file; run as a program, this prints them as one table:

    tests/journeys/figures.py build/tests/journeys
"""
import collections
import json
import math
import pathlib
import sys

MM = 0.16  # a trace has tenths of a pixel: at 4.4 px/mm two roundings are less than this
STAFF_PARTS = ("desk/today", "desk/sign_in", "desk/pin", "pick/", "type/")
OVERLAYS = {"desk/attract", "request/urgent", "request/urgent_sent"}
LEAST = {  # what: (least, unit, words)
    "T2 main": (30.0, "mm", "short side of a resident's main target"),
    "T2": (20.0, "mm", "short side of any target"),
    "T3 resident": (6.0, "mm", "between two targets, residents"),
    "T3 staff": (4.0, "mm", "between two targets, staff"),
    "T4 resident": (8.5, "mm", "text of residents, as at 500 mm"),
    "T4 staff": (6.5, "mm", "text of staff, as at 500 mm"),
    "T5": (10.0, "", "contrast of text (5.5 for large white)"),
}
MOST = {
    "T6": (500.0, "ms", "from a screen to its voice"),
    "T9": (1100.0, "mm", "a target's upper edge above the floor"),
    "T11": (0, "", "texts cut, too long or with an ellipsis"),
    "T12": (0, "", "screens without back, home, again or a person"),
    "T14": (300.0, "ms", "lift to the next screen, 99 of 100; no clock is asserted"),
}


def luminance(colour):
    parts = [int(colour.lstrip("#")[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def apart(a, b):
    """Between two rectangles; negative where one lies over the other."""
    dx = max(b[0] - a[0] - a[2], a[0] - b[0] - b[2])
    dy = max(b[1] - a[1] - a[3], a[1] - b[1] - b[3])
    return math.hypot(max(dx, 0), max(dy, 0)) if max(dx, dy) >= 0 else max(dx, dy)


class Figures:
    def __init__(self):
        self.seen = {}
        self.wrong = collections.Counter()

    def least(self, what, value, who, limit=None, slack=MM):
        if what not in self.seen or value < self.seen[what]:
            self.seen[what] = value
        if value < (LEAST[what][0] if limit is None else limit) - slack:
            self.wrong[f"{what}: {who}: {value:.2f}"] += 1

    def most(self, what, value, who="", slack=0.0, binds=True):
        if what not in self.seen or value > self.seen[what]:
            self.seen[what] = value
        if binds and value > MOST[what][0] + slack:
            self.wrong[f"{what}: {who}: {value:.2f}"] += 1


def is_staff(event):
    """Staff's pages have the list of today where residents have a person to call; signing in, typing and looking for somebody are staff's too."""
    return event["key"].startswith(STAFF_PARTS) or any(w["id"] == "call_staff" and w["picture"] == "📋" for w in event["widgets"])


def look_at(event, glass, figures):
    """One screen as it stood."""
    size, per_mm, diagonal = glass
    key, reading = event["key"], (400 if diagonal < 13 else 500) / 500
    targets = [w for w in event["widgets"] if w["role"] == "target"]
    staff = is_staff(event)
    bottom = 700 if size[1] > size[0] else 800
    height = size[1] / per_mm
    for w in targets:
        x, y, width, tall = (n / per_mm for n in w["rect"])
        short = min(width, tall)
        figures.least("T2", short, f"{key} {w['id']}")
        if w["main"] and not staff:
            figures.least("T2 main", short, f"{key} {w['id']}")
        figures.most("T9", bottom + height - y, f"{key} {w['id']}", slack=0.5)
    kind = "T3 staff" if staff else "T3 resident"
    for i, a in enumerate(targets):
        for b in targets[i + 1:]:
            figures.least(kind, apart([n / per_mm for n in a["rect"]], [n / per_mm for n in b["rect"]]), f"{key} {a['id']} {b['id']}")
    cut = 0
    for w in event["widgets"]:
        if w.get("cut") or "…" in w["label"]:
            cut += 1
            figures.wrong[f"T11: {key} {w['id'] or w['role']}"] += 1
        if w["font_px"] > 0:
            em = w["font_px"] / per_mm / reading
            figures.least("T4 staff" if staff else "T4 resident", em, f"{key} {w['id'] or w['role']}")
            white = w["fg"].upper().endswith("FFFFFF") and em >= 10 - MM
            seen = contrast(w["fg"], w["bg"])
            if white:
                figures.least("T5", max(seen, 10.0) if seen >= 5.5 else seen, f"{key} {w['id'] or w['role']}", slack=0.01)
            else:
                figures.least("T5", seen, f"{key} {w['id'] or w['role']}", slack=0.01)
    figures.most("T11", cut, key)
    if key not in OVERLAYS:
        ids = {w["id"] for w in targets}
        needs = {"say_again", "call_staff"} | (set() if key == "desk/home" else {"back", "home"})
        over = {"yes", "no"} <= ids or "home" in ids and len(ids) <= 2  # "still there?" has its own two ways
        missing = set() if over else needs - ids
        figures.most("T12", len(missing), f"{key} {' '.join(sorted(missing))}")


def of_trace(events, size, per_mm, diagonal):
    """Gives Figures of all screens of one trace."""
    figures = Figures()
    glass = (tuple(int(n) for n in size.split("x")), per_mm, diagonal)
    looked, key, up, shown = set(), None, None, []
    for index, event in enumerate(events):
        kind = event["event"]
        if kind == "screen":
            if up is not None and event["key"] != key:
                shown.append(event["t"] - up)
            if event["key"] != key and event["key"] != "desk/attract":
                spoke = [e["t"] - event["t"] for e in events[max(0, index - 3):index + 400] if e["event"] == "spoken" and e["t"] - event["t"] >= -50]
                if spoke:
                    figures.most("T6", max(0.0, min(spoke)), event["key"], binds=False)  # checks.every_screen_spoke binds
            key, up = event["key"], None
            widgets = json.dumps(event["widgets"], sort_keys=True)
            if (key, widgets) not in looked:
                looked.add((key, widgets))
                look_at(event, glass, figures)
        elif kind == "input":
            if event.get("kind") == "up":
                up = event["t"]
    if shown:
        figures.most("T14", sorted(shown)[min(len(shown) - 1, int(len(shown) * 0.99))], binds=False)
    figures.screens = len(looked)
    return figures


def table(folder):
    seen, screens, journeys, how = {}, 0, 0, set()
    for file in sorted(pathlib.Path(folder).glob("figures/*.json")):
        one = json.loads(file.read_text())
        screens, journeys = screens + one["screens"], journeys + 1
        how.add((one["size"], one["language"], one["scale"]))
        for what, value in one["seen"].items():
            best = min if what in LEAST else max
            seen[what] = best(seen.get(what, value), value)
    print(f"{journeys} journeys, {screens} different screens, on {len(how)} combinations of glass, language and text size\n")
    print("| rule | what | limit | seen |\n|---|---|---|---|")
    for what in sorted(seen):
        limit, unit, words = (LEAST | MOST)[what]
        sign = "≥" if what in LEAST else "≤"
        print(f"| {what} | {words} | {sign} {limit:g} {unit} | {seen[what]:.1f} {unit} |")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    table(sys.argv[1])
