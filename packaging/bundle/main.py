"""The steps of a build, one after the other."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from boot.console import Runner, SetupError, child_environment, say
from boot.explain import explain_os_error
from boot.layout import normal_name, read_pins
from boot.system import apt_line, is_root

from bundle.environment import build_layout, make_environment
from bundle.sizes import write_sizes
from bundle.slim import from_outside, slim, surprises

ROOT = Path(__file__).resolve().parents[2]
NAME = "effnet-studio"
KINDS = {"linux": ("bundle", "appimage", "deb")}
"""What is made on each system; the bundle is what the others are made of. On Windows and macOS
native_installers.py makes them."""

_TOOLS = {"objdump": "binutils", "strip": "binutils", "readelf": "binutils", "git": "git"}
_INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Build what is asked for; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    kinds = KINDS.get(sys.platform, ("bundle",))
    parser = argparse.ArgumentParser(
        prog="build.py", description="Make the installers of EffNet Studio for this system."
    )
    parser.add_argument("--only", help=f"some of {','.join(kinds)}, with commas between")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for what is made")
    parser.add_argument("--quick", action="store_true", help="compress little, for trials")
    options = parser.parse_args(arguments)
    wished = options.only.split(",") if options.only else list(kinds)
    unknown = sorted(set(wished) - set(kinds))
    if unknown:
        parser.error(f"{', '.join(unknown)}: here one can build {', '.join(kinds)}")
    try:
        _build(wished, options.out.resolve(), quick=options.quick)
    except SetupError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(explain_os_error(error))
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again to go on.")
        return _INTERRUPTED
    return 0


def _fail(sentence: str) -> int:
    print(f"\nError: {sentence}", file=sys.stderr, flush=True)
    return 1


def _build(wished: Sequence[str], out: Path, *, quick: bool) -> None:
    started = time.monotonic()
    require_tools()
    python = make_environment(ROOT)
    require_pins(python)
    bundle, notices = out / "bundle" / NAME, ROOT / "build" / "notices"
    if "bundle" in wished or not bundle.exists():
        bundle = make_bundle(python, out / "bundle", notices)
    packages = _make_packages(wished, bundle, out, python, notices, quick=quick)
    for line in write_sizes(bundle, internal_of(bundle), packages, out):
        say(line)
    say(f"\nBuilt in {(time.monotonic() - started) / 60:.1f} min. Everything is in {out}")


def require_tools() -> None:
    """Make sure that the system has what a build needs.

    Raises:
        SetupError: If something is missing; the text says how to get it.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = {package for tool, package in _TOOLS.items() if shutil.which(tool) is None}
    library = str(sysconfig.get_config_var("INSTSONAME"))
    if not _loads(library):
        missing.add(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    if missing:
        raise SetupError(
            f"A build needs some packages of the system that are missing. Install them: "
            f"{apt_line(sorted(missing), sudo=not is_root())}"
        )


def _loads(library: str) -> bool:
    """Whether Python's own shared library is here, which the packaged program starts with."""
    places = [library, str(Path(str(sysconfig.get_config_var("LIBDIR"))) / library)]
    for place in places:
        try:
            ctypes.CDLL(place)
        except OSError:
            continue
        return True
    return False


def require_pins(python: Path) -> None:
    """Make sure that the environment holds the versions that are tested, and no others.

    Args:
        python: The environment's Python.

    Raises:
        SetupError: If one differs.
    """
    listing = subprocess.run(
        [str(python), "-m", "pip", "list", "--format=json", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
        env=child_environment(),
    )
    found = {each["name"]: each["version"] for each in json.loads(listing.stdout)}
    pins = read_pins((ROOT / "packaging" / "constraints.txt").read_text("utf-8"))
    wrong = astray(found, pins)
    if wrong:
        raise SetupError(
            "The environment does not hold the tested versions. Remove the folder build/env and "
            f"run the same command again. ({'; '.join(wrong)})"
        )


def astray(found: Mapping[str, str], pins: Mapping[str, str]) -> list[str]:
    """Find packages whose version is not the pinned one.

    Args:
        found: Versions by name.
        pins: The same, by normalised name.
    """
    versions = {normal_name(name): version.partition("+")[0] for name, version in found.items()}
    versions.pop(NAME, None)
    return [
        f"{name} {version}, not {pins.get(name, 'known')}"
        for name, version in sorted(versions.items())
        if pins.get(name) != version
    ]


def make_bundle(python: Path, home: Path, notices: Path) -> Path:
    """Freeze the app into a folder.

    Args:
        python: The environment's Python.
        home: Folder for the bundle; an older one there is replaced when the new one is whole.
        notices: Folder for the notices about licences.

    Returns:
        The folder with the program.

    Raises:
        SetupError: If PyInstaller fails, or a library comes from nowhere.
    """
    say("Freezing the app (some minutes)")
    layout = build_layout(ROOT)
    work = ROOT / "build" / "pyinstaller"
    shutil.rmtree(work / "dist", ignore_errors=True)
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean"]
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "work")]
    spec = str(ROOT / "packaging" / "bundle" / "effnet_studio.spec")
    env = child_environment(
        SOURCE_DATE_EPOCH=_epoch(),
        PYTHONHASHSEED="1",
        PYINSTALLER_CONFIG_DIR=str(work / "config"),
    )
    frozen = Runner(layout.log, ROOT).run([*command, *places, spec], env=env)
    if frozen.code != 0:
        raise SetupError(f"PyInstaller failed. Details: {layout.log}")
    made = work / "dist" / (f"{NAME}" if sys.platform != "darwin" else "EffNet Studio.app")
    if made.suffix != ".app":  # that was done on the way
        say("Taking out what is not used")
        slim(internal_of(made), packages_of(python))
    _write_notices(python, made, notices)
    if sys.platform.startswith("linux"):
        require_known_libraries(made)
    return _put_in_place(made, home / made.name)


