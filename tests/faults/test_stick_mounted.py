#!/usr/bin/env python3
"""What is plugged in is there for the kiosk, under a real systemd, and gone when it is pulled out. timeout_s: 300

A loop device with ext4 (this kernel may have no vfat or exfat) goes through nuanzhan-stick@.service while the kiosk runs in a box (machine.py): mounted
below /media without programs, devices and set-uid bits, seen and written to by the kiosk's user from within its unit; stopped, as udev does when it is pulled out, it is gone
from there though a file is open. A file system that no stick has is refused. What udev itself does cannot be tried in here: the box has no udev, so the
unit's lines about the device are left out. NUANZHAN_LONG=1 waits for the kiosk's own backup on it.
"""
import json
import os
import pathlib
import subprocess
import sys
import time

import machine
import stage


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Loop:
    def __init__(self, folder, name, kind):
        self.device = None
        image = folder / f"{name}.img"
        content = folder / f"{name}.content"
        (content / "nuanzhan").mkdir(parents=True)
        os.chown(content / "nuanzhan", machine.USER, machine.USER)
        with open(image, "wb") as file:
            file.truncate(48 << 20)
        made = run("mke2fs", "-q", "-F", "-t", kind, "-d", content, image)
        if made.returncode == 0:
            self.device = run("losetup", "--find", "--show", image).stdout.strip() or None

    def name(self):
        return pathlib.Path(self.device).name

    def close(self):
        if self.device:
            run("losetup", "--detach", self.device)


def main():
    why = machine.missing()
    if why:
        print(why)
        return 77
    wrong, figures = [], {}
    village = stage.Village(residents=60, days=2)
    pair = stage.run("keys", "make").stdout.split()
    subprocess.run([stage.PROGRAM, "keys", "township", "--data", village.data], input=pair[1], text=True, check=True, capture_output=True)
    box, sticks = machine.Box(village), []
    try:
        unit = box.folder / "units/nuanzhan-stick@.service"
        unit.write_text("".join(line for line in unit.read_text().splitlines(True) if not line.startswith(("BindsTo=", "After="))))
        box._unit(box.folder / "units/nuanzhan-stick@.service.d/box.conf",
                  "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=\nExecStart=/run/box/source/deploy/machine/stick in %i\n"
                  "ExecStop=\nExecStop=/run/box/source/deploy/machine/stick out %i\n")
        good, strange = Loop(box.folder, "good", "ext4"), Loop(box.folder, "strange", "ext2")
        sticks += [good, strange]
        if not good.device or not strange.device:
            print("no loop device here")
            return 77
        box.start()
        box.wait_screen("desk/home", limit=60) if not box.screens() else None

        def systemctl(*what):
            return run("nsenter", "--target", str(box.systemd()), "--mount", "--net", "--pid", "systemctl", *what)

        def as_kiosk(script):
            """In the files that the kiosk's unit sees, as its user."""
            return run("nsenter", "--target", str(box.pid("nuanzhan")), "--mount", "setpriv", f"--reuid={machine.USER}", f"--regid={machine.USER}", "--clear-groups", "sh", "-c", script)

        at = f"/media/stick-{good.name()}"
        if as_kiosk(f"ls {at}").returncode == 0:
            wrong.append("something is there before anything is plugged in")
        begun = time.monotonic()
        started = systemctl("start", f"nuanzhan-stick@{good.name()}.service")
        figures["mounted_ms"] = round(1000 * (time.monotonic() - begun))
        if started.returncode != 0:
            wrong.append(f"a good stick was not mounted: {started.stderr}")
        seen = next((line.split() for line in open(f"/proc/{box.pid('nuanzhan')}/mounts") if f" {at} " in line), [])
        if len(seen) < 4 or not {"nosuid", "nodev", "noexec"} <= set(seen[3].split(",")):
            wrong.append(f"the kiosk sees of it: {seen}")
        written = as_kiosk(f"set -e; echo kept > {at}/nuanzhan/a; sync {at}/nuanzhan/a; cat {at}/nuanzhan/a; cp /bin/true {at}/nuanzhan/program; chmod +x {at}/nuanzhan/program; ! {at}/nuanzhan/program")
        if written.stdout.strip() != "kept" or written.returncode != 0:
            wrong.append(f"the kiosk's user cannot write to it, or what lies there runs: {written.stdout}{written.stderr}")
        if os.environ.get("NUANZHAN_LONG"):
            end = time.monotonic() + 150
            while time.monotonic() < end and not as_kiosk(f"ls {at}/nuanzhan").stdout.count(".nzb\n"):
                time.sleep(2)
            figures["backup"] = as_kiosk(f"ls {at}/nuanzhan").stdout.count(".nzb\n")
            if not figures["backup"]:
                wrong.append(f"no backup on it after 150 s: {as_kiosk(f'ls {at}/nuanzhan').stdout}")

        # Pulled out while it is read.
        holder = subprocess.Popen(["nsenter", "--target", str(box.pid("nuanzhan")), "--mount", "sh", "-c", f"exec 3<{at}/nuanzhan/a; echo open; sleep 60"], stdout=subprocess.PIPE, text=True)
        holder.stdout.readline()
        begun = time.monotonic()
        stopped = systemctl("stop", f"nuanzhan-stick@{good.name()}.service")
        figures["gone_ms"] = round(1000 * (time.monotonic() - begun))
        if stopped.returncode != 0 or as_kiosk(f"ls {at}/nuanzhan").returncode == 0:
            wrong.append(f"a stick that was pulled out is still there for the kiosk: {stopped.stderr}")
        holder.kill()
        holder.wait()
        if systemctl("start", f"nuanzhan-stick@{good.name()}.service").returncode != 0 or as_kiosk(f"cat {at}/nuanzhan/a").stdout.strip() != "kept":
            wrong.append("plugged in again it is not there")
        systemctl("stop", f"nuanzhan-stick@{good.name()}.service")

        for other in (strange.name(), "nosuchdevice"):
            if systemctl("start", f"nuanzhan-stick@{other}.service").returncode == 0 or as_kiosk(f"ls /media/stick-{other}").returncode == 0:
                wrong.append(f"{other} was mounted")
        if box.pid("nuanzhan") is None:
            wrong.append("the kiosk is gone")
    except Exception:
        print(box.report())
        raise
    finally:
        box.close()
        for stick in sticks:
            stick.close()
        village.close()
    print(json.dumps({"wrong": len(wrong), **figures}))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
