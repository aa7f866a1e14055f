#!/usr/bin/env python3
"""A stick is pulled out while a backup is written to it: it holds whole backups or a part that is refused, and the kiosk goes on. timeout_s: 3000, one_try

A stick is a file system of its own on a loop device: ext4, shut down without flushing (what was not forced is gone, as when it is pulled),
and exFAT through exfat-fuse, whose daemon is killed. Three hands write to it: the kiosk's own keeper (app::Keeper, beside deeds that go on all
the while), `nuanzhan backup --out`, and the same beside the real kiosk under a screen, where a card is held to the reader as the stick goes.
After each pull: every backup on the stick opens (`nuanzhan restore`), a part is refused in words or is whole, the newest local backup opens, and the
next deed was confirmed within two seconds. Then the stick is plugged in again, and the same once more works.

At last, that all this could fail: a copy written carelessly (its own name at once, never forced) must be found torn, and a kiosk that is
stopped for longer than two seconds must be found late.

--pulls N   200 with NUANZHAN_LONG, else 12
"""
import argparse
import contextlib
import fcntl
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import player  # noqa: E402
import stage  # noqa: E402

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
PLAYER = BUILD / "fault_player"
FS_IOC_SHUTDOWN, NOLOGFLUSH = 0x8004587D, (2).to_bytes(4, "little")
GOES_ON_S = 2.0
REFUSED = 3  # `restore`: it does not open
STICK_MB = 96
PULLS_A_VILLAGE = 16  # then the village begins anew: its deeds go on all the while, and each day all of them are checked


