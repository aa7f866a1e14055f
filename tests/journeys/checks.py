"""What every journey must keep, read from the trace and the journal."""
import json
import os
import pathlib
import re
import sys

import figures
import stage

VOICE_WITHIN_MS = 500
SILENT_SCREENS = {"desk/attract"}


def touches(kiosk, at_most, what):
    """T1: how often a finger had to touch the glass."""
    if kiosk.touches != at_most:
        kiosk.fail(f"{what}: {kiosk.touches} touches, {at_most} are meant")


def every_committed_is_in_the_journal(kiosk):
    """`committed` is said after the transaction is durable: the journal has every id."""
    said = {e["id"]: e["kind"] for e in kiosk.whole_trace() if e["event"] == "committed"}
    if not said:
        return 0
    facts = {f["id"]: f["kind"] for f in kiosk.village.journal(last=max(500, 4 * len(said)))}
    lost = {i: k for i, k in said.items() if facts.get(i) != k}
    if lost:
        kiosk.fail(f"committed but not in the journal: {lost}")
    return len(said)


def every_screen_spoke(kiosk):
    """T6: each screen that came to a resident spoke within half a second of being shown."""
    late = []
    key, events = None, [e for e in kiosk.whole_trace() if e["event"] in ("screen", "spoken")]
    for index, event in enumerate(events):
        if event["event"] != "screen" or event["key"] == key:
            continue
        key = event["key"]
        if key in SILENT_SCREENS:
            continue
        nearby = [e for e in events[max(0, index - 3):] if e["event"] == "spoken" and -50 <= e["t"] - event["t"] <= VOICE_WITHIN_MS]
        if not nearby:
            late.append(key)
    if late:
        kiosk.fail(f"said nothing within {VOICE_WITHIN_MS} ms: {late}")


def never_written(kiosk, *texts):
    """What was typed stands in the database alone where it belongs there: in no trace, log, cache or other file."""
    for file in sorted(kiosk.village.folder.rglob("*")):
        if not file.is_file() or file.name.startswith("nuanzhan.db") or file.name == "demo-village.json":  # the demo tells its own PINs
            continue
        content = file.read_bytes()
        for number, text in enumerate(texts):
            # Six figures stand by chance within a time of the trace or an id; what was typed stands for itself.
            for at in re.finditer(rb"(?<![0-9a-f.])" + re.escape(text.encode()) + rb"(?![0-9a-f.])" if text.isdigit() else re.escape(text.encode()), content):
                kiosk.fail(f"text {number} of those typed stands in {file.name} at {at.start()}")


def no_names_in_the_trace(kiosk, names):
    """Without --trace-names no person's name is written."""
    text = kiosk.trace_file.read_text()
    found = [n for n in names if n and n in text]
    if found:
        kiosk.fail(f"{len(found)} names are in the trace")


def every_screen_is_sound(kiosk):
    """T2-T5, T9, T11, T12 on each different screen of the trace; its figures are left for the table."""
    seen = figures.of_trace(kiosk.whole_trace(), kiosk.size, stage.px_per_mm(kiosk.size), stage.SCREENS[kiosk.size][2])
    folder = stage.WORK / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{pathlib.Path(sys.argv[0]).stem}-{os.environ.get('NUANZHAN_HANDS', 'finger')}.json"
    (folder / name).write_text(json.dumps({"seen": seen.seen, "screens": seen.screens, "size": kiosk.size, "language": kiosk.language, "scale": kiosk.scale}))
    if seen.wrong:
        kiosk.fail("\n      ".join([f"{len(seen.wrong)} defects on {seen.screens} screens:", *list(seen.wrong)[:20]]))


def always(kiosk):
    every_screen_is_sound(kiosk)
    every_screen_spoke(kiosk)
    every_committed_is_in_the_journal(kiosk)
