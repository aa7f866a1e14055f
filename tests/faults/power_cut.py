"""True power cuts: a file system in memory on a loop device, shut down without flushing while facts are being written.

kill -9 proves nothing about power: what was written stays in the page cache. FS_IOC_SHUTDOWN with NOLOGFLUSH drops everything that was
not synced, as when the plug is pulled; unmounting and mounting then recovers the file system's own journal. The acknowledgements are
read before the cut: an fsync that runs during the shutdown may come back without an error.

Then the same with PRAGMA synchronous=NORMAL in the writer and no second journal: that must lose confirmed facts. If it does not, the cuts
are not cuts. At last NORMAL with the second journal: it must give back what the database lost.
"""
import argparse
import ctypes
import fcntl
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

FS_IOC_SHUTDOWN = 0x8004587D
CLONE_NEWNS = 0x00020000
NOLOGFLUSH = (2).to_bytes(4, "little")
BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
WRITER = BUILD / "fault_writer"


def skip(reason):
    print(reason)
    sys.exit(77)


def quiet(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


class Disk:
    """An ext4 of 64 MB in memory, to be cut."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-power-", dir="/dev/shm"))
        self.image, self.mount = self.folder / "disk", self.folder / "mount"
        self.mount.mkdir()
        with open(self.image, "wb") as file:
            file.truncate(64 << 20)
        made = quiet("mkfs.ext4", "-q", "-F", str(self.image))
        if made.returncode != 0:
            self.close()
            skip(f"no ext4 can be made: {made.stderr.strip()}")
        if not self.up():
            self.close()
            skip(f"no loop device can be mounted here: {self.why}")

    def up(self):
        # Two mounts at once may take one loop device.
        with open("/dev/shm/nuanzhan-loop.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = quiet("mount", "-o", "loop", str(self.image), str(self.mount))
        self.why = done.stderr.strip()
        return done.returncode == 0

    def cut(self):
        handle = os.open(self.mount, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, FS_IOC_SHUTDOWN, NOLOGFLUSH)
        finally:
            os.close(handle)

    def down(self):
        for _ in range(50):
            if quiet("umount", str(self.mount)).returncode == 0:
                return
            time.sleep(0.02)
        quiet("umount", "-l", str(self.mount))

    def close(self):
        if os.path.ismount(self.mount):
            self.down()
        shutil.rmtree(self.folder, ignore_errors=True)


def own_mounts():
    """From here on this process has mounts of its own. Another test's namespace (tests/faults/machine.py) would hold a copy of ours: a disk that was cut
    would stay up there, and mounting it again would give the dead one back."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        skip(f"no mounts of its own: {os.strerror(ctypes.get_errno())}")
    quiet("mount", "--make-rprivate", "/")
    # Nor do we hold theirs.
    for line in pathlib.Path("/proc/self/mounts").read_text().splitlines():
        device, at = line.split()[:2]
        if device.startswith("/dev/loop") and at.startswith(("/dev/shm/", "/tmp/", "/var/tmp/", "/mnt/")):
            quiet("umount", "-l", at)


def need_disks():
    """Leaves as skipped where no disk can be cut."""
    if os.geteuid() != 0:
        skip("a power cut needs root (mount, FS_IOC_SHUTDOWN)")
    for command in ("mkfs.ext4", "mount", "umount"):
        if shutil.which(command) is None:
            skip(f"not installed: {command} (deploy/setup --for test)")
    if not pathlib.Path("/dev/loop-control").exists():
        skip("there are no loop devices here")
    own_mounts()
    probe = Disk()
    try:
        probe.cut()
    except OSError as error:
        skip(f"this kernel cannot shut an ext4 down: {error}")
    finally:
        probe.close()


def one_cut(disk, chance, synchronous):
    """One life of a writer, ended by a cut. Gives the facts that were confirmed before it, deed by deed."""
    data = disk.mount / "data"
    data.mkdir(exist_ok=True)
    said = disk.folder / "said"
    with open(said, "w") as out:
        writer = subprocess.Popen([str(WRITER), "write", str(data), *(synchronous.split() if synchronous else [])], stdout=out,
                                  stderr=subprocess.PIPE)
        deadline = time.monotonic() + 20
        while not said.read_text().count("\n") and writer.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.02, 0.25))
        confirmed = said.read_text()
        disk.cut()
        writer.kill()
        error = writer.communicate()[1].decode(errors="replace").strip()
    disk.down()
    deeds = [line.split()[2:] for line in confirmed[: confirmed.rfind("\n") + 1].splitlines() if line.startswith("deed ")]
    if not deeds:
        raise RuntimeError(f"the writer confirmed nothing: {error}")
    if not disk.up():
        raise RuntimeError(f"the disk cannot be mounted after the cut: {disk.why}")
    return deeds


