#!/usr/bin/env python3
"""A database that is locked, newer, read-only or on a full disk; a catalogue with mistakes; a second kiosk. timeout_s: 280

Each time: a clear sentence (on the screen while the kiosk is open, on the terminal before), the exit code of `--help`, nothing lost.
"""
import fcntl
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import checks  # noqa: E402
import player  # noqa: E402
import stage  # noqa: E402

CANNOT_OPEN, WRONG_DATA = 3, 4
stage.need_stage()
village = stage.Village()
kiosk = player.Kiosk(village)
inside = village.in_now()
plain = {p["person"] for p in village.people("elder") if p["tags"] == "elder"}  # one offer: a card is enough
cards = iter([c for c in village.cards("elder") if c["person"] in plain - inside])


class Locked:
    """Another process writes and does not end."""

    def __enter__(self):
        self.other = sqlite3.connect(village.data / "nuanzhan.db", isolation_level=None)
        self.other.execute("BEGIN EXCLUSIVE")

    def __exit__(self, *_):
        self.other.execute("ROLLBACK")
        self.other.close()


class Mount:
    """A file system of our own for the data directory."""

    def __init__(self, *arguments):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-mount-"))
        self.up = os.geteuid() == 0 and subprocess.run(["mount", *arguments, str(self.folder)], capture_output=True, check=False).returncode == 0

    def close(self):
        if self.up:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def run_fails(data, code, *words, verb=("run", "--window", "1024x600", "--silent")):
    """The program refuses to open these data, quickly, with this code and these words on stderr."""
    begun = time.monotonic()
    done = subprocess.run([str(stage.PROGRAM), *verb, "--data", str(data)], env=kiosk.environment, capture_output=True, text=True, timeout=60,
                          check=False)
    took = time.monotonic() - begun
    if done.returncode != code:
        raise player.Failed(f"{verb[0]} left with {done.returncode}, {code} is meant: {done.stderr}")
    for word in words:
        if word not in done.stderr:
            raise player.Failed(f"{verb[0]} does not say {word!r}: {done.stderr}")
    return took


def test_locked_by_another_process():
    kiosk.home()
    card = next(cards)
    with Locked():
        begun = time.monotonic()
        kiosk.scan(card["code"])
        kiosk.wait_event("refused", limit=12, shape="app", reason="locked")
        waited = time.monotonic() - begun
        kiosk.nothing_committed(0.2)
        kiosk.wait_event("spoken", key="app.refused.locked", limit=3)
        if waited > 8:
            kiosk.fail(f"a person stood {waited:.1f} s before a screen that said nothing")


def test_after_the_lock_the_same_card_is_taken():
    kiosk.home()
    card = next(cards)
    kiosk.card(card["code"], then="attendance/welcome", limit=15)
    kiosk.committed("attendance.came")


def test_locked_for_a_moment_is_not_noticed():
    kiosk.home()
    with Locked():
        kiosk.scan(next(cards)["code"])
        time.sleep(1)
    kiosk.wait_screen("attendance/welcome")
    kiosk.committed("attendance.came")


def test_a_second_kiosk_on_the_same_data_is_refused():
    took = run_fails(village.data, CANNOT_OPEN, "another kiosk", str(kiosk.process.pid))
    if took > 3:
        kiosk.fail(f"it took {took:.1f} s to say so")
    kiosk.home()


def test_a_kiosk_that_is_just_closing_is_waited_for():
    kiosk.stop()
    with (village.data / "kiosk.lock").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        threading.Timer(0.5, fcntl.flock, (held, fcntl.LOCK_UN)).start()
        kiosk.start()
    kiosk.home()


def test_commands_work_beside_the_kiosk():
    village.journal(5)
    stage.run("backup", "--data", village.data, "--out", village.folder / "backup.db", "--clear")
    kiosk.home()
    kiosk.card(next(cards)["code"], then="attendance/welcome")
    kiosk.committed("attendance.came")


