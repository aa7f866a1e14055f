#!/usr/bin/env python3
"""What makes a machine a kiosk: the shipped units and files of deploy/systemd and deploy/machine hold the lines that keep it shut, and are packaged.

systemd's own judge gives the kiosk's unit an exposure of at most 1.5. Leaves with 1 and one line for each thing that is wrong, all at
once; with 77 where systemd-analyze is not installed and nothing else is wrong.
"""
import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("NUANZHAN_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
DEPLOY = ROOT / "deploy"
EXPOSURE_AT_MOST = 1.5
wrong = []


def unit(path):
    """{section: {key: [values]}} of a unit; a key without a value empties what stood before, as systemd reads it."""
    sections, here = {}, None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.strip()
        if not line or line[0] in "#;":
            continue
        if line.startswith("["):
            here = sections.setdefault(line.strip("[]"), {})
        elif here is None or "=" not in line:
            wrong.append(f"{path.name}:{number}: not a line of a unit: {line}")
        else:
            key, value = line.split("=", 1)
            here.setdefault(key, []).append(value)
    return sections


def holds(name, section, wanted):
    for key, value in wanted.items():
        if section.get(key, [None])[-1] != value:
            wrong.append(f"{name}: {key}={value} is wanted, {section.get(key)} is there")


def kiosk_unit():
    name = "nuanzhan.service"
    service = unit(DEPLOY / "systemd" / name)["Service"]
    holds(name, service, {
        "Type": "notify", "Restart": "always", "User": "nuanzhan", "LimitCORE": "0", "CapabilityBoundingSet": "", "NoNewPrivileges": "yes",
        "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateNetwork": "yes", "RestrictAddressFamilies": "AF_UNIX", "IPAddressDeny": "any",
        "DevicePolicy": "closed", "UMask": "0077", "KeyringMode": "private", "SystemCallFilter": "~@privileged @resources @mount @debug"})
    if service.get("SystemCallFilter", [""])[0] != "@system-service" or "SystemCallErrorNumber" not in service:
        wrong.append(f"{name}: calls are let in by a list, and one that is not on it hears no instead of ending the kiosk")
    # Back within five seconds of a hang: noticed, ended, begun again.
    seconds = [float(re.sub("ms$", "", v)) / 1000 if v.endswith("ms") else float(v) for v in (service[k][-1] for k in ("WatchdogSec", "RestartSec"))]
    if sum(seconds) > 4.5:
        wrong.append(f"{name}: WatchdogSec and RestartSec take {sum(seconds)} s of the five that a hang may last")
    if unit(DEPLOY / "systemd" / name)["Unit"].get("StartLimitIntervalSec") != ["0"]:
        wrong.append(f"{name}: systemd gives up after some restarts")
    for forbidden, why in {"MemoryDenyWriteExecute": "llvmpipe dies of it", "PrivateDevices": "it takes the graphics away", "PrivateUsers": "X then does not know who asks"}.items():
        if forbidden in service:
            wrong.append(f"{name}: {forbidden}: {why}")
    if "BindsTo" in unit(DEPLOY / "systemd" / name)["Unit"]:
        wrong.append(f"{name}: bound to the display it is stopped, not started again, when X dies")
    gpu = unit(DEPLOY / "machine/real-gpu.conf")["Service"]
    holds("real-gpu.conf", gpu, {"MemoryDenyWriteExecute": "yes"})


def importer_unit():
    name = "nuanzhan-import@.service"
    service = unit(DEPLOY / "systemd" / name)["Service"]
    holds(name, service, {
        "User": "nuanzhan-import", "StandardInput": "socket", "StandardOutput": "socket", "PrivateNetwork": "yes", "RestrictAddressFamilies": "none", "PrivateDevices": "yes",
        "DevicePolicy": "closed", "ProtectSystem": "strict", "ProtectHome": "yes", "MemoryDenyWriteExecute": "yes", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "LimitCORE": "0"})
    if "/var" not in service.get("TemporaryFileSystem", [""])[-1] or "StateDirectory" in service or "ReadWritePaths" in service:
        wrong.append(f"{name}: it sees the village's files")
    socket = unit(DEPLOY / "systemd/nuanzhan-import.socket")["Socket"]
    holds("nuanzhan-import.socket", socket, {"Accept": "yes", "SocketUser": "nuanzhan", "SocketMode": "0600"})
    at = re.search(r'socket = "([^"]+)"', (ROOT / "kiosk/devices/importer.h").read_text())
    if socket.get("ListenStream") != [at and at[1]]:
        wrong.append("nuanzhan-import.socket listens where no kiosk asks")
    if "nuanzhan-import.socket" not in unit(DEPLOY / "systemd/nuanzhan.service")["Unit"].get("Wants", [""])[-1]:
        wrong.append("nuanzhan.service does not start its importer's socket")
    if "nuanzhan-import" not in (DEPLOY / "packaging/postinst").read_text():
        wrong.append("postinst makes no user for the importer")


def display_unit():
    service = unit(DEPLOY / "systemd/nuanzhan-display.service")["Service"]
    command = service["ExecStart"][-1]
    for option in ("-novtswitch", "-nolisten tcp", "-auth "):
        if option not in command:
            wrong.append(f"nuanzhan-display.service: X without {option}")
    holds("nuanzhan-display.service", service, {"Restart": "always", "LimitCORE": "0"})


def sticks():
    rules = [line for line in (DEPLOY / "machine/sticks.rules").read_text().splitlines() if line and line[0] != "#"]
    for wanted in ('SUBSYSTEM=="block"', 'ENV{ID_BUS}=="usb"', 'TAG+="systemd"', 'ENV{SYSTEMD_WANTS}+="nuanzhan-stick@%k.service"'):
        if len(rules) != 1 or wanted not in rules[0]:
            wrong.append(f"sticks.rules: {wanted} is wanted, in one rule")
    script = (DEPLOY / "machine/stick").read_text()
    let_in = set(re.search(r'ID_FS_TYPE\}=="([^"]+)"', rules[0])[1].split("|"))
    if let_in != set(re.findall(r"^  (\w+)\) (?:options|;;)", script, re.M)):
        wrong.append(f"sticks.rules and stick do not mount the same file systems: {sorted(let_in)}")
    for option in ("nosuid", "nodev", "noexec"):
        if option not in script:
            wrong.append(f"stick: mounts without {option}")
    name = "nuanzhan-stick@.service"
    here = unit(DEPLOY / "systemd" / name)
    holds(name, here["Unit"], {"BindsTo": "dev-%i.device"})
    holds(name, here["Service"], {"Type": "oneshot", "RemainAfterExit": "yes"})
    for own in ("PrivateTmp", "ProtectSystem", "ProtectHome", "PrivateMounts", "PrivateDevices", "ReadWritePaths"):
        if own in here["Service"]:
            wrong.append(f"{name}: {own} gives it files of its own, and nobody else sees what it mounts")


def files():
    sysctl = dict(re.split(r"\s*=\s*", line, maxsplit=1) for line in (DEPLOY / "machine/sysctl.conf").read_text().splitlines() if line and line[0] != "#")
    for key, value in {"kernel.sysrq": "0", "kernel.core_pattern": "|/bin/false", "fs.suid_dumpable": "0"}.items():
        if sysctl.get(key) != value:
            wrong.append(f"sysctl.conf: {key} = {value} is wanted")
    xorg = (DEPLOY / "machine/xorg.conf").read_text()
    for option in ("DontVTSwitch", "DontZap"):
        if not re.search(rf'^\s*Option "{option}" "true"$', xorg, re.M):
            wrong.append(f"xorg.conf: {option} is wanted")
    logind = configparser.ConfigParser()
    logind.optionxform = str
    logind.read(DEPLOY / "machine/logind.conf")
    if dict(logind["Login"]) != {"NAutoVTs": "0", "ReserveVT": "0"}:
        wrong.append("logind.conf: no console of its own is wanted")
    rules = [line for line in (DEPLOY / "machine/usbguard.rules").read_text().splitlines() if line and line[0] != "#"]
    # The first rule that fits is taken: what is a stick and a keyboard too is refused before a stick is let in, and the end lets in nothing.
    first_allow = next((n for n, rule in enumerate(rules) if rule.startswith("allow")), len(rules))
    if not any(re.fullmatch(r"reject with-interface all-of \{ 08:\*:\* 03:\*:\* \}", rule) for rule in rules[:first_allow]) or rules[-1] != "block":
        wrong.append("usbguard.rules: a stick that types must be refused first, and what fits no rule be blocked")
    for rule in rules:
        if rule.startswith("allow") and not re.fullmatch(r"allow with-interface equals \{ (08:\*:\*|09:00:\*) \}", rule):
            wrong.append(f"usbguard.rules: lets in more than plain sticks and hubs: {rule}")
    lock = (DEPLOY / "machine/lock").read_text()
    for masked in ("ctrl-alt-del.target", "getty@.service", "autovt@.service", "debug-shell.service"):
        if masked not in lock:
            wrong.append(f"lock: {masked} is not masked")


def packaged():
    package = (DEPLOY / "package").read_text()
    for name in ("deploy/systemd/*.service", "deploy/systemd/*.socket", "deploy/machine/{lock,stick}", "deploy/machine/*.conf", "deploy/machine/*.rules", "usr/lib/tmpfiles.d"):
        if name not in package:
            wrong.append(f"deploy/package leaves out {name}")
    lock = (DEPLOY / "machine/lock").read_text()
    for name in ("sysctl.conf", "xorg.conf", "logind.conf", "usbguard.rules", "sticks.rules"):
        if not (DEPLOY / "machine" / name).exists() or name not in lock:
            wrong.append(f"deploy/machine/{name} is put nowhere by lock")


def judged():
    """systemd's own figure; nothing where its tool is not there."""
    if shutil.which("systemd-analyze") is None:
        return None
    for name in ("nuanzhan.service", "nuanzhan-display.service", "nuanzhan-import.socket", "nuanzhan-import@.service", "nuanzhan-stick@.service"):
        verified = subprocess.run(["systemd-analyze", "verify", "--man=no", str(DEPLOY / "systemd" / name)], capture_output=True, text=True, check=False)
        # That programs are not installed here is no fault of the unit; a word that systemd does not know is.
        wrong.extend(line for line in verified.stderr.splitlines() if re.search(r"nuanzhan.*(Unknown|Failed to parse|Invalid|not a valid)", line) and "system call" not in line)
    figures = {}
    for name in ("nuanzhan.service", "nuanzhan-import@.service"):
        said = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(DEPLOY / "systemd" / name)], capture_output=True, text=True, check=False)
        figure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said.stdout)
        if not figure:
            wrong.append(f"systemd-analyze gave no figure for {name}: {said.stdout[-300:]}{said.stderr}")
            return None
        if float(figure[1]) > EXPOSURE_AT_MOST:
            wrong.append(f"{name}: exposure {figure[1]}, at most {EXPOSURE_AT_MOST}")
        figures[name] = float(figure[1])
    return figures


kiosk_unit()
importer_unit()
display_unit()
sticks()
files()
packaged()
exposure = judged()
if wrong:
    print("\n".join(wrong))
    sys.exit(1)
if exposure is None:
    print("files and units are right; systemd-analyze is not installed, so their exposure was not judged")
    sys.exit(77)
print(f"exposure {exposure}")