def read_back(disk):
    done = subprocess.run([str(WRITER), "read", str(disk.mount / "data")], capture_output=True, text=True)
    facts = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("fact ")}
    whole = done.returncode == 0 and "folds equal" in done.stdout
    return facts, whole, "" if whole else (done.stdout.splitlines()[-2:], done.stderr.strip())


def cuts(n, seed, synchronous=None, stop_at_first_loss=False):
    """(deeds confirmed, facts lost, cuts that lost, complaints). A fresh disk each ten cuts keeps reading back quick."""
    chance = random.Random(seed)
    confirmed = lost = cuts_that_lost = 0
    complaints, disk, known = [], None, set()
    try:
        for number in range(n):
            if number % 10 == 0:
                if disk:
                    disk.close()
                disk, known = Disk(), set()
            deeds = one_cut(disk, chance, synchronous)
            confirmed += len(deeds)
            known |= {fact for deed in deeds for fact in deed}
            facts, whole, why = read_back(disk)
            gone = known - facts
            lost += len(gone)
            cuts_that_lost += bool(gone)
            if gone and len(deeds[0]) > 1:
                halves = [d for d in deeds if 0 < len(set(d) & gone) < len(d)]
                if halves:
                    complaints.append(f"cut {number}: {len(halves)} deeds were kept by half")
            known -= gone
            if not whole:
                complaints.append(f"cut {number}: {why}")
            if gone and stop_at_first_loss:
                break
    finally:
        if disk:
            disk.close()
    return confirmed, lost, cuts_that_lost, complaints


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=500 if os.environ.get("NUANZHAN_LONG") else None,
                        help="of each part; without it 200 of the first, 20 of the second journal's")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    if not WRITER.exists():
        print(f"not built: {WRITER}")
        return 1
    need_disks()

    as_delivered, weaker = (asked.cuts, asked.cuts) if asked.cuts else (200, 20)
    confirmed, lost, _, complaints = cuts(as_delivered, asked.seed)
    print(f"{as_delivered} cuts: {confirmed} deeds confirmed, {lost} facts lost")
    for line in complaints:
        print(f"  {line}")
    good = lost == 0 and not complaints

    # The same with a weaker setting must lose; a few cuts are enough, many are tried before we say the test is blind.
    weak_confirmed, weak_lost, weak_cuts, _ = cuts(max(weaker, 60), asked.seed, "NORMAL", stop_at_first_loss=True)
    print(f"with synchronous=NORMAL and no second journal: {weak_confirmed} deeds confirmed, {weak_lost} facts lost in {weak_cuts} cut")
    if weak_lost == 0:
        print("the weaker setting lost nothing: this test would not notice a broken promise")
        good = False

    # What the weaker database loses the second journal gives back.
    both_confirmed, both_lost, _, both_complaints = cuts(weaker, asked.seed, "NORMAL second")
    print(f"with synchronous=NORMAL and the second journal, {weaker} cuts: {both_confirmed} deeds confirmed, {both_lost} facts lost")
    for line in both_complaints:
        print(f"  {line}")
    good = good and both_lost == 0 and not both_complaints
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
