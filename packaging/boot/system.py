"""What the machine has: Python's parts, a screen, a graphics card, Qt's system libraries, fonts."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from boot.console import Runner, SetupError, say

# Shared library Qt loads → Debian's package with it. Found on a bare Debian 12; without the first
# group `import PySide6.QtWidgets` fails, without the second a window on X11 or Wayland does.
OFFSCREEN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
CHINESE_FONT_PACKAGE = "fonts-noto-cjk"
_CHINESE_FONT_NAMES = ("cjk", "wqy", "sourcehan", "uming", "ukai", "droidsansfallback", "hansans")
NO_CUDA = "EFFNET_NO_CUDA"


def has_display(system: str, env: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown: always on Windows and macOS, with a server elsewhere."""
    if system in {"Windows", "Darwin"}:
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def has_nvidia_gpu(env: Mapping[str, str]) -> bool:
    """Tell whether an NVIDIA driver runs here; EFFNET_NO_CUDA=1 makes the answer no."""
    if env.get(NO_CUDA, "") not in {"", "0"}:
        return False
    if Path("/proc/driver/nvidia/version").exists() or Path("/dev/nvidia0").exists():
        return True
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return False
    listed = subprocess.run([tool, "-L"], capture_output=True, text=True, check=False)
    return listed.returncode == 0 and "GPU" in listed.stdout


def can_load(library: str) -> bool:
    """Tell whether the dynamic loader finds a shared library, by the loader's own answer."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font(folders: Iterable[Path]) -> bool:
    """Tell whether a font file in these folders has Chinese characters, judging by known names."""
    return any(
        any(known in name.lower() for known in _CHINESE_FONT_NAMES)
        for folder in folders
        for _, _, names in os.walk(folder)
        for name in names
    )


def font_folders() -> list[Path]:
    """Return the folders in which fontconfig looks for fonts by default."""
    home = Path.home()
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local/share/fonts",
    ]


def missing_packages(
    *, window: bool, loads: Callable[[str], bool] = can_load, chinese_font: bool | None = None
) -> list[str]:
    """Return Debian's names of the system packages that the application lacks here.

    Args:
        window: Whether a window on an X server is wanted, not only drawing into memory.
        loads: Tells whether a shared library is there.
        chinese_font: Whether a font with Chinese characters is there; looked up by default.
    """
    wanted = OFFSCREEN_LIBRARIES | (WINDOW_LIBRARIES if window else {})
    missing = [package for library, package in wanted.items() if not loads(library)]
    if chinese_font is None:
        chinese_font = has_chinese_font(font_folders())
    if not chinese_font:
        missing.append(CHINESE_FONT_PACKAGE)
    return missing


def apt_line(packages: Iterable[str], *, sudo: bool) -> str:
    """Return the one line that installs Debian packages."""
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    return f"sudo apt-get update && sudo {line}" if sudo else line


def is_root() -> bool:
    """Tell whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(packages: list[str], runner: Runner) -> bool:
    """Install Debian packages when we are root and apt is there; say whether it worked."""
    apt = shutil.which("apt-get")
    if apt is None or not is_root():
        return False
    say(f"  installing system packages: {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    # A failed update is no reason to stop: one broken extra source fails it, and the lists of
    # the others are there all the same.
    runner.run([apt, "update"], env=env)
    install = [apt, "install", "-y", "--no-install-recommends", *packages]
    return runner.run(install, env=env).code == 0


def provide_packages(packages: list[str], runner: Runner) -> bool:
    """Install missing system packages, or tell the person how to; never stops the set-up."""
    if not packages or apt_install(packages, runner):
        return True
    if shutil.which("apt-get"):
        say("  Some system packages are missing. Install them with this line:")
        say(f"    {apt_line(packages, sudo=not is_root())}")
    else:
        say("  Some system libraries are missing. Install them with this system's package")
        say(f"  manager; Debian calls them: {' '.join(packages)}")
    return False


def venv_package() -> list[str]:
    """Return Debian's package with the part of Python that makes environments, if it is missing."""
    return [] if _has_venv() else [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def require_venv_module(missing: Iterable[str]) -> None:
    """Make sure that Python can make virtual environments (Debian ships that part separately).

    Args:
        missing: System packages that were found missing, this one among them.

    Raises:
        SetupError: If it cannot.
    """
    importlib.invalidate_caches()
    if not _has_venv():
        raise SetupError(
            "This Python cannot make virtual environments: its venv part is missing. Install it "
            "(on Debian and Ubuntu with the line below), then run the same command again.\n"
            f"  {apt_line(missing, sudo=not is_root())}"
        )


def _has_venv() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def require_disk_space(folder: Path, needed: int) -> None:
    """Stop before the set-up fills the disk.

    Args:
        folder: Where the environment will be.
        needed: Bytes that must be free.

    Raises:
        SetupError: If there is less.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SetupError(
            f"The disk with {folder} has {free / 1e9:.1f} GB free and the set-up needs "
            f"{needed / 1e9:.1f} GB. Free some space, or copy the project to another disk."
        )
