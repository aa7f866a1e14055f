#!/usr/bin/env bash
# deploy/machine/lock: on shuts a machine, off opens it again and leaves /etc as it was, byte for byte. timeout_s: 120
# All in a mount namespace with a layer of its own over /etc and /usr: the machine is not changed. Needs root and systemctl, else skipped.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ $(id -u) == 0 ]] || { echo "needs root, for a layer of its own over /etc"; exit 77; }
command -v systemctl >/dev/null || { echo "needs systemctl"; exit 77; }
if [[ ${1:-} != inside ]]; then
  unshare --mount --propagation private true 2>/dev/null || { echo "no mount namespaces here"; exit 77; }
  exec unshare --mount --propagation private "${BASH_SOURCE[0]}" inside
fi

layer=$(mktemp -d /run/nuanzhan-lock.XXXXXX)
mount -t tmpfs tmpfs "$layer"
trap 'umount -l "$layer"; rmdir "$layer"' EXIT
for at in /etc /usr; do
  mkdir -p "$layer$at/upper" "$layer$at/work"
  mount -t overlay overlay -o "lowerdir=$at,upperdir=$layer$at/upper,workdir=$layer$at/work" "$at" || { echo "no overlay file system here"; exit 77; }
done
mkdir "$layer/empty"
mount --bind "$layer/empty" /run/systemd  # no running systemd is asked for anything
install -D -m 644 -t /usr/share/nuanzhan/machine "$source_dir"/deploy/machine/*.conf "$source_dir"/deploy/machine/*.rules
install -D -m 755 -t /usr/lib/nuanzhan "$source_dir/deploy/machine/lock"
install -D -m 644 -t /usr/lib/systemd/system "$source_dir"/deploy/systemd/*.service
rm -f /usr/bin/usbguard  # its daemon is another test's, on a machine with USB

whole() { (cd /etc && find . -type f -exec sha256sum {} + -o -type l -printf '%p -> %l\n' | sort); }
failed=0
wrong() { echo "wrong: $*"; failed=1; }
lock=/usr/lib/nuanzhan/lock
whole >"$layer/before"

"$lock" again
whole | cmp -s - "$layer/before" || wrong "again changed a machine that was never locked"
"$lock" >/dev/null 2>&1 && wrong "without a word it did something"
"$lock" on >/dev/null 2>&1 || wrong "on left with $?"
for unit in ctrl-alt-del.target getty@.service autovt@.service debug-shell.service; do
  [[ $(readlink "/etc/systemd/system/$unit") == /dev/null ]] || wrong "$unit is not masked"
done
for link in sysctl.d/90-nuanzhan.conf X11/xorg.conf.d/90-nuanzhan.conf systemd/logind.conf.d/90-nuanzhan.conf udev/rules.d/90-nuanzhan-sticks.rules; do
  [[ -L /etc/$link && -s /etc/$link ]] || wrong "/etc/$link leads nowhere"
done
[[ $(systemctl is-enabled nuanzhan.service nuanzhan-display.service | sort -u) == enabled ]] || wrong "the kiosk does not start with the machine"
"$lock" again >/dev/null 2>&1 || wrong "again, as an upgrade does, left with $?"
"$lock" off >/dev/null 2>&1 || wrong "off left with $?"
whole >"$layer/after"
diff "$layer/before" "$layer/after" || wrong "off does not leave /etc as it was"
[[ $failed == 0 ]] && echo "on, again and off; /etc is as it was"
exit $failed
