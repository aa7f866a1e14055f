"""How a target is reached: every journey is played by a steady finger, and again by those the kiosk must not shut out.

NUANZHAN_HANDS=finger   the middle of the target (default)
NUANZHAN_HANDS=keys     five keys and nothing else: arrows until the ring stands there, then OK (T8 of visual.md)
NUANZHAN_HANDS=blocks   labels are drawn as blocks; a target is known by its picture, or its voice, which no other on the screen has (T7)
NUANZHAN_HANDS=shaky    three touches of ten go up to 4 mm astray, come twice, or with a second button down (a second finger, as far as X knows one)
"""
import os
import random
import time

KEYS_APART_S = 0.27  # two arrows that mean the same take turns: equal keys within half a second are one
OK_APART_S = 0.55
DOUBLED_S = 0.15
NEXT = ("Right", "Down")
PREVIOUS = ("Left", "Up")


# Each is played on another glass, in another language, with another size of text: together they see all five and both.
STANDS_AT = {
    "finger": ("1366x768", "zh-CN", 1),
    "keys": ("1024x600", "zh-CN", 1.25),
    "blocks": ("1080x1920", "en", 1.25),
    "shaky": ("1920x1080", "en", 1),
}


def stands_at():
    return STANDS_AT[os.environ.get("NUANZHAN_HANDS", "finger")]


def roomy():
    """The glass of this hand, or the 15.6 inch one for a journey whose pages are other ones on a small glass."""
    size = stands_at()[0]
    return "1366x768" if size == "1024x600" else size


def of(kiosk):
    kind = os.environ.get("NUANZHAN_HANDS", "finger")
    return {"finger": Finger, "keys": Keys, "blocks": Blocks, "shaky": Shaky}[kind](kiosk)


class Finger:
    options = ()
    steady = True  # as quick as a volunteer's hand

    def __init__(self, kiosk):
        self.kiosk = kiosk

    def touch(self, name, widget):
        x, y, w, h = widget["rect"]
        self.kiosk.tap_at(x + w / 2, y + h / 2, count=False)


class Keys(Finger):
    steady = False

    def __init__(self, kiosk):
        super().__init__(kiosk)
        self.steps = 0
        self.last_arrow = self.last_ok = 0.0

    def touch(self, name, widget):
        ids = self.kiosk.ids()
        # One direction all the way: the outline's order is nearly the ring's, but not quite.
        start = self.kiosk.screen["focus"]
        ahead = (ids.index(name) - ids.index(start)) % len(ids) if start in ids else ids.index(name)
        keys = NEXT if ahead <= len(ids) / 2 else PREVIOUS
        for _ in range(len(ids) + 3):
            focus = self.kiosk.screen["focus"]
            if focus == name:
                break
            self._arrow(keys, focus)
        else:
            self.kiosk.fail(f"five keys do not reach {name}")
        self._rest(self.last_ok, OK_APART_S)
        self.kiosk.mark = len(self.kiosk.events)
        self.kiosk.hand.do("key Return")
        self.last_ok = time.monotonic()

    def _arrow(self, keys, focus):
        self._rest(self.last_arrow, KEYS_APART_S)
        self.steps += 1
        before = len(self.kiosk.events)
        self.kiosk.hand.do(f"key {keys[self.steps % 2]}")
        self.last_arrow = time.monotonic()
        # The list may have turned under the ring: what counts is that the kiosk showed where it stands.
        self.kiosk.wait(lambda: self.kiosk.of("screen", before), f"the ring to leave {focus or 'nowhere'}", limit=8)

    @staticmethod
    def _rest(since, apart_s):
        time.sleep(max(0.0, since + apart_s - time.monotonic()))


class Blocks(Finger):
    options = ("--blocks", "--trace-names")  # what is said aloud is looked at, names too

    def touch(self, name, widget):
        def seen(w):
            return w["picture"], w["voice"]
        same = [w["id"] for w in self.kiosk.widgets() if seen(w) == seen(widget)]
        if not any(seen(widget)):
            self.kiosk.fail(f"{name} has neither picture nor voice")
        if len(same) > 1:
            self.kiosk.fail(f"without words {' and '.join(same)} are the same")
        super().touch(name, widget)


class Shaky(Finger):
    astray_mm = 4.0

    def __init__(self, kiosk):
        super().__init__(kiosk)
        self.chance = random.Random(20261124)

    def touch(self, name, widget):
        kiosk, (x, y, w, h) = self.kiosk, widget["rect"]
        middle = (x + w / 2, y + h / 2)
        tremor = self.chance.choice(("astray", "doubled", "second")) if self.chance.random() < 0.3 else ""
        if tremor == "astray":
            # From the edge outwards: it may hit the target, or nothing; never a neighbour.
            reach = self.astray_mm * kiosk.px_per_mm
            at = (self.chance.choice((x, x + w)) + self.chance.uniform(-reach, reach), y + h * self.chance.random())
            kiosk.tap_at(*at, count=False)
            if not kiosk.answered(0.7):
                kiosk.mark = len(kiosk.events)
                kiosk.tap_at(*middle, count=False)
        elif tremor == "doubled":
            kiosk.tap_at(*middle, count=False)
            time.sleep(DOUBLED_S)
            kiosk.tap_at(*middle, count=False)
        elif tremor == "second":
            kiosk.hand.do(f"mousemove {middle[0]:.0f} {middle[1]:.0f}", "mousedown 1", "mousedown 3", "sleep 0.03", "mouseup 3", "mouseup 1")
        else:
            super().touch(name, widget)
