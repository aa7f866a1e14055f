"""Where a journey is played: a screen of its own, a village of its own, an hour of its own.

Nothing here touches the kiosk; `player.py` does. A test that cannot be played leaves with 77 and says why in its last line.
The demo village is made once per build and copied for each test, so that every test begins with the same people.
"""
import datetime
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
ROOT = pathlib.Path(os.environ.get("NUANZHAN_SOURCE") or pathlib.Path(__file__).resolve().parents[2])
PROGRAM = pathlib.Path(os.environ.get("NUANZHAN") or ROOT / "build/release/nuanzhan")
WORK = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or PROGRAM.parent) / "journeys"

# The five screens of docs: width, height, diagonal in inches.
SCREENS = {
    "1024x600": (1024, 600, 10.1),
    "1280x800": (1280, 800, 10.1),
    "1366x768": (1366, 768, 15.6),
    "1920x1080": (1920, 1080, 21.5),
    "1080x1920": (1080, 1920, 21.5),
}
CHINA = datetime.timezone(datetime.timedelta(hours=8))
TUESDAY = datetime.datetime(2026, 11, 24, 9, 5, tzinfo=CHINA)  # 十月十六: a working day, the day-care centre is open


def px_per_mm(size):
    """Pixels per millimetre of a reference screen; of another size as if it were 15.6 inches wide."""
    width, height = (int(n) for n in size.split("x"))
    diagonal = SCREENS.get(size, (0, 0, 15.6))[2]
    return round((width**2 + height**2) ** 0.5 / (diagonal * 25.4), 3)


def skip(reason):
    print(reason)
    sys.exit(SKIPPED)


def need(*commands):
    missing = [c for c in commands if shutil.which(c) is None]
    if missing:
        skip(f"not installed: {' '.join(missing)} (deploy/setup --for test)")


def need_stage():
    if not PROGRAM.exists():
        print(f"the program is not built: {PROGRAM}")
        sys.exit(1)
    need("Xvfb", "xdotool", "import")


class Hour:
    """The site's own time as the program is told it (--now, whole minutes). It never goes back, not even by a restart."""

    def __init__(self, at=TUESDAY):
        self.last = at.replace(second=0, microsecond=0)
        self.begun = None

    def now(self):
        return self.last + datetime.timedelta(seconds=time.monotonic() - self.begun if self.begun else 0)

    def start(self):
        """Now, for a program that starts: the next whole minute after all that was."""
        if self.begun:
            self.last = self.now().replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
        self.begun = time.monotonic()
        return self.last.strftime("%Y-%m-%dT%H:%M")

    def set(self, at):
        """For the next start."""
        if at < self.now():
            raise ValueError(f"{at} was before {self.now()}")
        self.last, self.begun = at.replace(second=0, microsecond=0), None


