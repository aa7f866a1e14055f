#!/usr/bin/env python3
"""A disk that is full to the last block: the ballast goes, fifty deeds more go on, nothing is lost; then it is refused in words. timeout_s: 280, one_try

An ext4 of 80 MB on a loop device holds a village of a few deeds and the ballast of the real size (store/ballast.h). All that is left is filled.
The deeds run as the kiosk runs them (app::run). What the screen says then: tests/faults/test_storage.py.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
PLAYER = BUILD / "fault_player"
DISK_MB, BALLAST = 80, 64 << 20
MORE = 50


def skip(reason):
    print(reason)
    sys.exit(77)


def play(*arguments, asked=None):
    done = subprocess.run([PLAYER, *map(str, arguments)], input=asked, capture_output=True, text=True, timeout=120, check=False)
    return [line.split() for line in done.stdout.splitlines()], done


def fill(file):
    handle = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    try:
        for piece in (1 << 20, 4096, 512):
            try:
                while True:
                    os.write(handle, b"x" * piece)
            except OSError:
                pass
        try:
            os.fsync(handle)
        except OSError:
            pass
    finally:
        os.close(handle)


def one(place, opens, wrong):
    """The program opens before the disk is full, or after."""
    image, mount = place / f"disk-{opens}", place / f"mount-{opens}"
    mount.mkdir()
    with open(image, "wb") as file:
        file.truncate(DISK_MB << 20)
    # No blocks kept back for root, and few inodes: full is full.
    subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", "-N", "256", "-J", "size=4", str(image)], check=True, capture_output=True)
    if subprocess.run(["mount", "-o", "loop", str(image), str(mount)], capture_output=True, check=False).returncode != 0 or not os.path.ismount(mount):
        skip("no loop device can be mounted here")
    try:
        data = mount / "data"
        data.mkdir()
        lines, done = play("day", data, 4)
        known = {fact for line in lines if line[0] == "confirmed" for fact in line[2:]}
        if done.returncode != 0 or not known:
            raise RuntimeError(f"no village: {done.stderr}")
        with open(data / "ballast", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, BALLAST)
        if opens == "after":
            fill(mount / "filler")
        kiosk = subprocess.Popen([PLAYER, "deeds", data, "100", str(MORE), "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        opened = kiosk.stdout.readline().strip()
        if opens == "before":
            fill(mount / "filler")
        free = os.statvfs(mount).f_bavail * os.statvfs(mount).f_bsize
        said, error = kiosk.communicate("go\n", timeout=120) if opened else ("", kiosk.stderr.read())
        lines = [line.split() for line in said.splitlines()]
        confirmed = [line for line in lines if line[0] == "confirmed"]
        known |= {fact for line in confirmed for fact in line[2:]}
        figures = {"opened": opens, "free_bytes": free, "deeds_when_full": len(confirmed), "ballast_gone": not (data / "ballast").exists()}
        if len(confirmed) != MORE:
            wrong.append(f"opened {opens}: {len(confirmed)} of {MORE} deeds went on: {[line for line in lines if line[0] == 'refused'][:3]} {error[-300:]}")
        if not figures["ballast_gone"]:
            wrong.append(f"opened {opens}: the ballast is still there: the disk was not full")
        # Full once more, and nothing is left to throw away: refused, and then nothing of it is there.
        kiosk = subprocess.Popen([PLAYER, "deeds", data, "1000", "300", "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        kiosk.stdout.readline()
        fill(mount / "filler2")
        lines = [line.split() for line in kiosk.communicate("go\n", timeout=120)[0].splitlines()]
        refused = [line for line in lines if line[0] == "refused"]
        known |= {fact for line in lines if line[0] == "confirmed" for fact in line[2:]}
        figures |= {"refused_without_ballast": len(refused), "reasons": sorted({line[2] for line in refused})}
        if not refused:
            wrong.append("a full disk without ballast was never noticed")
        for filler in ("filler", "filler2"):
            (mount / filler).unlink()
        _, done = play("check", asked=f"{data}\n")
        seen = json.loads(done.stdout) if done.stdout else {"error": f"left with {done.returncode} {done.stderr}"}
        there = set(seen.get("facts", "").split())
        figures |= {"confirmed_facts": len(known), "lost_facts": len(known - there)}
        haunting = [line for line in refused if set(line[3:]) & there]
        if known - there or haunting or seen.get("error") or seen["broken_at"] or not seen["folds"]:
            wrong.append(f"opened {opens}: {len(known - there)} facts lost, {len(haunting)} refused deeds are there, {seen.get('error', '')}")
        return figures
    finally:
        if os.path.ismount(mount):
            subprocess.run(["umount", "-l", str(mount)], check=False)


def main():
    if not PLAYER.exists():
        print(f"not built: {PLAYER}")
        return 1
    if os.geteuid() != 0:
        skip("a full disk of our own needs root (mount)")
    if shutil.which("mkfs.ext4") is None:
        skip("not installed: mkfs.ext4 (deploy/setup --for test)")
    place = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-full-", dir="/dev/shm"))
    wrong = []
    try:
        figures = [one(place, opens, wrong) for opens in ("before", "after")]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(json.dumps(figures, indent=1))
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
