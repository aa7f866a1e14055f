#!/usr/bin/env python3
"""What a session knew is nowhere after it: planted names, phones, card codes, a PIN and a photo are looked for wherever bytes can stay. timeout_s: 600, one_try

A demo village is made of names that no text on earth holds (rare characters in rows of their own). It lies on a file system of its own, on a loop
device. Somebody comes by card, somebody by her face, a confidential request is made, something is said aloud, a clerk signs in, holds her card to the reader, finds people by pinyin, writes a name by pinyin and by keyboard and a
phone number, and takes a photo. Then the session ends, and all of it is looked for, as UTF-8, UTF-16 and UTF-32: in the trace, on the terminal (the log), in
what `journal` prints, in the names of files, in the outline of what is shown, on the glass (pixel for pixel what a fresh start shows), in a core dump of the running program, and in
every block of the disk.

That it would be found is shown each time: in a core taken while staff are signed in, and in the database's own blocks of the disk, it must be found.

--keep FOLDER   leave cores, picture and disk there; --long also takes a core an idle minute later and one of a fresh start
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import wave

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import player  # noqa: E402
import stage  # noqa: E402

BUILD = pathlib.Path(os.environ.get("NUANZHAN_BUILD") or pathlib.Path(__file__).resolve().parents[2] / "build/tests")
# Extension A of Unihan: no surname list, no sentence, no file of ours has two of them side by side.
MARK = "\u4dae"  # yan: the first character of every given name
SURNAMES = [chr(c) for c in range(0x3430, 0x3430 + 24)]
SECOND = [chr(c) for c in range(0x3a00, 0x3a00 + 90)]
TYPED_NAME = "\u3a5a\u4dae\u3a5b"  # from the keyboard
TYPED_PHONE = "19900570313"
PHOTO = (41, 187, 94)  # of one colour, found again wherever its pixels are
DISK_MB = 200
QUIET_S = 4  # after the session's end: the receipt's motion, what is tidied when nobody is there


def planted_names(to):
    """db/demo/names.toml as it is, with every name replaced."""
    lines, n = [], 0
    for line in (stage.ROOT / "db/demo/names.toml").read_text().splitlines():
        key = line.split("=")[0].strip()
        if key in ("surnames", "rare"):
            line = f"{key} = {json.dumps(SURNAMES, ensure_ascii=False)}"
        elif key in ("old", "middle", "young"):
            line = f"{key} = {json.dumps([MARK + c for c in SECOND[n:n + 15]], ensure_ascii=False)}"
            n += 15
        lines.append(line)
    to.write_text("\n".join(lines) + "\n")


def planted_share(folder):
    """What the program finds assets/ and db/ in, with the planted names."""
    for name in ("assets", "db"):
        (folder / name).mkdir(parents=True)
        for entry in (stage.ROOT / name).iterdir():
            if entry.name != "demo":
                (folder / name / entry.name).symlink_to(entry)
    (folder / "db/demo").mkdir()
    planted_names(folder / "db/demo/names.toml")
    return folder


class Needles:
    """What is looked for. Every expression begins with bytes as they are: a core has a few hundred megabytes."""

    def __init__(self, phones, cards, pins, keys):
        # SURNAMES, MARK and SECOND as bytes; a name in UTF-16 is six bytes, for four come about by chance.
        self.expressions = {"names in UTF-8": re.compile(rb"\xe4\xb6\xae\xe3[\xa8\xa9][\x80-\xbf]", re.S), "names in UTF-16": re.compile(rb"\xae\x4d[\x00-\x5b]\x3a", re.S),
                            "names in UTF-32": re.compile(rb"\xae\x4d\x00\x00[\x00-\x5b]\x3a\x00\x00", re.S),
                            "names as they are called": re.compile(rb"\xe3[\x90\x91][\x80-\xbf](?=" + b"|".join(t.encode() for t in "奶爷大阿叔婶老小伯姨哥姐嫂弟妹家") + rb")", re.S),
                            "phones": re.compile(rb"1[3-9][0-9]{9}")}
        self.phones = {p.encode() for p in phones} | {TYPED_PHONE.encode()}
        self.plain = {"cards": [c.encode(coding) for c in cards for coding in ("utf-8", "utf-32-le")], "pins": [p.encode() for p in pins], "photo": [], "voice": [],
                      "keys": [k.encode(coding) for k in keys for coding in ("utf-8", "utf-32-le")]}

    def photo(self, r, g, b):
        """Twenty-four pixels in a row, as files, textures and X have them."""
        for row in ((r, g, b, 255), (b, g, r, 255), (b, g, r, 0), (r, g, b)):
            self.plain["photo"].append(bytes(row) * 24)

    def voice(self, samples):
        """Thirty-two samples in a row, from here and there, as a microphone gives them and as they are worked on."""
        for at in range(8820 + 4410, 8820 + 44100, 8820):
            piece = samples[at:at + 32]
            self.plain["voice"] += [struct.pack("<32h", *piece), struct.pack("<32f", *(s / 32768 for s in piece))]

    @staticmethod
    def alone(data, at, length):
        """Six figures stand by chance within a longer number or an id."""
        return not data[at - 1:at].isalnum() and not data[at + length:at + length + 1].isalnum() and data[at - 1:at] != b"."

    def find(self, data):
        """[(kind, offset)]"""
        found = []
        for kind, what in self.expressions.items():
            for m in what.finditer(data):
                at = m.start()
                if kind == "phones" and m.group() not in self.phones:
                    continue
                if kind == "names in UTF-16" and data[at - 2:at].decode("utf-16-le", "replace") not in SURNAMES + [TYPED_NAME[0]]:
                    continue
                found.append((kind, at))
        for kind, whole in self.plain.items():
            for what in whole:
                at = data.find(what)
                while at >= 0:
                    if kind != "pins" or self.alone(data, at, len(what)):
                        found.append((kind, at))
                    at = data.find(what, at + (len(what) if kind != "photo" else 4096))
        return found

    def count(self, data):
        return dict(collections.Counter(kind for kind, _ in self.find(data)))


class Disk:
    def __init__(self, folder):
        self.image, self.mount = folder / "disk", folder / "mount"
        self.mount.mkdir()
        with open(self.image, "wb") as file:
            file.truncate(DISK_MB << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self.image)], check=True, capture_output=True)
        for _ in range(20):
            done = subprocess.run(["mount", "-o", "loop", str(self.image), str(self.mount)], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return
            time.sleep(0.1)
        stage.skip(f"no loop device can be mounted here: {done.stderr.strip()}")

    def extents(self, file):
        """Bytes of the image that are this file's now."""
        said = subprocess.run(["filefrag", "-v", "-b1", str(file)], capture_output=True, text=True, check=True).stdout
        return [(int(a), int(b) + 1) for a, b in re.findall(r"^\s*\d+:\s*\d+\.\.\s*\d+:\s*(\d+)\.\.\s*(\d+):", said, re.M)]

    def down(self):
        for _ in range(50):
            if subprocess.run(["umount", str(self.mount)], capture_output=True, check=False).returncode == 0:
                return
            time.sleep(0.05)

    def close(self):
        if os.path.ismount(self.mount):
            subprocess.run(["umount", "-l", str(self.mount)], check=False)


