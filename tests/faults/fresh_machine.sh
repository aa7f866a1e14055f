#!/usr/bin/env bash
# A fresh Debian 12 with nothing installed by hand, and a clean clone: deploy/run and tests/run must both work there;
# the package made there must install and run on another fresh machine, which never saw a compiler.
# Rule: the machine it runs on is not changed; all is done in a directory of its own with its own mounts.
# Long form only (it downloads about 900 MB of packages): NUANZHAN_LONG=1, root, debootstrap.
# NUANZHAN_FRESH_TESTS is what tests/run is given inside (default: all but journeys and faults).
# timeout_s: 5400
set -euo pipefail

[[ ${NUANZHAN_LONG:-} == 1 ]] || { echo "takes minutes: only with NUANZHAN_LONG=1"; exit 77; }
[[ $(id -u) == 0 ]] || { echo "needs root, to make a machine in a directory"; exit 77; }
command -v debootstrap >/dev/null || { echo "needs debootstrap"; exit 77; }

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

if [[ ${1:-} != inside ]]; then
  machine=$(mktemp -d "${TMPDIR:-/tmp}/nuanzhan-fresh.XXXXXX")
  chmod 755 "$machine"  # apt reads as its own user
  # Mounts live and die with this namespace; then nothing but plain files is left to remove.
  code=0
  unshare --mount --pid --fork --kill-child --propagation private "${BASH_SOURCE[0]}" inside "$machine" || code=$?
  rm -rf --one-file-system "$machine" "$machine.bare"
  exit "$code"
fi
machine=$2

step() { printf '%s  %s\n' "$(date +%T)" "$*"; }
archive() { apt-get indextargets --format "$1" 'Created-By: Packages' 'Origin: Debian' 'Component: main' | sort -u; }
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Codename: bookworm' \
         'Component: main' | head -n 1)
[[ -n $mirror ]] || { echo "apt on this machine knows no archive of Debian 12"; exit 77; }

step "debootstrap, minbase"
debootstrap --variant=minbase bookworm "$machine" "$mirror" >"$machine.log" 2>&1 || { tail -n 20 "$machine.log"; exit 1; }
rm -f "$machine.log"
archive 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' | grep -E ' bookworm(-updates|-security)? ' >"$machine/etc/apt/sources.list"
# How this machine reaches the archive (a proxy, a frozen mirror), and nothing else of its set-up.
apt-config dump | grep -E '^Acquire::((http|https)::.*Proxy|Check-(Valid-Until|Date)) ' >"$machine/etc/apt/apt.conf.d/10way" || true
cp -L /etc/resolv.conf "$machine/etc/resolv.conf" 2>/dev/null || true
cp -L /etc/hosts "$machine/etc/hosts" 2>/dev/null || true

cp -a "$machine" "$machine.bare"

step "clean clone"
git clone -q --no-hardlinks "$source_dir" "$machine/home/nuanzhan"
if [[ -n $(git -C "$source_dir" status --porcelain 2>/dev/null) ]]; then
  step "note: what is not committed is not in the clone"
fi

mount -t proc proc "$machine/proc"
mount --rbind /dev "$machine/dev"
mount -t tmpfs tmpfs "$machine/dev/shm"
mount -t tmpfs tmpfs "$machine/tmp"
mount -t proc proc "$machine.bare/proc"
mount --rbind /dev "$machine.bare/dev"

on() { local where=$1; shift; env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb chroot "$where" "$@"; }
there() { on "$machine" "$@"; }
step "deploy/setup"
there /home/nuanzhan/deploy/setup
step "deploy/setup again: must need nothing"
begin=$(date +%s%N)
there /home/nuanzhan/deploy/setup
spent_ms=$((($(date +%s%N) - begin) / 1000000))
step "$spent_ms ms"
[[ $spent_ms -lt 2000 ]] || { echo "deploy/setup with nothing to do took $spent_ms ms"; exit 1; }
step "deploy/run"
there /home/nuanzhan/deploy/run
step "deploy/run again"
begin=$(date +%s)
there /home/nuanzhan/deploy/run
step "$(($(date +%s) - begin)) s"
step "tests/run"
# shellcheck disable=SC2086
there /home/nuanzhan/tests/run ${NUANZHAN_FRESH_TESTS:--LE journeys|faults}
step "clone left clean"
changed=$(git -C "$machine/home/nuanzhan" status --porcelain)
[[ -z $changed ]] || { echo "building left files that git sees:"; echo "$changed"; exit 1; }
step "deploy/package"
there /home/nuanzhan/deploy/package
step "its package on a machine without a compiler"
cp "$machine"/home/nuanzhan/build/nuanzhan_*.deb "$machine.bare/root/"
on "$machine.bare" apt-get -qq update
on "$machine.bare" sh -c 'DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install /root/nuanzhan_*.deb' \
  >"$machine.bare/root/install.log" 2>&1 || { tail -n 20 "$machine.bare/root/install.log"; exit 1; }
on "$machine.bare" nuanzhan demo --data /tmp/village
on "$machine.bare" getent passwd nuanzhan nuanzhan-import >/dev/null || { echo "the package made no users"; exit 1; }
step "an upgrade that is killed comes back"
# The plug in the middle of dpkg, at instants from its first file to its last script; then the start of the next day, and the same once more.
there_are() { on "$machine.bare" nuanzhan journal --data /tmp/village --last 1000000 --json | wc -l; }
facts=$(there_are)
deb=/root/$(basename "$machine".bare/root/nuanzhan_*.deb)
for ms in 20 60 120 200 300 400 500 600 700 800 900 1000 1200 1400 1600 1800 2000 2300 2600 3000; do
  set -m  # a group of its own: all of it goes at once, as with the plug
  on "$machine.bare" dpkg --install "$deb" >/dev/null 2>&1 &
  dpkg=$!
  set +m
  sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
  kill -9 -- "-$dpkg" 2>/dev/null || true
  wait "$dpkg" 2>/dev/null || true
  # What there is of the program runs or says that it is not there: never half of one.
  on "$machine.bare" nuanzhan --version >/dev/null || { echo "after $ms ms no program"; exit 1; }
  on "$machine.bare" dpkg --configure -a >/dev/null 2>&1 || true
  on "$machine.bare" dpkg --install "$deb" >/dev/null 2>&1 || { echo "after $ms ms the package cannot be installed again"; exit 1; }
  [[ $(there_are) == "$facts" ]] || { echo "after $ms ms the village is another"; exit 1; }
done
step "done"
