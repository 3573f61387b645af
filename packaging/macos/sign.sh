#!/usr/bin/env bash
# Sign the app so that macOS starts it.
#
#   packaging/macos/sign.sh "dist/bundle/EffNet Studio.app"
#
# MACOS_IDENTITY   name of a "Developer ID Application" certificate in the key chain. Without it the
#                  app is signed ad hoc: it starts on this Mac, and elsewhere only after the user has
#                  allowed it in System Settings.
#
# From the inside out: each library first, the app last.
set -euo pipefail

app=${1:?"name the app to sign"}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ -d "$app/Contents/MacOS" ] || { echo "There is no app in $app." >&2; exit 1; }

options=(--force --sign "${MACOS_IDENTITY:--}")
if [ -n "${MACOS_IDENTITY:-}" ]; then
  options+=(--timestamp --options runtime)
else
  echo "MACOS_IDENTITY is not set: signing ad hoc. The app will not start on other Macs by itself."
fi

# Whatever is machine code, wherever it lies. Links are signed with what they point to.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
  while IFS= read -r -d '' file; do
    if file -b "$file" | grep -q 'Mach-O'; then
      codesign "${options[@]}" "$file"
    fi
  done
# Frameworks are signed as a whole.
find "$app/Contents" -type d -name '*.framework' -prune -print0 |
  while IFS= read -r -d '' framework; do
    codesign "${options[@]}" "$framework"
  done

# The programs are what the entitlements are for; the app's own signature covers all the rest.
for program in "$app/Contents/MacOS"/*; do
  if [ -f "$program" ] && file -b "$program" | grep -q 'Mach-O'; then
    codesign "${options[@]}" --entitlements "$here/entitlements.plist" "$program"
  fi
done
codesign "${options[@]}" --entitlements "$here/entitlements.plist" "$app"
codesign --verify --deep --strict "$app"
echo "Signed: $app"
