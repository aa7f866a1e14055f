#!/usr/bin/env python3
"""`deploy/run` says nothing of a way to close the kiosk that is not there."""
import subprocess

import words
from words import stage


def test_the_help_promises_no_button_to_close_the_kiosk():
    told = subprocess.run([stage.ROOT / "deploy/run", "--help"], capture_output=True, text=True, check=True).stdout
    assert "closed by staff" not in told and "Ctrl-C" in told, told


words.play(globals())
