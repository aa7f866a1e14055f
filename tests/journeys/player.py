"""Plays a kiosk as a person does: a real pointer and real keys on its window, the trace as its eyes.

    kiosk = Kiosk(village)
    kiosk.tap("go:check_in", then="identify/group")

Every wait has a limit; what was on the screen is said when it is passed. A touch waits as long as the kiosk itself asks for
(350 ms after a new screen and where another target stood, 500 ms before the same target again), as a hand would.
"""
import json
import os
import pathlib
import subprocess
import sys
import threading
import time
import traceback

import hands
import stage

AFTER_SCREEN_S = 0.42
SAME_TARGET_S = 0.62
QUICK_HAND_S = 0.12  # no hand touches two targets sooner after each other


class Failed(Exception):
    pass


class Hand:
    """One long-lived xdotool that reads commands, so that a touch costs no process."""

    def __init__(self, environment):
        self.process = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, env=environment, text=True,
                                        stderr=subprocess.DEVNULL)

    def do(self, *lines):
        self.process.stdin.write("\n".join(lines) + "\n")
        self.process.stdin.flush()

    def close(self):
        self.process.stdin.close()
        self.process.wait(5)


class Kiosk:
    def __init__(self, village, size=None, language=None, options=(), environment=None, starts=True):
        at, speaks, self.scale = hands.stands_at()
        self.village, self.size, language = village, size or at, language or speaks
        self.screen_of_ours = None
        self.environment = dict(os.environ)
        if os.environ.get("NUANZHAN_DISPLAY") != "given":
            self.screen_of_ours = stage.Screen(self.size)
            self.environment["DISPLAY"] = self.screen_of_ours.display
        self.hand = Hand(self.environment)
        self.language, self.options, self.more_environment = language, list(options), environment or {}
        self.touches = 0
        self.starts = 0
        self.data_of_start = {}
        self.events = []
        self.changed = threading.Condition()
        self.hands = hands.of(self)
        self.process = self.trace_file = None
        if starts:
            self.start()

    # --- the program

    def start(self, options=()):
        self.starts += 1
        self.events, self.mark, self.last_tap = [], 0, ("", 0.0, [0, 0, 0, 0])
        self.data_of_start[self.starts] = self.village.data
        self.trace_file = self.village.folder / f"trace-{id(self):x}-{self.starts}.jsonl"
        self.trace_file.touch()
        command = [str(stage.PROGRAM), "run", "--data", str(self.village.data), "--window", self.size, "--px-per-mm",
                   str(stage.px_per_mm(self.size)), "--trace", str(self.trace_file), "--now", self.village.hour.start(),
                   "--site", self.village.site_id(), *self.options, *self.hands.options, *options]
        command += ["--language", self.language, "--scale", str(self.scale)]
        self.log = open(self.village.folder / f"kiosk-{self.starts}.log", "w+")
        environment = self.environment | self.more_environment
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.reading = threading.Thread(target=self._read, args=(self.trace_file, self.process), daemon=True)
        self.reading.start()
        self.wait_screen("desk/home", limit=20)

    def _read(self, path, process):
        with open(path, "rb") as trace:
            rest = b""
            while True:
                piece = trace.readline()
                if not piece:
                    if process.poll() is not None:
                        with self.changed:
                            self.changed.notify_all()
                        return
                    time.sleep(0.004)
                    continue
                rest += piece
                if rest.endswith(b"\n"):
                    with self.changed:
                        self.events.append(json.loads(rest))
                        self.changed.notify_all()
                    rest = b""

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process:
            self.reading.join(2)
            self.log.close()

    def restart(self, options=()):
        self.stop()
        self.start(options)

    def close(self):
        self.stop()
        self.hand.close()
        if self.screen_of_ours:
            self.screen_of_ours.close()

    def said_on_terminal(self):
        return (self.village.folder / f"kiosk-{self.starts}.log").read_text(errors="replace")

    # --- eyes

    @property
    def screen(self):
        with self.changed:
            return next((e for e in reversed(self.events) if e["event"] == "screen"), None)

    @property
    def key(self):
        return self.screen["key"] if self.screen else ""

    def widgets(self, prefix=""):
        return [w for w in (self.screen or {}).get("widgets", []) if w["id"] and w["id"].startswith(prefix) and w["role"] == "target"]

    def ids(self, prefix=""):
        return [w["id"] for w in self.widgets(prefix)]

    def widget(self, name):
        return next((w for w in self.widgets() if w["id"] == name), None)

    def labels(self):
        return [w["label"] for w in (self.screen or {}).get("widgets", []) if w["label"]]

    def of(self, kind, since=0):
        with self.changed:
            return [e for e in self.events[since:] if e["event"] == kind]

    def whole_trace(self):
        """Everything since the first start on the data of now, for checks at the end."""
        return [e for n in range(1, self.starts + 1) if self.data_of_start[n] == self.village.data for e in events_of(self.village.folder / f"trace-{id(self):x}-{n}.jsonl")]

    def describe(self):
        seen = self.screen
        lines = [f"screen: {seen['key']} ({seen['language']})" if seen else "no screen yet"]
        if seen:
            lines.append("targets: " + " ".join(self.ids()))
        lines.append("last events: " + " ".join(
            e["event"] + (":" + (e.get("key") or e.get("kind") or e.get("reason") or e.get("name") or "")).rstrip(":")
            for e in [e for e in self.events if e["event"] != "frame"][-12:]))
        if self.process and self.process.poll() is not None:
            lines.append(f"the program has left with {self.process.returncode}: {self.said_on_terminal()[-1500:]}")
        return "\n    ".join(lines)

    def fail(self, why):
        raise Failed(f"{why}\n    {self.describe()}")

    def wait(self, found, what, limit=5.0):
        """Until `found()` gives something. Gives it."""
        end = time.monotonic() + limit
        with self.changed:
            while True:
                result = found()
                if result:
                    return result
                left = end - time.monotonic()
                if left <= 0 or (self.process and self.process.poll() is not None and not self.reading.is_alive()):
                    break
                self.changed.wait(min(left, 0.25))
        return self.fail(f"waited {limit:g} s for {what}")

    def wait_screen(self, *keys, limit=5.0, since=None):
        """Until one of these screens is the newest, shown since the last touch, card or key."""
        since = self.mark if since is None else since

        def found():
            for index in range(len(self.events) - 1, since - 1, -1):
                if self.events[index]["event"] == "screen":
                    return self.events[index] if self.events[index]["key"] in keys else None
            return None
        return self.wait(found, " or ".join(keys), limit)

    def wait_event(self, event, limit=5.0, since=None, **fields):
        since = self.mark if since is None else since
        return self.wait(
            lambda: next((e for e in self.events[since:] if e["event"] == event and all(e.get(k) == v for k, v in fields.items())), None),
            f"{event} {fields or ''}", limit)

    def wait_target(self, name, limit=5.0):
        return self.wait(lambda: self.widget(name), f"a target {name}", limit)

    def committed(self, *kinds, limit=5.0):
        """Waits for these facts since the last touch, card or key; gives their ids."""
        return [self.wait_event("committed", limit, kind=kind)["id"] for kind in kinds]

    def nothing_committed(self, for_s=0.6):
        time.sleep(for_s)
        # A session that ends leaves an envelope, whatever was done in it (store/envelope.h).
        facts = [f for f in self.of("committed", self.mark) if f["kind"] != "sealed.kept"]
        if facts:
            self.fail(f"committed without being asked: {[f['kind'] for f in facts]}")

    # --- hands

    def _since_screen_s(self):
        """Seconds since the screen came that is shown now."""
        came = None
        with self.changed:
            for event in reversed(self.events):
                if event["event"] != "screen":
                    continue
                if event["key"] != self.events_key:
                    break
                came = event["t"]
        return time.monotonic() - (came or 0) / 1000

    @property
    def events_key(self):
        return next((e["key"] for e in reversed(self.events) if e["event"] == "screen"), "")

    def tap(self, name, then=None, limit=5.0, count=True):
        """One touch on the middle of a target; `then` is the screen it leads to."""
        self.wait_target(name, limit)
        time.sleep(max(0.0, AFTER_SCREEN_S - self._since_screen_s(), self._before_again_s(name) - (time.monotonic() - self.last_tap[1])))
        widget = self.widget(name) or self.fail(f"{name} went away before it was touched")
        self.mark = len(self.events)
        self.hands.touch(name, widget)
        self.touches += count
        self.last_tap = (name, time.monotonic(), widget["rect"])
        if then:
            return self.wait_screen(*([then] if isinstance(then, str) else then), limit=limit)
        return None

    def _before_again_s(self, name):
        """How long the kiosk asks a hand to wait between the last target and this one."""
        if self.last_tap[0] == name:
            return SAME_TARGET_S
        (x, y, w, h), (left, top, width, height) = (self.widget(name) or {"rect": [-1, -1, 0, 0]})["rect"], self.last_tap[2]
        stands_there = left <= x + w / 2 < left + width and top <= y + h / 2 < top + height
        return AFTER_SCREEN_S if stands_there else QUICK_HAND_S

    @property
    def px_per_mm(self):
        return stage.px_per_mm(self.size)

    def answered(self, limit):
        """Whether the last touch pressed something: the click is heard in the frame of the touch."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if any(e["name"] == "click" for e in self.of("sound", self.mark)):
                return True
            time.sleep(0.02)
        return False

    def tap_at(self, x, y, count=True, hold_s=0.03):
        self.hand.do(f"mousemove {x:.0f} {y:.0f}", "mousedown 1", f"sleep {hold_s}", "mouseup 1")
        if count:
            self.touches += 1

    def reach(self, name):
        """Turns the pages of a keyboard, which a low glass or large text has, until the key is there."""
        for _ in range(6):
            if self.widget(name) or not self.widget("key:more"):
                return
            shown = self.ids()
            self.tap("key:more")
            self.wait(lambda: self.ids() != shown, "the next keys")

    def tap_through(self, name, list_prefix=""):
        """Touches a target that may be on another page, a later one first; turning a page is a touch too."""
        way = "page_next"
        for _ in range(40):
            end = time.monotonic() + 0.5  # what was just written is shown a frame later
            while not self.widget(name) and time.monotonic() < end:
                time.sleep(0.02)
            if self.widget(name):
                return self.tap(name)
            if not self.widget(way):
                if way == "page_previous":
                    break
                way = "page_previous"
                continue
            seen = self.ids(list_prefix)
            self.tap(way)
            self.wait(lambda: self.ids(list_prefix) != seen, "another page")
        return self.fail(f"{name} is on no page")

    def press(self, *names):
        """Keys as X names them: Return, BackSpace, Tab, Left."""
        self.mark = len(self.events)
        self.hand.do(*[f"key {n}" for n in names])

    def scan(self, code, delay_ms=2, enter=True):
        """A card at the reader: it types the code and Enter, quicker than any hand."""
        self.mark = len(self.events)
        self.hand.do(f"type --delay {delay_ms} {code}", *(["key Return"] if enter else []))

    def card(self, code, then=None, limit=5.0):
        self.scan(code)
        return self.wait_screen(*([then] if isinstance(then, str) else then), limit=limit) if then else None

    def sign_in(self, account, through=None):
        """Staff: their face, then the PIN; `through` is an alarm or tile that asked for it. Ends on the first staff screen."""
        if through:
            self.tap(through, then="desk/sign_in")
        else:
            self.tap("call_staff", then="desk/call")
            self.tap("go:staff", then="desk/sign_in")
        self.tap_through(f"staff:{account['id']}", "staff:")
        self.wait_screen("desk/pin")
        for digit in account["pin"]:
            self.tap(f"key:{digit}")
        self.wait(lambda: self.key not in ("desk/pin", "desk/sign_in"), "the PIN to be taken", limit=10)
        return self.key

    def home(self):
        """Back to the beginning, whatever was open; the touches so far are forgotten."""
        for _ in range(4):
            if self.key == "desk/home":
                break
            way = next((n for n in ("home", "done", "undo", "no") if self.widget(n)), None)
            if self.key == "desk/attract":
                self.tap_at(200, 200)
                self.wait_screen("desk/home")
                break
            if way is None:
                self.fail("no way home")
            from_key, shown = self.key, self.widget(way)
            try:
                self.tap(way)
            except Failed:
                if self.key != "desk/home":  # a receipt goes home by itself, perhaps before a slow hand is there
                    raise
                break
            self.wait(lambda: self.key != from_key or self.widget(way) != shown, "another screen")
        if self.key != "desk/home":
            self.fail("not at home")
        self.touches = 0

    def shot(self, path):
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        time.sleep(0.35)  # motion has ended
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)


def events_of(path):
    """All whole lines of a trace."""
    return [json.loads(line) for line in pathlib.Path(path).read_bytes().splitlines() if line.endswith(b"}")]


def play(tests, *kiosks):
    """Plays each test function in order and says how each went; a failure leaves a picture. Ends the program."""
    failed = []
    for test in tests:
        begun = time.monotonic()
        try:
            test()
            print(f"ok      {test.__name__} ({time.monotonic() - begun:.1f} s)", flush=True)
        except Exception as error:  # noqa: BLE001: every failure is reported, the others go on
            failed.append(test.__name__)
            print(f"FAILED  {test.__name__}: {error}", flush=True)
            if not isinstance(error, Failed):
                traceback.print_exc(file=sys.stdout)
            for number, kiosk in enumerate(k for k in kiosks if k.process):
                picture = stage.WORK / "failed" / f"{pathlib.Path(sys.argv[0]).stem}-{test.__name__}-{number}.png"
                try:
                    kiosk.shot(picture)
                    print(f"    picture: {picture}")
                    if kiosk.process.poll() is not None:
                        kiosk.restart()
                except Exception as worse:  # noqa: BLE001
                    print(f"    and then: {worse}")
    for kiosk in kiosks:
        kiosk.close()
        kiosk.village.close()
    print(f"{len(tests) - len(failed)} of {len(tests)} passed" + (": " + ", ".join(failed) + " failed" if failed else ""))
    sys.exit(1 if failed else 0)
