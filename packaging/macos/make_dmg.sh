#!/usr/bin/env bash
# Make the .dmg that people open on a Mac: the app, and the folder to drag it to.
#
#   packaging/macos/make_dmg.sh "dist/bundle/EffNet Studio.app" dist/EffNet_Studio-1.2.3-macos-arm64.dmg
#
# MACOS_IDENTITY          signs the app and the image, see sign.sh
# MACOS_NOTARY_PROFILE    profile that `xcrun notarytool store-credentials` has put in the key chain,
# or MACOS_NOTARY_APPLE_ID, MACOS_NOTARY_TEAM_ID and MACOS_NOTARY_PASSWORD (one for this app alone):
#                         has Apple look at the image, and staples the answer to it. Without them
#                         that is left out, and users must allow the app once in System Settings.
set -euo pipefail

app=${1:?"name the app"}
image=${2:?"name the image to write"}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ "$(uname)" = Darwin ] || { echo "A .dmg can only be made on macOS." >&2; exit 1; }

"$here/sign.sh" "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
ditto "$app" "$stage/$(basename "$app")"
ln -s /Applications "$stage/Applications"
rm -f "$image"
mkdir -p "$(dirname "$image")"
# LZMA: every Mac since 10.15 reads it.
hdiutil create -volname "EffNet Studio" -srcfolder "$stage" -fs APFS -format ULMO -ov "$image"

if [ -n "${MACOS_IDENTITY:-}" ]; then
  codesign --force --timestamp --sign "$MACOS_IDENTITY" "$image"
fi

credentials=()
if [ -n "${MACOS_NOTARY_PROFILE:-}" ]; then
  credentials=(--keychain-profile "$MACOS_NOTARY_PROFILE")
elif [ -n "${MACOS_NOTARY_APPLE_ID:-}" ]; then
  credentials=(
    --apple-id "$MACOS_NOTARY_APPLE_ID"
    --team-id "${MACOS_NOTARY_TEAM_ID:?"set MACOS_NOTARY_TEAM_ID too"}"
    --password "${MACOS_NOTARY_PASSWORD:?"set MACOS_NOTARY_PASSWORD too"}"
  )
fi
if [ ${#credentials[@]} -eq 0 ] || [ -z "${MACOS_IDENTITY:-}" ]; then
  echo "Not notarised: MACOS_IDENTITY and the MACOS_NOTARY_… variables are not all set."
else
  xcrun notarytool submit "$image" --wait "${credentials[@]}"
  xcrun stapler staple "$image"
  spctl --assess --type open --context context:primary-signature --verbose "$image"
fi
echo "Made: $image"
