"""A machine in a box: a real systemd as process 1 of namespaces of its own, with the units of deploy/systemd and a virtual screen.

Nothing of the machine around it is changed: files, processes, network, host name and control groups are the box's own, and all of it is
gone when the box is closed. What differs from a kiosk is written in `Box.differs`; what systemd could not apply in here, it says itself
(`Box.not_applied`).
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import stage  # noqa: E402

SYSTEMD = pathlib.Path("/lib/systemd/systemd")
SIZE = "1280x800"
# What a line of the unit needs of the kernel's control groups: one of these, as systemd names them.
NEEDS = {"MemoryMax=": ["memory"], "DevicePolicy=, DeviceAllow=": ["devices", "bpf-devices"], "IPAddressDeny=": ["bpf-firewall"], "SocketBindDeny=": ["bpf-socket-bind"]}
USER, IMPORTER = 64042, 64044  # of the box's own /etc/passwd
INSIDE = r"""
set -eu
mount --make-rprivate /
mount --make-rshared /  # as on a machine: what is mounted later is seen by the units
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/systemd/system /run/box/source /run/box/out
mount --bind {source} /run/box/source
mount --bind {folder} /run/box/out
cp {program} /run/box/nuanzhan
mount --bind {folder}/passwd /etc/passwd
mount --bind {folder}/group /etc/group
mkdir -p /var/lib/nuanzhan /var/cache/nuanzhan
mount --bind {folder}/data /var/lib/nuanzhan
mount --bind {folder}/cache /var/cache/nuanzhan
cp -r {folder}/units/. /run/systemd/system/
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=1777 tmpfs /var/tmp
mkdir -m 1777 /tmp/.X11-unix
mount --bind {console} /dev/console
ip link set lo up 2>/dev/null || true
{groups}
exec /lib/systemd/systemd --system --unit=box.target --log-target=console --log-level=debug --show-status=no --default-standard-output=null --default-standard-error=null
"""


def missing():
    """Why a box cannot be made here; nothing when it can."""
    if os.geteuid() != 0:
        return "needs root, for namespaces with their own mounts"
    for program in ("unshare", "nsenter", "Xvfb", "xauth", "xdotool", "mount"):
        if shutil.which(program) is None:
            return f"needs {program}"
    if not SYSTEMD.exists():
        return "needs systemd"
    probe = subprocess.run(["unshare", "--fork", "--pid", "--kill-child", "--mount", "--ipc", "--uts", "--net", "--cgroup", "--mount-proc", "true"],
                           capture_output=True, text=True, check=False)
    return f"no namespaces here: {probe.stderr.strip()}" if probe.returncode else None


def children(pid):
    """All processes below this one, as the machine around the box numbers them."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(n) for n in task.read_text().split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *children(child)]
    return found


def command_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


