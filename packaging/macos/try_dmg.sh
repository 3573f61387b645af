#!/usr/bin/env bash
# Open the image as a user does, copy the app out of it, and let it try itself.
#
#   packaging/macos/try_dmg.sh dist/EffNet_Studio-1.2.3-macos-arm64.dmg
#
# Leaves nothing behind but build/self-test.json and build/pictures.
set -euo pipefail

image=${1:?"name the image"}
stage=$(mktemp -d)
mkdir -p build/pictures
hdiutil attach "$image" -nobrowse -readonly -mountpoint "$stage/image"
trap 'hdiutil detach "$stage/image" -force || true; rm -rf "$stage"' EXIT
[ "$(readlink "$stage/image/Applications")" = /Applications ]

ditto "$stage/image/EffNet Studio.app" "$stage/EffNet Studio.app"
app="$stage/EffNet Studio.app"
codesign --verify --deep --strict "$app"
plutil -lint "$app/Contents/Info.plist"
command="$app/Contents/MacOS/effnet-studio"
"$command" --version
"$command" doctor
"$command" self-test --json build/self-test.json --pictures build/pictures

# As Finder starts it: the window must stay open.
open -n "$app"
sleep 20
pgrep -f "$app/Contents/MacOS/EffNet Studio" > /dev/null || { echo "The window ended by itself." >&2; exit 1; }
pkill -TERM -f "$app/Contents/MacOS/EffNet Studio"
echo "All was well."