def internal_of(bundle: Path) -> Path:
    """The folder of libraries and modules of a bundle.

    Args:
        bundle: Folder with the program, or the ``.app`` of macOS.
    """
    if bundle.suffix == ".app":  # spreads them; the folder that it was made of does not
        return ROOT / "build" / "pyinstaller" / "dist" / NAME / "_internal"
    return bundle / "_internal"


def packages_of(python: Path) -> Path:
    """Where an environment has its packages.

    Args:
        python: Its Python.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run(
        [str(python), "-c", ask],
        capture_output=True,
        text=True,
        check=True,
        env=child_environment(),
    )
    return Path(told.stdout.strip())


def require_known_libraries(bundle: Path) -> None:
    """Make sure that a bundle lacks no library that a usual desktop does not have (Linux).

    Args:
        bundle: Folder with the program.

    Raises:
        SetupError: If it does.
    """
    outside = from_outside(bundle)
    missing = surprises(outside)
    if missing:
        asked = "; ".join(f"{name} ({outside[name][0]})" for name in missing)
        raise SetupError(f"The packaged app would need libraries that many systems lack: {asked}")


def _write_notices(python: Path, bundle: Path, notices: Path) -> None:
    """Write down whose work is in the bundle, and put that into it."""
    script = ROOT / "packaging" / "licences.py"
    if not script.exists():
        return
    say("Collecting the notices about licences")
    command = [str(python), str(script), str(notices), "--bundle", str(bundle)]
    runner = Runner(build_layout(ROOT).log, ROOT)
    done = runner.run(command, env=child_environment())
    if done.code != 0:
        raise SetupError(done.output.strip().splitlines()[-1])
    place = bundle / "Contents" / "Resources" if bundle.suffix == ".app" else bundle
    for file in sorted(notices.glob("THIRD-PARTY-NOTICES.*")):
        shutil.copyfile(file, place / file.name)


def _put_in_place(made: Path, target: Path) -> Path:
    """Move a finished bundle to where it is looked for; the one before goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    shutil.move(made, target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def _make_packages(
    wished: Sequence[str],
    bundle: Path,
    out: Path,
    python: Path,
    notices: Path,
    *,
    quick: bool,
) -> list[Path]:
    """Make the files that people download of a bundle."""
    if not sys.platform.startswith("linux") or set(wished) <= {"bundle"}:
        return []
    from linux.package import Order, make_appimage, make_deb
    from linux.tools import this_release

    order = Order(
        bundle=bundle,
        out=out,
        work=ROOT / "build" / "linux",
        python=python,
        release=this_release(),
        notices=tuple(sorted(notices.glob("THIRD-PARTY-NOTICES.*"))),
        quick=quick,
    )
    made = []
    for kind, make in (("appimage", make_appimage), ("deb", make_deb)):
        if kind in wished:
            say(f"Packing the {kind} (some minutes)")
            made.append(make(order))
    return made


def _epoch() -> str:
    """The moment of the last commit, which everything in a package is dated with."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return given
    command = ["git", "log", "-1", "--format=%ct"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "0"