def quiet(*command):
    return subprocess.run([str(c) for c in command], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


class Stick:
    def __init__(self, kind, folder):
        self.kind, self.image, self.mount = kind, folder / kind, pathlib.Path("/mnt") / f"stick-{kind}"
        self.loop, self.daemon = "", None
        self.mount.mkdir()
        with open(self.image, "wb") as file:
            file.truncate(STICK_MB << 20)
        if kind == "ext4":
            quiet("mkfs.ext4", "-q", "-F", self.image)
        self.plug_in()
        (self.mount / "nuanzhan").mkdir()

    @property
    def folder(self):
        return self.mount / "nuanzhan"

    def plug_in(self):
        for _ in range(20):  # another test may take the device that was free
            done = quiet("losetup", "-f", "--show", self.image)
            self.loop = done.stdout.strip()
            if self.loop:
                break
            time.sleep(0.1)
        else:
            stage.skip(f"no loop device here: {done.stderr.strip()}")
        if self.kind == "ext4":
            done = quiet("mount", self.loop, self.mount)
            if done.returncode != 0:
                raise RuntimeError(f"the stick cannot be mounted: {done.stderr}")
            return
        if quiet("blkid", "-p", "-s", "TYPE", "-o", "value", self.loop).stdout.strip() != "exfat":
            made = quiet("mkfs.exfat", self.loop)
            if made.returncode != 0:
                raise RuntimeError(made.stderr)
        self.daemon = subprocess.Popen(["mount.exfat-fuse", "-d", self.loop, str(self.mount)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while not os.path.ismount(self.mount):
            if self.daemon.poll() is not None or time.monotonic() > end:
                raise RuntimeError("exfat-fuse does not mount")
            time.sleep(0.01)

    def pull(self):
        """Gives when it was gone."""
        if self.kind == "ext4":
            handle = os.open(self.mount, os.O_RDONLY)
            try:
                fcntl.ioctl(handle, FS_IOC_SHUTDOWN, NOLOGFLUSH)
            finally:
                os.close(handle)
        else:
            self.daemon.kill()
        gone = time.monotonic()
        quiet("umount", "-l", self.mount)
        return gone

    def let_go(self):
        """Nobody has anything open on it any more."""
        if self.daemon:
            self.daemon.wait(10)
            self.daemon = None
        end = time.monotonic() + 20
        while self.loop and time.monotonic() < end:
            quiet("losetup", "-d", self.loop)
            if not quiet("losetup", "-j", self.image).stdout.strip():
                self.loop = ""
                return
            time.sleep(0.02)
        if self.loop:
            raise RuntimeError("the pulled stick is still held")

    def close(self):
        if os.path.ismount(self.mount):
            quiet("umount", "-l", self.mount)
        if self.daemon:
            self.daemon.kill()
            self.daemon.wait()
        if self.loop:
            quiet("losetup", "-d", self.loop)


class Open:
    """A kiosk without a screen whose deeds go on (fault_player keeps)."""

    def __init__(self, data):
        self.process = subprocess.Popen([PLAYER, "keeps", data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.said, self.changed = [], threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        self.wait("open", 0)

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                if line.startswith("["):  # NUANZHAN_FAULT_LOG: what the program logs
                    print(line, end="", file=sys.stderr)
                self.said.append((time.monotonic(), line.split()[0]))
                self.changed.notify_all()

    def wait(self, word, since, limit=60.0, after=0.0):
        """When this was said next. What was confirmed counts from after the pull."""
        end = time.monotonic() + limit
        with self.changed:
            while True:
                found = next((t for t, said in self.said[since:] if said == word and t > after), None)
                if found is not None:
                    return found
                left = end - time.monotonic()
                if left <= 0 or self.process.poll() is not None:
                    raise RuntimeError(f"waited {limit:g} s for {word}; the kiosk left with {self.process.poll()}")
                self.changed.wait(min(left, 0.2))

    def day(self):
        since = len(self.said)
        self.process.stdin.write("day\n")
        self.process.stdin.flush()
        return since

    def close(self):
        self.process.kill()
        self.process.wait()


class Test:
    def __init__(self, folder, data, seed):
        self.place, self.data = folder, data
        self.chance = random.Random(seed)
        self.wrong, self.gaps, self.judged = [], [], {}
        self.figures = {"pulls": 0, "whole_after_a_pull": 0, "parts_refused": 0, "parts_whole": 0, "parts_none": 0, "copying_when_pulled": 0}

    def judge(self, file):
        """How `restore` takes this file: (its exit code, its words)."""
        scratch = self.place / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        shutil.copy(self.data / "kiosk.key", scratch)
        done = quiet(stage.PROGRAM, "restore", "--from", file, "--data", scratch, "--yes")
        return done.returncode, done.stderr.strip()

    def stick_holds(self, stick, what, wrong, whole=False):
        """Every backup whole, every part refused in words or whole. `whole`: and photos beside the new ones. Gives the names of the backups."""
        parts = 0
        for file in sorted(stick.folder.iterdir()):
            if ".nzk" in file.name or file.is_dir():
                continue  # a key file: whether it opens is seen by the backups that need it; a folder of copies of photos
            stamp = (file.name, file.stat().st_size, file.stat().st_mtime_ns)
            if stamp in self.judged.setdefault(stick.kind, set()):
                continue
            code, words = self.judge(file)
            if file.suffix == ".part":
                parts += 1
                self.figures["parts_whole" if code == 0 else "parts_refused"] += 1
                if code not in (0, REFUSED) or (code == REFUSED and "nothing was changed" not in words):
                    wrong.append(f"{what}: a part was taken with {code}: {words}")
            elif code == 0 and whole and "photos and recordings" in words:
                wrong.append(f"{what}: {file.name} is whole, but not the copies of photos beside it: {words}")
            elif code != 0:
                wrong.append(f"{what}: {file.name} of {file.stat().st_size} B is torn: restore left with {code}: {words}")
            else:
                self.judged[stick.kind].add(stamp)
        self.figures["parts_none"] += parts == 0
        return {f.name for f in stick.folder.glob("*.nzb")}

    def late(self, gap, what, wrong):
        if gap > GOES_ON_S:
            wrong.append(f"{what}: the kiosk went on after {gap:.2f} s")
        return gap

    def local_is_whole(self, what):
        newest = max((self.data / "backup").glob("*.nzb"), default=None)
        if newest is None:
            return
        code, words = self.judge(newest)
        if code != 0:
            self.wrong.append(f"{what}: the local backup {newest.name} does not open: {words}")

    def when_copying(self, stick, still_writing, took_s):
        """Waits until something new grows on the stick, then a random part of the time that a copy takes."""
        def stamps():
            found = {}
            for f in stick.folder.iterdir():
                with contextlib.suppress(FileNotFoundError):  # a part that has its name by now
                    found[f.name] = f.stat().st_mtime_ns
            return found
        before = stamps()
        end = time.monotonic() + 30
        while time.monotonic() < end and still_writing():
            if any(name.endswith(".part") for name, at in stamps().items() if before.get(name) != at):
                self.figures["copying_when_pulled"] += 1
                break
            time.sleep(0.0005)
        time.sleep(self.chance.uniform(0, took_s))

    def pulled(self, stick, before, what, gone, next_deed):
        self.figures["pulls"] += 1
        self.gaps.append(self.late(next_deed - gone, what, self.wrong))
        stick.let_go()
        stick.plug_in()
        now = self.stick_holds(stick, what, self.wrong)
        self.figures["whole_after_a_pull"] += bool(now - before)
        if before - now:
            self.wrong.append(f"{what}: older backups are gone: {sorted(before - now)}")
        self.local_is_whole(what)

    # --- who writes

    def by_keeper(self, stick, kiosk, anywhere):
        what = f"pull {self.figures['pulls'] + 1}, {stick.kind}, the keeper"
        before = {f.name for f in stick.folder.glob("*.nzb")}
        since = kiosk.day()
        kiosk.wait("keeping", since)
        if anywhere:
            time.sleep(self.chance.uniform(0, self.keeps_s))
        else:
            self.when_copying(stick, lambda: not any(w == "kept" for _, w in kiosk.said[since:]), self.copies_s)
        gone = stick.pull()
        next_deed = kiosk.wait("confirmed", since, after=gone)
        kiosk.wait("kept", since)
        self.pulled(stick, before, what, gone, next_deed)
        self.keeps_again(stick, kiosk, what)

    def keeps_again(self, stick, kiosk, what):
        """Once more, and nobody pulls it: a whole one of today is there. Gives how long it took."""
        before = {f.name for f in stick.folder.glob("*.nzb")}
        since = kiosk.day()
        begun = kiosk.wait("keeping", since)
        ended = kiosk.wait("kept", since)
        if not self.stick_holds(stick, f"{what}, again", self.wrong, whole=True) - before:
            self.wrong.append(f"{what}: plugged in again, it got no backup")
        if left := [f.name for f in stick.folder.glob("nuanzhan-*.part")]:
            self.wrong.append(f"{what}: plugged in again, {left} still lies there")
        self.room(stick)
        return ended - begun

    def room(self, stick):
        """As a clerk does now and then: the oldest go, so that the stick does not fill."""
        for old in sorted(stick.folder.glob("nuanzhan-*.nzb"))[:-3]:
            old.unlink()

    def by_command(self, stick, next_deed, what_kiosk):
        what = f"pull {self.figures['pulls'] + 1}, {stick.kind}, backup --out beside {what_kiosk}"
        before = {f.name for f in stick.folder.glob("*.nzb")}
        out = stick.folder / "by-hand.nzb"
        command = subprocess.Popen([stage.PROGRAM, "backup", "--data", self.data, "--out", out], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.when_copying(stick, lambda: command.poll() is None, self.copies_s)
        gone = stick.pull()
        deed = next_deed(gone)
        error = command.communicate(timeout=60)[1]
        if command.returncode < 0 or command.returncode >= 128 or (command.returncode and not error.strip()):
            self.wrong.append(f"{what}: the command left with {command.returncode}: {error}")
        self.pulled(stick, before, what, gone, deed)
        again = quiet(stage.PROGRAM, "backup", "--data", self.data, "--out", out)
        if again.returncode != 0:
            self.wrong.append(f"{what}: plugged in again: {again.stderr}")
        self.stick_holds(stick, f"{what}, again", self.wrong, whole=True)

    # --- whether it could fail

    def careless_is_found(self, stick):
        """A copy under its own name from the first byte on, never forced."""
        whole = next(stick.folder.glob("*.nzb")).read_bytes()
        target = stick.folder / "careless.nzb"
        handle = os.open(target, os.O_CREAT | os.O_WRONLY)
        stop = threading.Event()

        def write():
            try:
                for at in range(0, len(whole), 65536):
                    os.write(handle, whole[at:at + 65536])
                    if stop.wait(0.002):
                        break
            except OSError:
                pass
            finally:
                os.close(handle)
        writer = threading.Thread(target=write)
        writer.start()
        os.sync()  # the name is there, what comes later is not
        time.sleep(0.02)
        stick.pull()
        stop.set()
        writer.join()
        stick.let_go()
        stick.plug_in()
        found = []
        self.stick_holds(stick, "careless", found)
        target.unlink(missing_ok=True)
        os.sync()
        return any("careless.nzb" in line and "torn" in line for line in found)

    def late_is_found(self, kiosk):
        gone, found = time.monotonic(), []
        kiosk.process.send_signal(signal.SIGSTOP)
        time.sleep(GOES_ON_S + 0.3)
        kiosk.process.send_signal(signal.SIGCONT)
        # What it had said before it was stopped may still be on its way.
        self.late(kiosk.wait("confirmed", 0, after=gone + 0.2) - gone, "stopped", found)
        return bool(found)


def need():
    if not PLAYER.exists():
        print(f"not built: {PLAYER}")
        sys.exit(1)
    if os.geteuid() != 0:
        stage.skip("a stick needs root (mount, FS_IOC_SHUTDOWN)")
    stage.need("mkfs.ext4", "losetup", "mount", "umount", "unshare")
    if not os.environ.get("NUANZHAN_STICK_INSIDE"):
        # Mounts of its own: no real stick of this machine gets a demo village's backup, no other kiosk's keeper finds ours.
        inside = ["unshare", "--mount", "--propagation", "private"]
        if quiet(*inside, "true").returncode != 0:
            stage.skip("no mount namespace here")
        os.execvpe(inside[0], [*inside, sys.executable, *sys.argv], os.environ | {"NUANZHAN_STICK_INSIDE": "1"})
    for folder in ("/media", "/run/media", "/mnt"):
        if os.path.isdir(folder) and quiet("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder).returncode != 0:
            stage.skip("no mounts of its own can be made here")


def beside_the_kiosk(test, stick, village, untouched, pulls):
    """The real program under a screen; a card is held to its reader as the stick goes."""
    plain = {p["person"] for p in village.people("elder") if p["tags"] == "elder"}  # one offer: a card is enough
    left = pulls
    while left > 0:
        shutil.rmtree(village.data)
        shutil.copytree(untouched, village.data)
        inside = village.in_now()
        kiosk = player.Kiosk(village)
        try:
            for card in [c for c in village.cards("elder") if c["person"] in plain - inside][:min(left, 10)]:  # the house has forty seats
                kiosk.home()

                def deed(_, code=card["code"]):
                    kiosk.scan(code)
                    kiosk.wait_event("committed", 10)
                    return time.monotonic()
                test.by_command(stick, deed, "the kiosk")
                left -= 1
        finally:
            kiosk.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pulls", type=int, default=200 if os.environ.get("NUANZHAN_LONG") else 12)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    need()
    kinds = ["ext4"]
    exfat = all(shutil.which(c) for c in ("mount.exfat-fuse", "mkfs.exfat", "blkid")) and os.path.exists("/dev/fuse")
    if exfat:
        kinds.append("exfat")
    screen = not [c for c in ("Xvfb", "xdotool", "import") if shutil.which(c) is None]
    place = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-stick-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    village = stage.Village()
    pair = stage.run("keys", "make").stdout.split()
    subprocess.run([stage.PROGRAM, "keys", "township", "--data", village.data], input=pair[1], text=True, check=True, capture_output=True)
    untouched = place / "village"
    shutil.copytree(village.data, untouched)
    test = Test(place, village.data, asked.seed)
    stick, kiosk = None, None
    try:
        # One in six beside the real kiosk; of the others one in three on exFAT, the rest on ext4; keeper and command take turns.
        real = max(1, asked.pulls // 6) if screen else 0
        on_exfat = (asked.pulls - real) // 3 if exfat else 0
        for kind, pulls in (("exfat", on_exfat), ("ext4", asked.pulls - real - on_exfat)):
            if stick:
                stick.close()
            if kind not in kinds:
                continue
            stick = Stick(kind, place)
            for n in range(pulls):
                if n % PULLS_A_VILLAGE == 0:
                    if kiosk:
                        kiosk.close()
                    shutil.rmtree(village.data)
                    shutil.copytree(untouched, village.data)
                    for old in stick.folder.iterdir():
                        old.unlink()
                    kiosk = Open(village.data)
                    test.copies_s = 0.1
                    test.keeps_s = test.keeps_again(stick, kiosk, f"{kind}, before pull {n + 1}")
                    begun = time.monotonic()
                    quiet(stage.PROGRAM, "backup", "--data", village.data, "--out", stick.folder / "by-hand.nzb")
                    test.copies_s = 0.6 * (time.monotonic() - begun)  # what comes before the copying takes about as long
                if n % 2:
                    test.by_command(stick, lambda gone: kiosk.wait("confirmed", 0, after=gone), "its deeds")
                else:
                    test.by_keeper(stick, kiosk, anywhere=n % 4 == 0)
        torn_found = test.careless_is_found(stick)
        late_found = test.late_is_found(kiosk)
        kiosk.close()
        kiosk = None
        if real:
            try:
                beside_the_kiosk(test, stick, village, untouched, real)
            except player.Failed as error:
                test.wrong.append(f"beside the kiosk: {error}")
        checked = stage.run("doctor", "--data", village.data, "--json", check=False).stdout
        if "chain unbroken" not in checked:
            test.wrong.append(f"the village is not sound: {checked}")
    finally:
        if kiosk:
            kiosk.close()
        if stick:
            stick.close()
        village.close()
        shutil.rmtree(place, ignore_errors=True)
    gaps = sorted(test.gaps)
    print(json.dumps({**test.figures, "sticks": kinds, "beside_a_real_kiosk": real, "next_deed_median_s": round(gaps[len(gaps) // 2], 3), "next_deed_max_s": round(gaps[-1], 3),
                      "wrong": len(test.wrong), "careless_copy_found_torn": torn_found, "stopped_kiosk_found_late": late_found}))
    for line in test.wrong[:20]:
        print(f"  {line}")
    if not torn_found or not late_found:
        print("  this test would not notice a broken promise")
    return 0 if torn_found and late_found and not test.wrong else 1


if __name__ == "__main__":
    sys.exit(main())
