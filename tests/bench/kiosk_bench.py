#!/usr/bin/env python3
"""Figures of the whole program, as ratios against what this machine needs anyway. Asserts nothing; prints a table.

tests/bench/kiosk_bench.py [--runs N] [--idle SECONDS] [--size WxH] [--residents N]
  first interactive frame and memory (PSS)   beside a bare GLFW and GL window, beside the same window with one textured square (what
                                             Mesa alone takes to draw), and beside Chromium with one static page where it is installed
  idle on home                               frames and processor time
  touch -> pressed frame, touch -> receipt   from the trace
  a frame of every screen that is passed     processor time (the trace's cpu_ms)
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "journeys"))
sys.dont_write_bytecode = True

import player  # noqa: E402
import stage  # noqa: E402

rows = []


def row(what, value, beside="", aim=""):
    rows.append((what, value, beside, aim))
    print(f"{what:<52} {value:>16}   {beside:<34} {aim}", flush=True)


def tree(pid):
    """A process and all below it."""
    found, more = [], [pid]
    while more:
        one = more.pop()
        found.append(one)
        for task in pathlib.Path(f"/proc/{one}/task").glob("*"):
            try:
                more += [int(c) for c in (task / "children").read_text().split()]
            except OSError:
                pass
    return found


def pss_mb(pid):
    total = 0
    for one in tree(pid):
        try:
            lines = pathlib.Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


def cpu_ms(pid):
    total = 0
    for one in tree(pid):
        try:
            fields = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total * 1000 / os.sysconf("SC_CLK_TCK")


class Start:
    """Starts of one program: ms until the first frame, ms of processor until then, MB of memory half a second later."""

    def __init__(self):
        self.ms, self.cpu, self.mb = [], [], []

    def add(self, ms, pid):
        self.ms.append(ms)
        self.cpu.append(cpu_ms(pid))
        time.sleep(3)  # what starting took has been given back by then
        self.mb.append(pss_mb(pid))

    def said(self):
        return f"min {min(self.ms):.0f}, median {statistics.median(self.ms):.0f} ms"


def bare(size, runs, display, *more):
    """The least window."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        program = pathlib.Path(folder) / "bare_window"
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "glfw3", "gl"], capture_output=True, text=True, check=True).stdout.split()
        subprocess.run(["g++", "-O2", str(HERE / "bare_window.cpp"), "-o", str(program), *flags], check=True)
        start = Start()
        for _ in range(runs):
            begun = time.monotonic() * 1000
            process = subprocess.Popen([str(program), size, *more], stdout=subprocess.PIPE, text=True, env=os.environ | {"DISPLAY": display})
            start.add(float(process.stdout.readline().split()[1]) - begun, process.pid)
            process.kill()
            process.wait()
        return start