def core_of(pid, place, name):
    """A dump of the running program, and which part of its memory each byte of it was."""
    maps = []
    for line in pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, _, _, _, _, *what = line.split()
        begin, end = (int(n, 16) for n in span.split("-"))
        maps.append((begin, end, what[0] if what else "anonymous"))
    done = subprocess.run(["gcore", "-o", str(place / name), str(pid)], capture_output=True, text=True, check=False)
    core = place / f"{name}.{pid}"
    if not core.exists():
        stage.skip(f"gcore makes no core here: {done.stderr.strip()[-200:]}")
    return core, maps


def parts_of(core, maps):
    """[(part of memory, its bytes)]: [heap], a thread's own heap or pool (anonymous), [stack], or a file. Code and what was only set aside is left out."""
    with open(core, "rb") as file:
        head = file.read(64)
        count, size, offset = int.from_bytes(head[56:58], "little"), int.from_bytes(head[54:56], "little"), int.from_bytes(head[32:40], "little")
        file.seek(offset)
        table = file.read(count * size)
        for n in range(count):
            kind, flags, where, virtual, length = (int.from_bytes(table[n * size + i:n * size + i + w], "little") for i, w in ((0, 4), (4, 4), (8, 8), (16, 8), (32, 8)))
            if kind != 1 or flags & 1 or length == 0:
                continue
            file.seek(where)
            data = file.read(length)
            if data.count(0) != len(data):
                yield pathlib.Path(next((w for begin, end, w in maps if begin <= virtual < end), "?")).name, data


