#!/usr/bin/env python3
"""A picture from a stick, under a real systemd: decoded by a process of the importer's user that has no file of the village, no network, no device. timeout_s: 300

The units of deploy/systemd run in a box (machine.py). The kiosk's user hands a picture to the socket and gets pixels; anybody else is refused at the socket. While a second
picture is on its way, and its process waits, that process is looked at: whose it is, what it may do, and what of the village it sees. Files that are no pictures get a reason, and
leave nothing behind.
"""
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time

import machine
import stage

SIDE = 64
CLIENT = r"""
import socket, struct, sys
picture, wait, uid = open(sys.argv[1], 'rb').read(), float(sys.argv[2]), int(sys.argv[3])
import os, time
os.setgroups([]); os.setgid(uid); os.setuid(uid)
s = socket.socket(socket.AF_UNIX)
try:
    s.connect('/run/nuanzhan-import/socket')
except OSError as e:
    print(type(e).__name__); sys.exit(0)
s.settimeout(30)
s.sendall(b'NZIMPOR1' + struct.pack('II', %d, len(picture)) + picture[:len(picture) // 2])
time.sleep(wait)
s.sendall(picture[len(picture) // 2:])
s.shutdown(socket.SHUT_WR)
answer = b''
while piece := s.recv(1 << 16):
    answer += piece
print(*struct.unpack('8x4I', answer[:24]), len(answer) - 24)
""" % SIDE


def main():
    why = machine.missing()
    if why:
        print(why)
        return 77
    wrong = []
    village = stage.Village(residents=60, days=2)
    box = machine.Box(village)
    try:
        good = box.folder / "photo.png"
        subprocess.run(["convert", "-size", "300x200", "plasma:red-blue", good], check=True)
        bad = box.folder / "bad.png"
        bad.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(5000))
        for path in (good, bad):
            path.chmod(0o644)
        (box.folder / "client.py").write_text(CLIENT)
        box.start()
        box.wait_screen("desk/home", limit=60) if not box.screens() else None

        def asks(path, wait=0.0, user=machine.USER, behind=False):
            command = ["nsenter", "--target", str(box.systemd()), "--mount", "--net", "python3", "/run/box/out/client.py", f"/run/box/out/{path.name}", str(wait), str(user)]
            asked = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            return asked if behind else asked.communicate(timeout=60)[0].strip()

        begun = time.monotonic()
        said = asks(good)
        took_ms = round(1000 * (time.monotonic() - begun))
        if said != f"0 {SIDE} {SIDE} 0 {4 * SIDE * SIDE}":
            wrong.append(f"a good picture: {said}")
        if asks(bad).split()[:1] != ["2"]:  # NoImage::not_one
            wrong.append("what is no picture was not called so")
        for other in (65534, machine.IMPORTER):
            if (said := asks(good, user=other)) != "PermissionError":
                wrong.append(f"user {other} at the socket: {said}")

        # Two at a time, and no more; each is looked at while it waits for the rest of its picture.
        waiting = asks(good, wait=6, behind=True)
        end = time.monotonic() + 5
        found = None
        while found is None and time.monotonic() < end:
            for pid in machine.children(box.process.pid):
                if machine.command_of(pid) == "nuanzhan" and b"import-picture" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                    found = pid
            time.sleep(0.05)
        if found is None:
            wrong.append("no importer was started")
        else:
            time.sleep(1)  # it has confined itself
            status = dict(line.split(":\t", 1) for line in pathlib.Path(f"/proc/{found}/status").read_text().splitlines() if ":\t" in line)
            if {*status["Uid"].split()} != {str(machine.IMPORTER)}:
                wrong.append(f"the importer is user {status['Uid']}")
            for what, value in {"NoNewPrivs": "1", "Seccomp": "2", "CapEff": "0" * 16, "CapBnd": "0" * 16}.items():
                if status[what].strip() != value:
                    wrong.append(f"the importer's {what} is {status[what].strip()}")
            own = pathlib.Path(f"/proc/{found}/root")
            for hidden in ("var/lib/nuanzhan/nuanzhan.db", "var/lib/nuanzhan/persons.keys", "run/nuanzhan-display/cookie", "dev/snd", "dev/dri", "dev/input"):
                if (own / hidden).exists():
                    wrong.append(f"the importer sees /{hidden}")
            if pathlib.Path(f"/proc/{found}/ns/net").readlink() == pathlib.Path(f"/proc/{box.pid('nuanzhan')}/ns/net").readlink():
                wrong.append("the importer has the kiosk's network")
            if sum(1 for _ in pathlib.Path(f"/proc/{found}/fd").iterdir()) > 3:
                wrong.append("the importer has more open than its socket")
        if waiting.communicate(timeout=60)[0].split()[:1] != ["0"]:
            wrong.append("the picture that took its time was not decoded")
        time.sleep(0.5)
        left = [p for p in machine.children(box.process.pid) if machine.command_of(p) == "nuanzhan" and b"import-picture" in pathlib.Path(f"/proc/{p}/cmdline").read_bytes()]
        if left:
            wrong.append("an importer stays after its picture")
        if any(line for line in box.not_applied() if "import" in line):
            wrong.append(str(box.not_applied()))
    except Exception:
        print(box.report())
        raise
    finally:
        box.close()
        village.close()
    print(json.dumps({"wrong": len(wrong), "picture_ms": took_ms}))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
