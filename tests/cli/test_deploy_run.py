#!/usr/bin/env python3
"""`deploy/run` says that the first build takes minutes and how far it is, and nothing of a way to close the kiosk that is not there."""
import pathlib
import re
import shutil
import subprocess
import tempfile

import words
from words import stage

FAKES = {
    "cmake": "mkdir -p build/release && touch build/release/build.ninja",
    "ninja": "seq -f '[%g/200] Building CXX object x.o' 200; echo 'x.cpp:1: error: what a compiler says'; echo 'ninja: no work to do.'; "
             "touch build/release/nuanzhan; chmod +x build/release/nuanzhan; exit 1",
}


def begin(clone, tools, stream="stdout"):
    """deploy/run up to its build, which fails; gives what it printed."""
    done = subprocess.run([clone / "deploy/run", "--no-setup", "--headless", "--data", clone / "data"], capture_output=True, text=True, timeout=60,
                          env=stage.os.environ | {"PATH": f"{tools}:{stage.os.environ['PATH']}"})
    assert done.returncode == 1, done.stdout + done.stderr
    return getattr(done, stream)


def clone_of(folder):
    clone, tools = pathlib.Path(folder) / "clone", pathlib.Path(folder) / "tools"
    shutil.copytree(stage.ROOT / "deploy", clone / "deploy")
    tools.mkdir()
    for name, does in FAKES.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    return clone, tools


def test_the_first_build_says_how_long_it_takes():
    with tempfile.TemporaryDirectory() as folder:
        clone, tools = clone_of(folder)
        assert "run: building build/release/nuanzhan, 5 to 10 minutes" in begin(clone, tools)
        assert "building" not in begin(clone, tools), "the second time is quick"


def test_a_build_says_how_far_it_is_where_nobody_sees_a_terminal():
    with tempfile.TemporaryDirectory() as folder:
        told = begin(*clone_of(folder), stream="stderr")
    assert re.findall(r"run: built (\d+) of 200", told) == [str(n) for n in range(20, 201, 20)], told
    assert "what a compiler says" in told and "Building" not in told and "no work" not in told, told


def test_the_help_promises_no_button_to_close_the_kiosk():
    told = subprocess.run([stage.ROOT / "deploy/run", "--help"], capture_output=True, text=True, check=True).stdout
    assert "closed by staff" not in told and "Ctrl-C" in told, told


words.play(globals())