class Played:
    """The journeys, each with what it plants."""

    def __init__(self, kiosk, village):
        self.kiosk, self.village = kiosk, village
        self.clerk = village.staff("clerk")
        plain = {p["person"] for p in village.people("elder") if p["tags"] == "elder"}
        self.cards = [c for c in village.cards("elder") if c["person"] in plain - village.in_now()]

    def public(self):
        self.kiosk.tap("go:whats_on", then="desk/calendar")
        self.kiosk.home()

    def by_card_and_face(self):
        kiosk = self.kiosk
        kiosk.card(self.cards[0]["code"], then="attendance/welcome")
        kiosk.committed("attendance.came")
        kiosk.home()
        kiosk.tap("go:check_in", then="identify/group")
        kiosk.tap(kiosk.ids("group:")[0], then="identify/faces")
        kiosk.tap(kiosk.ids("person:")[0])
        kiosk.wait(lambda: kiosk.key != "identify/faces", "an answer to a face")
        kiosk.home()

    def in_confidence(self):
        kiosk = self.kiosk
        kiosk.tap("go:help", then="request/ask")
        kiosk.tap_through("offer:mediation", "offer:")
        kiosk.wait(lambda: kiosk.key != "request/ask", "who asks")
        kiosk.card(self.cards[1]["code"])
        kiosk.wait_event("screen")
        time.sleep(0.5)
        kiosk.home()

    def aloud(self, while_it_is_there):
        """Says something, and keeps it."""
        kiosk = self.kiosk
        kiosk.tap("go:help", then="request/ask")
        kiosk.tap_through("offer:haircut", "offer:")
        kiosk.wait_screen("identify/group")
        kiosk.card(self.cards[3]["code"], then="request/sent")
        kiosk.tap("say", then="request/say")
        kiosk.tap("record")
        kiosk.wait_target("done_saying")
        time.sleep(1)
        while_it_is_there()
        kiosk.tap("done_saying")
        kiosk.wait_target("keep", limit=10)
        kiosk.tap("keep", then="request/sent", limit=20)  # sealed and forced to a disk that others force too
        kiosk.committed("request.said", limit=10)
        kiosk.home()

    def staff(self):
        """Stays signed in."""
        kiosk = self.kiosk
        kiosk.sign_in(self.clerk)
        kiosk.scan(self.clerk["card"])  # its secret opens what is sealed
        kiosk.committed("village.staff_key_set", limit=10)
        kiosk.tap_through("go:people")
        kiosk.wait_screen("desk/search")
        for letter in "Y":
            kiosk.reach(f"key:{letter}")
            kiosk.tap(f"key:{letter}", then="desk/search")
        if kiosk.widget("see"):
            kiosk.tap("see")
        kiosk.wait(lambda: kiosk.ids("person:"), "people whose initials hold y")
        kiosk.card(self.cards[2]["code"], then="desk/person")
        kiosk.tap("edit", then="desk/person_edit")
        kiosk.tap("name", then="type/text")
        kiosk.reach("letter:w")
        kiosk.tap("letter:w", then="type/text")  # candidates of pinyin
        kiosk.tap(kiosk.wait(lambda: kiosk.ids("pick:"), "what w may be")[0])
        for character in TYPED_NAME:
            kiosk.hand.do(f"key U{ord(character):04X}")
            time.sleep(0.3)
        kiosk.tap("key:ok", then="desk/person_edit")
        kiosk.tap_through("phone")
        kiosk.wait(lambda: kiosk.key.startswith("type/"), "where a number is written")
        while kiosk.widget("key:erase") and kiosk.widget("key:erase")["state"] != "off" and self.erased < 14:
            kiosk.press("BackSpace")
            self.erased += 1
            time.sleep(0.08)
        kiosk.hand.do(*[line for digit in TYPED_PHONE for line in (f"key {digit}", "sleep 0.15")])
        time.sleep(2.2)
        kiosk.tap("key:ok", then="desk/person_edit")
        kiosk.tap("save", then="desk/person")
        kiosk.committed("village.person_set")
        kiosk.tap("more", then="desk/person_more")
        kiosk.tap_through("photo")
        kiosk.wait_screen("desk/photo")
        kiosk.tap("take", then="desk/photo_consent")
        kiosk.tap("yes", then="desk/photo_take")
        kiosk.wait_target("shoot")
        kiosk.tap("shoot", then="desk/photo_keep")
        kiosk.wait_target("keep")
        kiosk.tap("keep", then="desk/photo")
        kiosk.committed("village.person_set")
        kiosk.card(self.cards[2]["code"], then="desk/person")  # her photo is on the glass

    erased = 0