class Box:
    differs = ["ExecStart=: Xvfb instead of Xorg, the program as it was built", "DefaultDependencies=no: no other service of the machine is started",
               "PrivateTmp= and BindReadOnlyPaths= stand on a /tmp of the box's own"]

    def __init__(self, village, arguments=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nuanzhan-box-"))
        self.folder.chmod(0o755)
        self.village = village
        self.trace = self.folder / "data" / "trace.jsonl"
        self.process, self.groups, self.read, self.events = None, [], 0, []
        try:
            self._prepare(arguments)
        except BaseException:
            self.close()
            raise

    def _prepare(self, arguments):
        shutil.copytree(self.village.data, self.folder / "data")
        (self.folder / "cache").mkdir()
        for path in [self.folder / "data", *(self.folder / "data").rglob("*"), self.folder / "cache"]:
            os.chown(path, USER, USER)
        importer = f"nuanzhan-import:x:{IMPORTER}:"
        for name, line in (("passwd", f"nuanzhan:x:{USER}:{USER}::/var/lib/nuanzhan:/usr/sbin/nologin\n{importer}{IMPORTER}::/nonexistent:/usr/sbin/nologin"),
                           ("group", f"nuanzhan:x:{USER}:\n{importer}")):
            (self.folder / name).write_text(pathlib.Path("/etc", name).read_text().rstrip() + "\n" + line + "\n")
        # udev brings it on a machine with devices.
        with open(self.folder / "group", "a") as group:
            if "\ninput:" not in (self.folder / "group").read_text():
                group.write(f"input:x:{USER + 1}:\n")
        more = ["--trace", "/var/lib/nuanzhan/trace.jsonl", "--px-per-mm", str(stage.px_per_mm(SIZE)), "--site", self.village.site_id(),
                "--now", self.village.hour.start(), *arguments]
        units = self.folder / "units"
        shutil.copytree(stage.ROOT / "deploy/systemd", units, ignore=lambda _, names: [n for n in names if not n.endswith((".service", ".socket"))])
        self._unit(units / "box.target", "[Unit]\nWants=nuanzhan-display.service nuanzhan.service\nDefaultDependencies=no\n")
        self._unit(units / "nuanzhan-display.service.d/box.conf",
                   "[Unit]\nDefaultDependencies=no\n[Service]\nExecStartPre=\nExecStartPre=/run/box/source/deploy/systemd/display-cookie\nExecStart=\n"
                   f"ExecStart=/usr/bin/Xvfb :0 -screen 0 {SIZE}x24 -nolisten tcp -noreset -auth /run/nuanzhan-display/cookie\n")
        self._unit(units / "nuanzhan.service.d/box.conf",
                   "[Unit]\nDefaultDependencies=no\n[Service]\nEnvironment=NUANZHAN_SHARE=/run/box/source\n"
                   f"Environment=\"NUANZHAN_ARGUMENTS={' '.join(more)}\"\nExecPaths=/run/box\nExecStart=\n"
                   "ExecStart=/run/box/nuanzhan run --data /var/lib/nuanzhan $NUANZHAN_ARGUMENTS\nStandardError=append:/run/box/out/program.log\n")

        self._unit(units / "nuanzhan-import.socket.d/box.conf", "[Unit]\nDefaultDependencies=no\n")
        self._unit(units / "nuanzhan-import@.service.d/box.conf",
                   "[Unit]\nDefaultDependencies=no\n[Service]\nExecPaths=/run/box\nExecStart=\nExecStart=/run/box/nuanzhan import-picture\n")

    @staticmethod
    def _unit(path, text):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def _control_groups(self):
        """Makes the box's own groups; gives the lines that mount them inside."""
        lines = ["mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup"]
        own = {}
        for line in open("/proc/self/cgroup"):
            _, names, path = line.strip().split(":", 2)
            own[names] = path
        for line in open("/proc/self/mounts"):
            _, at, kind, options = line.split()[:4]
            if kind not in ("cgroup", "cgroup2"):
                continue
            names = "" if kind == "cgroup2" else next((n for n in own if n and set(n.split(",")) <= set(options.split(","))), None)
            if names is None:
                continue
            group = pathlib.Path(at) / own[names].lstrip("/") / self.folder.name
            group.mkdir()
            self.groups.append(group)
            for needed in ("cpuset.cpus", "cpuset.mems"):  # cgroup 1: nobody may enter before
                if kind == "cgroup" and (group / needed).exists():
                    (group / needed).write_text((group.parent / needed).read_text())
            if at == "/sys/fs/cgroup":  # cgroup 2 alone
                return ["umount -l /sys/fs/cgroup", "mount -t cgroup2 cgroup2 /sys/fs/cgroup"]
            place = f"/sys/fs/cgroup/{pathlib.Path(at).name}"
            lines += [f"mkdir {place}", f"mount -t cgroup2 cgroup2 {place}" if kind == "cgroup2" else
                      f"mount -t cgroup -o {'none,' if '=' in names else ''}{names} cgroup {place}"]
        return lines

    def start(self):
        groups = self._control_groups()
        # systemd speaks to a terminal alone.
        ours, its = os.openpty()
        inside = INSIDE.format(source=stage.ROOT, program=stage.PROGRAM, folder=self.folder, groups="\n".join(groups), console=os.ttyname(its))
        (self.folder / "inside.sh").write_text(inside)
        enter = "".join(f"echo $$ > {g}/cgroup.procs; " for g in self.groups)
        self.log = open(self.folder / "systemd.log", "wb")
        self.process = subprocess.Popen(
            ["sh", "-ec", f"{enter} exec unshare --fork --pid --kill-child --mount --ipc --uts --net --cgroup --mount-proc env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "
             f"container=nuanzhan-box sh {self.folder}/inside.sh"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        threading.Thread(target=self._listen, args=(ours, its), daemon=True).start()

    def _listen(self, ours, its):
        while True:
            try:
                said = os.read(ours, 4096)
            except OSError:
                return
            if self.log.closed:
                os.close(ours)
                os.close(its)
                return
            self.log.write(said)
            self.log.flush()

    # --- what is seen

    def look(self):
        """Reads what the trace has new; gives all of it."""
        if self.trace.exists():
            with open(self.trace, "rb") as trace:
                trace.seek(self.read)
                new = trace.read()
            whole = new[: new.rfind(b"\n") + 1]
            self.read += len(whole)
            for line in whole.splitlines():
                try:
                    self.events.append(json.loads(line))
                except ValueError:
                    pass  # a line that was cut when the program was killed
        return self.events

    def wait(self, found, what, limit):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            self.look()
            if (result := found()) is not None:
                return result
            time.sleep(0.01)
        raise TimeoutError(f"waited {limit:g} s for {what}\n{self.report()}")

    def screens(self, since=0):
        return [e for e in self.events[since:] if e["event"] == "screen"]

    def wait_screen(self, key, since=0, limit=30):
        return self.wait(lambda: next((e for e in self.screens(since)[-1:] if e["key"] == key), None), key, limit)

    def pid(self, command):
        return next((p for p in children(self.process.pid) if command_of(p) == command), None)

    def systemd(self):
        return next((p for p in children(self.process.pid) if command_of(p) == "systemd"), None)

    def report(self):
        def tail(path):
            lines = path.read_text(errors="replace").splitlines() if path.exists() else []
            return "\n".join([line for line in lines if line.startswith("nuanzhan") or path.name != "systemd.log"][-25:])
        seen = " ".join(e["event"] + ":" + e.get("key", "") for e in self.events[-6:] if e["event"] != "frame")
        return f"last seen: {seen}\nsystemd: {tail(self.folder / 'systemd.log')}\nprogram: {tail(self.folder / 'program.log')}"

    def not_applied(self):
        """Which of the kiosk's lines systemd could not apply in here, in its own words."""
        log = (self.folder / "systemd.log").read_text(errors="replace")
        has = {name: answer == "yes" for name, answer in re.findall(r"Controller '([\w-]+)' supported: (\w+)", log)}
        lines = [f"{line}: this kernel or its control groups cannot" for line, needed in NEEDS.items() if not any(has.get(n) for n in needed)]
        said = re.findall(r"nuanzhan\.service: (Failed to (?!parse system call)[^\r\n]*ignoring[^\r\n]*)", log)
        return lines + sorted(set(said))

    # --- hands

    def inside(self, *command, **more):
        """Runs a program in the box, at its display."""
        done = subprocess.run(["nsenter", "--target", str(self.systemd()), "--mount", "--net", "env", "DISPLAY=:0", "XAUTHORITY=/run/nuanzhan-display/cookie", *command],
                              text=True, timeout=20, capture_output=True, check=False, **more)
        if done.returncode != 0:
            raise RuntimeError(f"{command} left with {done.returncode}: {done.stderr}")

    def hand(self, *commands):
        self.inside("xdotool", "-", input="\n".join(commands) + "\n")

    def tap(self, name, limit=10):
        def there():
            return next((w for w in (self.screens() or [{"widgets": []}])[-1]["widgets"] if w["id"] == name), None)
        widget = self.wait(there, f"a target {name}", limit)
        time.sleep(0.6)  # the kiosk asks a hand to wait after a new screen
        x, y, w, h = widget["rect"]
        self.hand(f"mousemove {x + w / 2:.0f} {y + h / 2:.0f}", "mousedown 1", "sleep 0.03", "mouseup 1")

    def close(self):
        if self.process:
            for pid in [p for p in [self.systemd()] if p]:
                os.kill(pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
            self.log.close()
        for group in self.groups:
            for _ in range(50):
                try:
                    for below in sorted((p for p in group.rglob("*") if p.is_dir()), reverse=True):
                        below.rmdir()
                    group.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.1)  # its processes are still leaving
        shutil.rmtree(self.folder, ignore_errors=True)