class Screen:
    """A virtual screen on a display number that nobody else has."""

    def __init__(self, size):
        self.size = size
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        number = self.process.stdout.readline().strip()
        if not number:
            self.log.seek(0)
            raise RuntimeError(f"Xvfb did not start: {self.log.read().decode(errors='replace')}")
        self.display = f":{number}"

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def run(*arguments, timeout=120, check=True, environment=None):
    """One command of the program; gives how it went and what it printed."""
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], env=os.environ | (environment or {}), capture_output=True, text=True,
                          timeout=timeout, stdin=subprocess.DEVNULL)
    if check and done.returncode != 0:
        raise RuntimeError(f"nuanzhan {' '.join(map(str, arguments))} left with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def _make_demo(folder, residents, days, seed, at):
    made = run("demo", "--residents", residents, "--days", days, "--seed", seed, "--data", folder / "data", "--now",
               at.strftime("%Y-%m-%dT%H:%M"), "--json")
    (folder / "demo.json").write_text(made.stdout)
    (folder / "whole").touch()


def demo(residents=400, days=10, seed=7, at=TUESDAY):
    """The folder of a demo village, made once for this build of the program: data/ and demo.json."""
    stamp = PROGRAM.stat()
    kind = f"{residents}-{days}-{seed}-{at:%m%d%H%M}"
    name = f"{kind}-{stamp.st_size:x}-{stamp.st_mtime_ns:x}"
    WORK.mkdir(parents=True, exist_ok=True)
    with open(WORK / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = WORK / name
        if not (folder / "whole").exists():
            for old in WORK.glob(f"{kind}-*"):
                shutil.rmtree(old)
            folder.mkdir()
            _make_demo(folder, residents, days, seed, at)
        return folder


class Village:
    """A fresh copy of a demo village, gone after the test. `demo` is what `nuanzhan demo --json` printed.

    `site` is the kind of place the kiosk stands at until told otherwise.
    """

    def __init__(self, residents=400, days=10, seed=7, site="day_care_centre", at=TUESDAY):
        self.site = site
        made = demo(residents, days, seed, at)
        self.demo = json.loads((made / "demo.json").read_text())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-journey-"))
        self.data = self.folder / "data"
        shutil.copytree(made / "data", self.data)
        self.hour = Hour(at)

    def journal(self, last=200):
        """The newest facts, newest last."""
        return [json.loads(line) for line in run("journal", "--data", self.data, "--last", last, "--json").stdout.splitlines()]

    def site_id(self, kind=None):
        return self.demo["site_ids"][kind or self.site]

    def people(self, tag, site=None):
        """Those with this tag who come to this kind of site."""
        where = self.site_id(site)
        return [p for p in self.demo["people"] if p["site"] == where and tag in (p["tags"] or "").split(",")]

    def cards(self, who, site=None):
        """Cards of people of this kind who come to the site."""
        known = {p["person"]: p for p in self.demo["people"] if p["site"] == self.site_id(site)}
        return [c | {"group": known[c["person"]]["group"], "phone_tail": known[c["person"]]["phone_tail"]}
                for c in self.demo["cards"] if c["who"] == who and c["person"] in known]

    def in_now(self, offers=None):
        """Persons with an open stay, of these offers or any, as the journal tells it."""
        facts = self.journal(last=1_000_000)
        taken_back = {f["corrects"] for f in facts if f["kind"] == "attendance.undone"}
        ended = {f["subject"] for f in facts if f["id"] not in taken_back and
                 f["kind"] in ("attendance.went", "attendance.handed_over", "attendance.closed_by_rule")}
        return {f["person"] for f in facts if f["kind"] == "attendance.came" and f["id"] not in taken_back and f["subject"] not in ended
                and (not offers or f["offer"] in offers)}

    def staff(self, role, nth=0):
        return [s for s in self.demo["staff"] if s["role"] == role][nth]

    def fingerprint(self):
        """One hash over every byte under data/, for "nothing was changed"; only the lock says who held it last."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self.data.rglob("*") if p.is_file() and p.name != "kiosk.lock"):
            digest.update(str(path.relative_to(self.data)).encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class GivenVillage(Village):
    """A demo village that is already there (deploy/run): its own data, not a copy. Played on the next working morning after its newest fact."""

    def __init__(self, data, site="day_care_centre"):
        self.site = site
        self.data = pathlib.Path(data)
        self.demo = json.loads((self.data / "demo-village.json").read_text())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-play-"))
        # Of the last ones: an envelope says midnight of its day.
        newest = max([datetime.datetime.now(CHINA)] + [datetime.datetime.fromisoformat(f["at"]) for f in self.journal(500)])
        at = newest.astimezone(CHINA) + datetime.timedelta(minutes=1)
        if not 9 <= at.hour < 15 or at.weekday() > 4:
            at = at.replace(hour=9, minute=5) + datetime.timedelta(days=at.hour >= 9)
            while at.weekday() > 4:
                at += datetime.timedelta(days=1)
        self.hour = Hour(at)