def test_a_newer_database_is_refused_and_not_one_byte_is_changed():
    kiosk.stop()
    db = sqlite3.connect(village.data / "nuanzhan.db")
    now = db.execute("PRAGMA user_version").fetchone()[0]
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute(f"PRAGMA user_version={now + 1000}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    before = (village.data / "nuanzhan.db").read_bytes()
    for verb in (("run", "--window", "1024x600", "--silent"), ("journal",), ("doctor",), ("backup",)):
        run_fails(village.data, CANNOT_OPEN, "newer", verb=verb)
    if (village.data / "nuanzhan.db").read_bytes() != before:
        raise player.Failed("the newer database was changed")
    if any((village.data / f"nuanzhan.db-{s}").exists() and (village.data / f"nuanzhan.db-{s}").stat().st_size for s in ("wal",)):
        raise player.Failed("something was written beside the newer database")
    db = sqlite3.connect(village.data / "nuanzhan.db")
    db.execute(f"PRAGMA user_version={now}")
    db.close()
    kiosk.start()


def test_every_mistake_of_a_catalogue_is_told_with_its_place():
    kiosk.stop()
    folder = village.data / "catalogue"
    folder.mkdir()
    (folder / "offers.toml").write_text('[[offer]]\ncode = "wrong_one"\nservice = "no_such_service"\nshape = "attendance"\nsites = ["any"]\n'
                                        'audience = ["all"]\n\n[[offer]]\ncode = "wrong_two"\nservice = "day_care"\nshape = "dancing"\n'
                                        'sites = ["moon"]\naudience = ["all"]\n')
    run_fails(village.data, WRONG_DATA, "offers.toml", "no_such_service", "dancing", "moon")
    shutil.rmtree(folder)
    kiosk.start()


def test_a_directory_that_cannot_be_written():
    mount = Mount("--bind", str(village.data))
    try:
        if not mount.up:
            print("        left out: no bind mount here (root is needed)")
            return
        kiosk.stop()
        subprocess.run(["mount", "-o", "remount,bind,ro", str(mount.folder)], check=True)
        before = village.fingerprint()
        run_fails(mount.folder, CANNOT_OPEN, "cannot be written")
        if village.fingerprint() != before:
            raise player.Failed("something was changed")
    finally:
        mount.close()
        if kiosk.process.poll() is not None:
            kiosk.start()


def on_disk(mount, test):
    """Plays a kiosk whose data lie on this mount."""
    kiosk.stop()
    kept = village.data
    shutil.copytree(kept, mount.folder / "data")
    os.sync()
    village.data = mount.folder / "data"
    kiosk.start()
    try:
        test()
        checks.every_committed_is_in_the_journal(kiosk)
        checked = stage.run("doctor", "--data", village.data, "--json", check=False).stdout
        if '"what":"database"' not in checked or "unbroken" not in checked:
            kiosk.fail(f"the journal is not sound: {checked}")
    finally:
        kiosk.stop()
        village.data = kept
        kiosk.start()


def test_a_full_disk():
    mount = Mount("-t", "tmpfs", "-o", "size=64m", "tmpfs")
    try:
        if not mount.up:
            print("        left out: no tmpfs can be mounted here (root is needed)")
            return

        def full():
            filler = mount.folder / "filler"
            handle = os.open(filler, os.O_CREAT | os.O_WRONLY)
            try:
                while True:
                    os.write(handle, b"\0" * 4096)
            except OSError:
                os.close(handle)
            card = None
            for _ in range(12):  # what is free inside SQLite's own files is used up first
                card = next(cards)
                kiosk.scan(card["code"])
                said = kiosk.wait(lambda: kiosk.of("committed", kiosk.mark) or kiosk.of("refused", kiosk.mark), "an answer")
                if said[0]["event"] == "refused":
                    break
                kiosk.home()
            else:
                kiosk.fail("a full disk was never noticed")
            kiosk.wait_event("refused", shape="app", reason="disk_full")
            kiosk.wait_event("spoken", key="app.refused.disk_full")
            kiosk.home()
            kiosk.tap("go:whats_on", then="desk/calendar")  # what can be read is still shown
            kiosk.home()
            filler.unlink()
            kiosk.card(card["code"], then="attendance/welcome")
            kiosk.committed("attendance.came")

        on_disk(mount, full)
    finally:
        mount.close()


def test_a_disk_that_turns_read_only():
    image = pathlib.Path("/dev/shm") / f"nuanzhan-{os.getpid()}.ext4"
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        print("        left out: root and mkfs.ext4 are needed")
        return
    with open(image, "wb") as file:
        file.truncate(96 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    mount = Mount("-o", "loop,errors=remount-ro", str(image))
    try:
        if not mount.up:
            print("        left out: no loop device here")
            return

        def turns_read_only():
            kiosk.card(next(cards)["code"], then="attendance/welcome")
            kiosk.committed("attendance.came")
            kiosk.home()
            device = subprocess.run(["findmnt", "-n", "-o", "SOURCE", str(mount.folder)], capture_output=True, text=True, check=True).stdout.strip()
            trigger = pathlib.Path("/sys/fs/ext4") / pathlib.Path(device).name / "trigger_fs_error"
            began = time.monotonic()
            trigger.write_text("nuanzhan: a test")
            kiosk.wait(lambda: "turned read-only" in kiosk.said_on_terminal(), "the log to say that the disk is read-only")
            took_s = time.monotonic() - began
            print(f"        noticed without a touch after {took_s:.2f} s")
            if took_s > 2:
                kiosk.fail(f"a disk that turned read-only was noticed after {took_s:.1f} s")
            kiosk.scan(next(cards)["code"])
            kiosk.wait_event("refused", shape="app")
            kiosk.wait_event("spoken", limit=3)
            kiosk.home()
            kiosk.tap("go:whats_on", then="desk/calendar")
            # Repaired as a start of the machine does, everything that was confirmed is there.
            kiosk.stop()
            subprocess.run(["umount", str(mount.folder)], check=True)
            subprocess.run(["e2fsck", "-p", "-f", str(image)], check=False, capture_output=True)
            subprocess.run(["mount", "-o", "loop", str(image), str(mount.folder)], check=True)

        on_disk(mount, turns_read_only)
    finally:
        mount.close()
        image.unlink(missing_ok=True)


def test_always():
    checks.every_screen_spoke(kiosk)
    checks.every_committed_is_in_the_journal(kiosk)


player.play([v for k, v in list(globals().items()) if k.startswith("test_")], kiosk)
