#!/usr/bin/env python3
"""The kiosk as it runs: confined, and its voice, which is another program, still speaks. What confinement closes: tests/base, tests/app."""
import ctypes
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import player  # noqa: E402
import stage  # noqa: E402

stage.need_stage()
stage.need("espeak-ng")
village = stage.Village()
kiosk = player.Kiosk(village)
# What the kernel lacks, or a build that looks into itself; whatever else keeps it from confining itself is wrong.
lacks = [line for line in kiosk.said_on_terminal().splitlines() if "not confined" in line]
kernel_has_landlock = ctypes.CDLL(None).syscall(444, None, 0, 1) > 0  # landlock_create_ruleset: its version
excused = [line for line in lacks if "looks into itself" in line or ("no Landlock" in line and not kernel_has_landlock)
           or ("no seccomp filter" in line and "Seccomp_filters" not in pathlib.Path("/proc/self/status").read_text())]
if excused and excused == lacks:
    kiosk.close()
    village.close()
    stage.skip(lacks[-1].strip())


def status():
    lines = pathlib.Path(f"/proc/{kiosk.process.pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def test_it_has_confined_itself():
    if lacks:
        kiosk.fail(" ".join(lacks))
    now = status()
    if now["NoNewPrivs"] != "1" or now["Seccomp"] != "2":
        kiosk.fail(f"not confined: {now['NoNewPrivs']}, {now['Seccomp']}")


def test_it_leaves_no_core():
    limits = pathlib.Path(f"/proc/{kiosk.process.pid}/limits").read_text()
    core = next(line for line in limits.splitlines() if line.startswith("Max core"))
    if core.split()[4:6] != ["0", "0"]:
        kiosk.fail(core)
    # What nobody may look into belongs to root in /proc, whoever runs it; run by root that says nothing.
    if status()["Uid"].split()[0] != "0" and pathlib.Path(f"/proc/{kiosk.process.pid}/maps").stat().st_uid != 0:
        kiosk.fail("its memory may be read by its user's other programs")


def test_its_voice_speaks():
    kiosk.tap("go:whats_on", then="desk/calendar")
    kiosk.wait(lambda: list((village.data / "cache" / "voice").glob("*.wav")), "a sentence made by espeak-ng", 10)


player.play([test_it_has_confined_itself, test_it_leaves_no_core, test_its_voice_speaks], kiosk)