def noise(file):
    """What the microphone hears: two seconds like nothing else."""
    chance, samples = random.Random(5), [0] * 8820
    level = 0.0
    for _ in range(2 * 44100):
        level += 0.2 * (chance.gauss(0, 9000) - level)  # low enough for the band of speech
        samples.append(max(-32000, min(32000, int(level))))
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(44100)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples) + b"\0\0" * 8820 * 40)
    return samples


def pixels(kiosk, place, name):
    picture = place / f"{name}.png"
    kiosk.shot(picture)
    return subprocess.run(["convert", str(picture), "rgb:-"], capture_output=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--long", action="store_true", default=bool(os.environ.get("NUANZHAN_LONG")))
    asked = parser.parse_args()
    stage.need_stage()
    stage.need("convert", "gcore", "mkfs.ext4", "filefrag")
    built = BUILD / "CMakeCache.txt"
    if built.exists() and (re.search(r"^SANITIZE:STRING=.", built.read_text(), re.M) or "WIPE_FREED:BOOL=OFF" in built.read_text()):
        stage.skip("built with a sanitizer or for a profiler: what is freed is not emptied")
    if os.geteuid() != 0:
        stage.skip("a disk of its own and a core of what may not be looked into need root")
    place = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-taint-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    disk, kiosk, village, wrong, figures = None, None, None, [], {}
    try:
        share = planted_share(place / "share")
        environment = {"NUANZHAN_SHARE": str(share)}
        made = stage.run("demo", "--residents", 300, "--days", 3, "--seed", 7, "--data", place / "made", "--now", stage.TUESDAY.strftime("%Y-%m-%dT%H:%M"), "--json", environment=environment)
        disk = Disk(place)
        data = disk.mount / "data"
        data.mkdir()
        # Copied whole, closed: what the kiosk itself leaves on this disk is what counts.
        for file in ("nuanzhan.db", "demo-village.txt", "kiosk.key"):
            if (place / "made" / file).exists():
                shutil.copy(place / "made" / file, data)
        if (place / "made/second").exists():
            shutil.copytree(place / "made/second", data / "second")
        village = stage.GivenVillage.__new__(stage.GivenVillage)
        village.site, village.demo, village.data = "day_care_centre", json.loads(made.stdout), data
        village.folder, village.hour = place / "played", stage.Hour()
        village.folder.mkdir()
        shutil.rmtree(place / "made")
        with sqlite3.connect(f"file:{data}/nuanzhan.db?mode=ro", uri=True) as database:
            phones = {p for (p,) in database.execute("SELECT phone FROM village_person UNION SELECT phone FROM village_household") if len(p) == 11}
        database.close()
        seen = village.folder / "seen.png"
        subprocess.run(["convert", "-size", "640x480", f"xc:rgb{PHOTO}", str(seen)], check=True)
        said = noise(village.folder / "said.wav")
        kiosk = player.Kiosk(village, size="1366x768", language="zh-CN", options=("--camera", str(seen), "--microphone", str(village.folder / "said.wav")))
        played = Played(kiosk, village)
        needles = Needles(phones, [c["code"] for c in played.cards[:4]], [played.clerk["pin"]], [played.clerk["card"][13:]])
        needles.voice(said)
        cores, begun = {}, time.monotonic()

        def core(name):
            print(f"{time.monotonic() - begun:.0f} s: core {name}", file=sys.stderr, flush=True)
            file, maps = core_of(kiosk.process.pid, place, name)
            # The program itself holds the PINs of every demo village.
            found = [(kind, part) for part, data in parts_of(file, maps) for kind, _ in needles.find(data) if kind != "pins" or part != stage.PROGRAM.name]
            cores[name] = {"mb": file.stat().st_size >> 20, "hits": len(found), "kinds": dict(collections.Counter(k for k, _ in found)),
                           "where": dict(collections.Counter(f"{kind} in {part}" for kind, part in found))}
            if not asked.keep:
                file.unlink()

        if asked.long:
            core("fresh")
        played.public()
        played.by_card_and_face()
        played.in_confidence()
        played.aloud(lambda: core("said") if asked.long else None)
        played.staff()
        [kept] = (data / "photos").iterdir()
        for one in (seen, kept):
            needles.photo(*subprocess.run(["convert", str(one), "-gravity", "center", "-crop", "1x1+0+0", "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout[:3])
        core("signed_in")
        kiosk.home()
        time.sleep(QUIET_S)
        core("after")
        outline = json.dumps(kiosk.screen, ensure_ascii=False)
        at = village.hour.now()
        if at.second > 50:  # one minute on both clocks
            time.sleep(61 - at.second)
            at = village.hour.now()
        after = pixels(kiosk, place, "after")
        if asked.long:
            time.sleep(60)
            core("a_minute_later")
        kiosk.stop()
        village.hour.last, village.hour.begun = at.replace(second=0, microsecond=0), None
        kiosk.start()
        time.sleep(1.5)
        fresh = pixels(kiosk, place, "fresh")
        kiosk.tap("go:whats_on", then="desk/calendar")
        elsewhere = pixels(kiosk, place, "elsewhere")
        kiosk.stop()
        differing = sum(a != b for a, b in zip(after, fresh))
        texts = {"trace": b"".join(p.read_bytes() for p in village.folder.glob("trace-*.jsonl")), "terminal": b"".join(p.read_bytes() for p in village.folder.glob("kiosk-*.log")),
                 "outline": outline.encode(), "names of files": "\n".join(str(p.relative_to(data)) for p in data.rglob("*")).encode()}
        texts["journal"] = stage.run("journal", "--data", data, "--last", 1_000_000, "--json").stdout.encode()
        figures["texts"] = {name: sum(needles.count(content).values()) for name, content in texts.items()}
        figures["glass"] = {"bytes_that_differ_from_a_fresh_start": differing, "control_another_screen": sum(a != b for a, b in zip(after, elsewhere))}
        figures["cores"] = cores
        # The disk: whose bytes each hit is.
        subprocess.run(["sync", "-f", str(disk.mount)], check=True)
        owners = [(begin, end, "photos" if f.parent.name == "photos" else f.name if f.name.startswith("nuanzhan.db") else "another file: " + f.relative_to(data).parts[0])
                  for f in data.rglob("*") if f.is_file() for begin, end in disk.extents(f)]
        with sqlite3.connect(f"file:{data}/nuanzhan.db?mode=ro", uri=True) as database:
            free = database.execute("PRAGMA freelist_count").fetchone()[0]
        database.close()
        disk.down()
        image = disk.image.read_bytes()
        where = collections.Counter()
        for kind, offset in needles.find(image):
            owner = next((o for begin, end, o in owners if begin <= offset < end), "free blocks")
            where[f"{owner}: {kind}"] += 1
        figures["disk"] = {"hits": dict(sorted(where.items())), "free_pages_of_the_database": free}

        for name, hits in figures["texts"].items():
            if hits:
                wrong.append(f"{hits} planted texts stand in the {name}")
        if differing:
            wrong.append(f"the glass is not that of a fresh start: {differing} bytes differ")
        if cores["after"]["hits"]:
            wrong.append(f"{cores['after']['hits']} planted texts are in memory after the session: {cores['after']['where']}")
        elsewhere_hits = {k: n for k, n in where.items() if not k.startswith(("nuanzhan.db", "photos")) or k.endswith("keys")}
        if elsewhere_hits:
            wrong.append(f"planted texts on the disk where none may be: {elsewhere_hits}")
        # Whether anything would be found at all.
        blind = [what for what, sees in (("memory", all(cores["signed_in"]["kinds"].get(k) for k in ("names in UTF-8", "phones", "photo"))), ("glass", figures["glass"]["control_another_screen"] > 1000),
                                         ("voice", not asked.long or cores["said"]["kinds"].get("voice")), ("disk", any(k.startswith("nuanzhan.db: names") for k in where))) if not sees]
        if blind:
            wrong.append(f"this test is blind: {blind}")
    finally:
        if kiosk:
            kiosk.close()
        if disk:
            disk.close()
        if asked.keep:
            shutil.copytree(place, asked.keep, dirs_exist_ok=True, symlinks=True)
        shutil.rmtree(place, ignore_errors=True)
    print(json.dumps(figures, ensure_ascii=False))
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
