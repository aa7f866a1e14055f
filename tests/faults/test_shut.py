#!/usr/bin/env python3
"""Database, backups and second journal gone together: under its service the kiosk shows whom to ring for a minute, lives by the watchdog's rule, and
leaves as a failure, so that the service tries again. Without a service it leaves at once. One that takes long to mend says so meanwhile. timeout_s: 200
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import stage

stage.need_stage()


class Failed(Exception):
    pass


def run_kiosk(screen, village, trace, service=None, options=(), environment=None):
    trace.touch()
    surroundings = {k: v for k, v in os.environ.items() if k != "NOTIFY_SOCKET"} | {"DISPLAY": screen.display} | (environment or {})
    if service:
        surroundings["NOTIFY_SOCKET"] = service
    return subprocess.Popen([stage.PROGRAM, "run", "--data", village.data, "--window", screen.size, "--px-per-mm", str(stage.px_per_mm(screen.size)), "--trace", trace,
                             "--trace-names", "--silent", *options], env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def shown(trace, key, process, limit_s=20):
    """The screen of this key as the trace tells it."""
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        for line in trace.read_text().splitlines():
            event = json.loads(line)
            if event.get("event") == "screen" and event.get("key") == key:
                return event
        if process.poll() is not None:
            raise Failed(f"it left with {process.returncode} before it showed {key}: {process.stdout.read()}")
        time.sleep(0.05)
    process.kill()
    raise Failed(f"it never showed {key}")


def beats_of(listener, for_s):
    listener.settimeout(0.2)
    told, until = [], time.monotonic() + for_s
    while time.monotonic() < until:
        try:
            told.append((time.monotonic(), listener.recv(256).decode()))
        except TimeoutError:
            pass
    return told


def pictures():
    """Where pictures of it are wanted (an argument), at each reference size and in both languages."""
    if len(sys.argv) < 2:
        return [("1366x768", "zh-CN", None)]
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    return [(size, language, out / f"shut-{size}-{language}.png") for size in stage.SCREENS for language in ("zh-CN", "en")]


def main():
    village = stage.Village()
    folder = village.folder
    name = str(folder / "notify")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(name)
    screen = stage.Screen("1366x768")
    try:
        # It opens once, as every day: the number is kept beside the database then.
        trace = folder / "well.jsonl"
        kiosk = run_kiosk(screen, village, trace, options=("--now", village.hour.start()))
        shown(trace, "desk/home", kiosk)
        kiosk.terminate()
        kiosk.wait(10)
        kept = (village.data / "help-phone").read_text().strip()
        if not kept:
            raise Failed("no number to ring was kept")
        # All that could bring the village back is gone.
        for gone in ("backup", "second", "nuanzhan.db", "nuanzhan.db-wal", "nuanzhan.db-shm"):
            path = village.data / gone
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

        trace = folder / "alone.jsonl"
        kiosk = run_kiosk(screen, village, trace)
        said, _ = kiosk.communicate(timeout=20)
        if kiosk.returncode == 0 or "heal" not in said or "desk/shut" in trace.read_text():
            raise Failed(f"without a service it left with {kiosk.returncode}: {said}")

        beats = []
        for size, language, picture in pictures():
            stands = stage.Screen(size) if size != screen.size else screen
            trace = folder / f"shut-{size}-{language}.jsonl"
            began = time.monotonic()
            kiosk = run_kiosk(stands, village, trace, service=name, options=("--language", language))
            event = shown(trace, "desk/shut", kiosk)
            labels = json.dumps(event, ensure_ascii=False)
            if kept not in labels or "120" not in labels:
                raise Failed(f"it does not say whom to ring: {labels}")
            beats = beats_of(listener, 3)
            if picture:
                subprocess.run(["import", "-window", "root", picture], env=os.environ | {"DISPLAY": stands.display}, check=True)
                kiosk.kill()
                kiosk.wait()
            if stands is not screen:
                stands.close()
        if not picture:
            if not any("READY=1" in b for _, b in beats) or sum("WATCHDOG=1" in b for _, b in beats) < 3:
                raise Failed(f"its service was told {beats}")
            said, _ = kiosk.communicate(timeout=90)
            stood_s = time.monotonic() - began
            if kiosk.returncode == 0 or not 55 < stood_s < 80:
                raise Failed(f"it left with {kiosk.returncode} after {stood_s:.0f} s: {said}")
            print(f"said whom to ring ({len(kept)} characters kept) for {stood_s:.0f} s, then left with {kiosk.returncode}")
    finally:
        screen.close()
        listener.close()


try:
    main()
except Failed as why:
    print(f"FAILED: {why}")
    sys.exit(1)
