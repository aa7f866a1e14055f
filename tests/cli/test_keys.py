#!/usr/bin/env python3
"""Keys of staff and of the township: made once, taken in by standard input, told of without a secret."""
import contextlib
import json
import os
import subprocess

import words
from words import refused, stage


def typed(text, *arguments):
    return subprocess.run([str(stage.PROGRAM), *map(str, arguments)], input=text, capture_output=True, text=True, timeout=120)


def test_a_pair_is_made_and_its_public_half_set(village):
    made = dict(line.split() for line in stage.run("keys", "make").stdout.splitlines())
    assert set(made) == {"public", "secret"} and made["public"] != made["secret"], made
    told = json.loads(stage.run("keys", "list", "--json", "--data", village.data).stdout)
    assert told["township"] is False and told["staff"] and all(s["key"] for s in told["staff"]), told
    done = typed(made["public"] + "\n", "keys", "township", "--data", village.data)
    assert done.returncode == 0, done
    assert json.loads(stage.run("keys", "list", "--json", "--data", village.data).stdout)["township"] is True
    assert made["secret"] not in "".join(p.read_text(errors="replace") for p in village.data.rglob("*") if p.is_file())


def test_the_halves_are_told_apart_and_a_key_is_not_replaced_by_mistake(village):
    first, second = (dict(line.split() for line in stage.run("keys", "make").stdout.splitlines()) for _ in range(2))
    ask = "keys", "township", "--data", village.data
    for secret in (f"secret  {first['secret']}\n", first["secret"] + "\n", f"secret {first['secret'].removeprefix('sec-')}\n"):
        refused(1, *ask, typed=secret, says=["secret half", "nothing was changed"])
    refused(1, *ask, typed=first["secret"].removeprefix("sec-") + "\n", says="no public key")  # it does not say which half it is
    assert not (village.data / "township.key").exists()
    assert typed(f"public  {first['public']}\n", *ask).returncode == 0, "the whole line, as it was printed"
    refused(1, *ask, typed=second["public"] + "\n", says=[first["public"][:12], "--replace", "nothing was changed"])
    assert typed(first["public"] + "\n", *ask).returncode == 0, "the same once more"
    assert typed(second["public"] + "\n", *ask, "--replace").returncode == 0
    assert (village.data / "township.key").read_text().strip() == second["public"].removeprefix("pub-")


def test_what_is_no_key_changes_nothing(village):
    for nonsense in ("\n", "not a key\n", "A" * 44 + "\n"):
        refused(1, "keys", "township", "--data", village.data, says="no public key", typed=nonsense)
    assert not (village.data / "township.key").exists()
    (village.data / "township.key").write_text("damaged\n")
    doctor = stage.run("doctor", "--json", "--data", village.data, check=False)
    [line] = [f for f in json.loads(doctor.stdout) if f["what"] == "township"]
    assert doctor.returncode == 1 and line["good"] is False, doctor.stdout


def test_a_new_pin_gives_another_key(village):
    number = village.staff("clerk")["number"]
    before = [f for f in village.journal(5)][-1]["id"]
    assert typed("274913\n274913\n", "staff", "--data", village.data, "--new-pin", "--number", number).returncode == 0
    assert village.journal(1)[0]["id"] != before
    [clerk] = [s for s in json.loads(stage.run("keys", "list", "--json", "--data", village.data).stdout)["staff"] if s["number"] == number]
    assert clerk["key"] is True


def test_a_pin_that_is_typed_is_not_shown(village):
    number = village.staff("clerk")["number"]
    ours, its = os.openpty()
    with subprocess.Popen([str(stage.PROGRAM), "staff", "--data", village.data, "--new-pin", "--number", number], stdin=its, stdout=its, stderr=its) as program:
        os.close(its)
        seen = b""
        for asks in b"not shown): ", b"once more: ":
            while not seen.endswith(asks):
                seen += os.read(ours, 1000)
            os.write(ours, b"274913\n")
        with contextlib.suppress(OSError):  # the other side is closed: it has left
            while more := os.read(ours, 1000):
                seen += more
    os.close(ours)
    assert program.returncode == 0 and b"has a new PIN" in seen and b"274913" not in seen, seen


def test_opening_needs_what_was_sealed_and_its_secret(village):
    out = village.folder / "out"
    refused(1, "keys", "open", village.data / "nuanzhan.db", "-o", out, typed="A" * 43 + "=\n", says="does not open")
    refused(1, "keys", "open", village.folder / "nothing", "-o", out, typed="\n", says="does not open")
    assert not out.exists()


words.play(globals())
