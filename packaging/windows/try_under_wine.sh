#!/usr/bin/env bash
# Make the Windows installer with Inno Setup under Wine and use it: install, upgrade, uninstall.
#
#   packaging/windows/try_under_wine.sh FOLDER_WITH_ISCC_EXE
#
# Needs wine (with its 32-bit part) and xvfb. The app in it is a stand-in, a program of Wine's: this
# tries the installer, not the app. The npm package `innosetup` holds the compiler.
set -euo pipefail

compiler=${1:?"name the folder that holds ISCC.exe"}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
export WINEPREFIX=$work/prefix WINEDEBUG=-all DISPLAY=${WINE_DISPLAY:-:97}
Xvfb "$DISPLAY" -screen 0 1024x768x24 >/dev/null 2>&1 &
screen=$!
trap 'wineserver -k || true; kill "$screen" 2>/dev/null || true; rm -rf "$work"' EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }
ok() { echo "ok  $*"; }

wineboot --init >/dev/null 2>&1
home=$(find "$WINEPREFIX/drive_c/users" -mindepth 1 -maxdepth 1 ! -name Public | head -1)
stand_in=$WINEPREFIX/drive_c/windows/notepad.exe
app="$home/AppData/Local/Programs/EffNet Studio"

make() { # VERSION, FILE IN IT
  rm -rf "$work/bundle"
  mkdir -p "$work/bundle/_internal"
  cp "$stand_in" "$work/bundle/EffNet Studio.exe"
  cp "$stand_in" "$work/bundle/effnet-studio.exe"
  echo "$1" > "$work/bundle/_internal/$2"
  # Wine does not know the folder of one user's programs by its name.
  (cd "$here" && wine "$compiler/ISCC.exe" /Q "/DVersion=$1" "/DCompression=lzma2/fast" \
    '/DFolder={localappdata}\Programs\EffNet Studio' \
    "/DBundle=$(winepath -w "$work/bundle")" "/DOut=$(winepath -w "$work")" effnet-studio.iss)
}
setup() { # VERSION, OPTIONS…
  local version=$1
  shift
  timeout 120 wine "$work/EffNet_Studio-$version-windows-x64.exe" \
    /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /CURRENTUSER "$@"
}
known() { wine reg query "$@" 2>/dev/null | tr -d '\r'; }
menu='HKCU\Software\Classes\Directory\shell\EffNetStudio'

wine winecfg /v win7
make 0.1.0 old.txt
make 0.2.0 new.txt
ok "both versions compile"
if setup 0.1.0 /LANG=en || [ -e "$app" ]; then fail "installs on a Windows that is too old"; fi
ok "a Windows that is too old is refused"
wine winecfg /v win10

wine reg add 'HKCU\Environment' /v Path /t REG_EXPAND_SZ /d '%USERPROFILE%\bin' /f >/dev/null
setup 0.1.0 /LANG=en /TASKS=path
[[ -f "$app/EffNet Studio.exe" && -f "$app/_internal/old.txt" ]] || fail "not installed"
ok "installed for one user, without an administrator"
[ -n "$(find "$home" -name 'EffNet Studio.lnk' -path '*Start Menu*')" ] || fail "not in the Start menu"
ok "in the Start menu"
known "$menu" | grep -q 'Open with EffNet Studio' || fail "no line in the context menu"
known "$menu" /v AppliesTo | grep -qF '.effnet' || fail "the line would be on every folder"
known "$menu\\command" | grep -qF 'EffNet Studio.exe" "%1"' || fail "the line opens nothing"
ok "projects have a line in their context menu"
known 'HKCU\Software\Classes\.effnet' | grep -q 'EffNetStudio.Project' || fail "the file has no kind"
known 'HKCU\Software\Classes\EffNetStudio.Project\shell\open\command' |
  grep -qF 'EffNet Studio.exe" "%1"' || fail "the file opens nothing"
ok "the file in a project opens it"
known 'HKCU\Environment' /v Path | grep -qF '%USERPROFILE%\bin;C:' || fail "the path is spoilt"
known 'HKCU\Environment' /v Path | grep -qF 'Programs\EffNet Studio' || fail "not on the path"
ok "the command is on the path, beside what was there"

mkdir -p "$home/Documents/EffNet Studio/ants.effnet" "$home/AppData/Local/EffNet Studio"
echo '{}' > "$home/Documents/EffNet Studio/ants.effnet/project.json"
echo kept > "$home/AppData/Local/EffNet Studio/settings.ini"

setup 0.2.0 /LANG=zh_CN
[ -f "$app/_internal/new.txt" ] || fail "not upgraded"
[ ! -e "$app/_internal/old.txt" ] || fail "a file of the old version is still there"
known 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s | grep -c 'DisplayVersion' |
  grep -qx 1 || fail "the old version is still listed"
[ "$(known 'HKCU\Environment' /v Path | grep -o 'Programs.EffNet Studio' | wc -l)" = 1 ] ||
  fail "an upgrade changes the path"
ok "the newer version takes the place of the older one"

timeout 120 wine "$app/unins000.exe" /VERYSILENT /SUPPRESSMSGBOXES
for _ in $(seq 60); do
  [ -e "$app" ] || break
  sleep 0.5
done
[ ! -e "$app" ] || fail "left behind: $(find "$app" | head -5)"
if known "$menu" | grep -q EffNet; then fail "the context menu still has its line"; fi
if known 'HKCU\Software\Classes\.effnet' | grep -q EffNet; then fail "the file keeps its kind"; fi
if known 'HKCU\Environment' /v Path | grep -qF 'EffNet Studio'; then fail "still on the path"; fi
known 'HKCU\Environment' /v Path | grep -qF '%USERPROFILE%\bin' || fail "the path is spoilt"
ok "uninstalled, without a trace"
[[ -f "$home/Documents/EffNet Studio/ants.effnet/project.json" &&
  -f "$home/AppData/Local/EffNet Studio/settings.ini" ]] || fail "projects or settings are gone"
ok "projects and settings are still there"
echo "All was well."
