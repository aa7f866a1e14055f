#!/usr/bin/env bash
# A power cut loses no confirmed fact, and this test would notice if it did. timeout_s: 3600, one_try
# power_cut.sh [--cuts N] [--seed S]; NUANZHAN_LONG=1 makes 500 cuts of each part. Needs root and loop devices, else it is skipped (77).
set -euo pipefail
exec python3 "$(dirname "${BASH_SOURCE[0]}")/power_cut.py" "$@"
