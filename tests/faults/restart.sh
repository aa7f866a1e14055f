#!/usr/bin/env bash
# Whatever ends the kiosk, it is back on the same public screen, nobody signed in, under a real systemd. timeout_s: 3600
# restart.sh [--rounds N]; NUANZHAN_LONG=1 makes 500. Needs root, namespaces, systemd and Xvfb, else it is skipped (77).
[[ -z ${NUANZHAN_LONG:-} ]] || exec timeout 3500 python3 "$(dirname "${BASH_SOURCE[0]}")/restart.py" "$@"
exec python3 "$(dirname "${BASH_SOURCE[0]}")/restart.py" "$@"
