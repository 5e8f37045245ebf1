#!/bin/sh
# The picture in README.md from a report:  ./risefall report DAY --format html -o day.html && docs/report-png.sh day.html docs/report.png
# Needs chromium; pngquant, where there, makes the file small.
set -eu
page=$(realpath "$1")
picture=$2
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
  --window-size=1200,1480 --screenshot="$picture" "file://$page" 2>/dev/null
if command -v pngquant >/dev/null; then
  pngquant --force --output "$picture" 64 "$picture"
fi