def chromium(size, display):
    """PSS of a Chromium that shows one static page; nothing where it is not installed."""
    browser = next((shutil.which(n) for n in ("chromium", "chromium-browser", "google-chrome") if shutil.which(n)), None)
    if not browser:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text("<meta charset=utf-8><h1>暖站</h1><p>您好，点一张图</p>")
        process = subprocess.Popen([browser, "--no-sandbox", "--kiosk", "--no-first-run", f"--user-data-dir={folder}/profile",
                                    f"--window-size={size.replace('x', ',')}", page.as_uri()], env=os.environ | {"DISPLAY": display},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(6)
        memory = pss_mb(process.pid)
        process.kill()
        process.wait()
        return memory


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def first_frames(kiosk, runs):
    start = Start()
    for _ in range(runs):
        kiosk.stop()
        begun = time.monotonic() * 1000
        kiosk.start()
        start.add(kiosk.of("frame")[0]["t"] - begun, kiosk.process.pid)
    return start


def touches(kiosk, village, rounds):
    """Touch to the frame that shows it pressed; lift to the receipt's frame."""
    pressed, receipts = [], []
    for _ in range(rounds):
        for name in ("go:whats_on", "go:help"):
            kiosk.home()
            time.sleep(0.5)
            x, y, w, h = kiosk.widget(name)["rect"]
            since = len(kiosk.events)
            kiosk.tap_at(x + w / 2, y + h / 2, hold_s=0.15)
            kiosk.wait(lambda: kiosk.key != "desk/home", "another screen")
            events = kiosk.events[since:]
            down = next(e for e in events if e["event"] == "input" and e["kind"] == "down")
            pressed.append(next(e["t"] for e in events if e["event"] == "frame" and e["t"] > down["t"]) - down["t"])
    inside = village.in_now()
    plain = {p["person"] for p in village.people("elder") if p["tags"] == "elder"} - inside
    for _ in range(rounds):
        kiosk.home()
        kiosk.tap("go:check_in", then="identify/group")
        kiosk.tap(kiosk.ids("group:")[0], then="identify/faces")
        name = next((n for n in kiosk.ids("person:") if n.removeprefix("person:") in plain), None)
        if not name:
            break
        plain.discard(name.removeprefix("person:"))
        since = len(kiosk.events)
        kiosk.tap(name, then="attendance/welcome")
        events = kiosk.events[since:]
        up = next(e for e in events if e["event"] == "input" and e["kind"] == "up")
        receipts.append(next(e["t"] for e in events if e["event"] == "screen" and e["key"] == "attendance/welcome") - up["t"])
    return pressed, receipts


def frames_by_screen(kiosk):
    """cpu_ms of each frame, under the screen that was shown by it."""
    by, pending = {}, []
    for event in kiosk.events:
        if event["event"] == "frame":
            pending.append(event["cpu_ms"])
        elif event["event"] == "screen":
            by.setdefault(event["key"], []).extend(pending)
            pending = []
    return by


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--idle", type=float, default=55, help="seconds; from 57 on the attract screen comes in between (idle.attract_s)")
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--residents", type=int, default=400)
    asked = parser.parse_args()
    stage.need_stage()
    village = stage.Village(residents=asked.residents)
    kiosk = player.Kiosk(village, size=asked.size, options=["--silent"])
    print(f"{asked.size}, {asked.residents} residents, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")

    least = bare(asked.size, asked.runs, kiosk.environment["DISPLAY"])
    drawn = bare(asked.size, asked.runs, kiosk.environment["DISPLAY"], "drawn")
    mine = first_frames(kiosk, asked.runs)
    mine_mb = statistics.median(mine.mb)
    for what, beside in (("bare window", least), ("window with one square", drawn)):
        row(f"first frame beside a {what}", f"{min(mine.ms) / min(beside.ms):.2f} x", f"{mine.said()}; it {beside.said()}", "aim 1.3 x")
        row(f"memory (PSS) beside a {what}", f"{mine_mb / statistics.median(beside.mb):.2f} x", f"{mine_mb:.0f} MB; it {statistics.median(beside.mb):.0f} MB", "aim 1.3 x")
    row("processor time of a start", f"{min(mine.cpu):.0f} ms", f"bare {min(least.cpu):.0f}, with one square {min(drawn.cpu):.0f} ms")
    browser = chromium(asked.size, kiosk.environment["DISPLAY"])
    if browser:
        row("memory beside Chromium", f"{mine_mb / browser:.2f} x", f"Chromium {browser:.0f} MB", "aim 0.33 x")
    else:
        print("Chromium is not installed: not compared")

    pressed, receipts = touches(kiosk, village, 8)
    row("touch to pressed frame", f"{statistics.median(pressed):.0f} ms", f"p99 {percentile(pressed, 0.99):.0f} ms of {len(pressed)}", "p50 50, p99 100")
    if receipts:
        row("lift to receipt frame", f"{statistics.median(receipts):.0f} ms", f"p99 {percentile(receipts, 0.99):.0f} ms of {len(receipts)}", "p99 300")
    for key, frames in sorted(frames_by_screen(kiosk).items()):
        row(f"frame of {key}", f"{statistics.median(frames):.2f} ms", f"worst {max(frames):.2f} ms of {len(frames)}", "aim 2 ms")

    kiosk.home()
    kiosk.restart()
    time.sleep(3)
    since, before, begun = len(kiosk.events), cpu_ms(kiosk.process.pid), time.monotonic()
    time.sleep(asked.idle)
    used = cpu_ms(kiosk.process.pid) - before
    shown = [e for e in kiosk.events[since:] if e["event"] == "frame"]
    row(f"idle {asked.idle:.0f} s: frames", str(len(shown)), "", "aim 0 (the clock: one a minute)")
    row(f"idle {asked.idle:.0f} s: processor", f"{used / (time.monotonic() - begun) / 10:.3f} %", "", "aim < 0.1 %")
    kiosk.close()
    village.close()


if __name__ == "__main__":
    main()
