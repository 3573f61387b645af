"""The AppImage, the Debian package, and what they need from the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import linux.appimage
import linux.deb
import pytest
import shiboken6
from boot.console import SetupError
from linux.depends import depends, documented_packages, undocumented
from linux.elf import Needs, find_needs, read_elf
from linux.tools import NAME, Release, link_tree, this_release

RELEASE = Release(version="1.2.3", epoch=1_700_000_000)
_ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like PyInstaller's, with a program that tells how it was called."""
    folder = tmp_path_factory.mktemp("frozen") / "bundle"
    (folder / "_internal").mkdir(parents=True)
    program = folder / NAME
    program.write_text(
        '#!/bin/sh\nfor word in "$@"; do echo "<$word>"; done\n'
        'echo "image=$APPIMAGE libraries=$LD_LIBRARY_PATH"\nexit 7\n'
    )
    program.chmod(0o755)
    (folder / "_internal" / "data.bin").write_bytes(bytes(range(256)) * 400)
    (folder / "THIRD-PARTY-NOTICES.txt").write_text("all of them\n")
    return folder


def need(*commands: str) -> None:
    missing = [command for command in commands if shutil.which(command) is None]
    if missing or sys.platform != "linux":
        pytest.skip(f"not installed: {', '.join(missing) or 'Linux'}")


# -- ELF ------------------------------------------------------------------------------------------


def a_library() -> Path:
    return Path(shiboken6.__file__).parent / "Shiboken.abi3.so"


@pytest.mark.skipif(sys.platform != "linux", reason="ELF is Linux's")
def test_that_the_head_of_a_library_is_read_as_binutils_reads_it() -> None:
    need("objdump")
    library = a_library()
    shown = subprocess.run(
        ["objdump", "-p", library], capture_output=True, text=True, check=True
    ).stdout
    elf = read_elf(library)
    assert elf is not None
    assert sorted(elf.needed) == sorted(re.findall(r"NEEDED\s+(\S+)", shown))
    wanted = set(re.findall(r"0x\w+ 0x\w+ \d+ (\S+)", shown))
    assert wanted
    assert elf.versions == wanted


def test_that_other_files_are_no_elf(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").touch()
    assert read_elf(tmp_path / "text") is None
    assert read_elf(tmp_path / "empty") is None


@pytest.mark.skipif(sys.platform != "linux", reason="ELF is Linux's")
def test_that_only_what_the_folder_lacks_is_needed(tmp_path: Path) -> None:
    shutil.copy(a_library(), tmp_path)
    asked = find_needs(tmp_path).libraries
    assert "libc.so.6" in asked
    other = next(name for name in asked if name != "libc.so.6")
    (tmp_path / other).write_bytes(b"held")
    assert other not in find_needs(tmp_path).libraries


def test_that_libraries_become_debians_packages() -> None:
    need("dpkg-query")
    found = depends(Needs(libraries={"libc.so.6": [Path("x")]}, glibc=(2, 36)))
    assert found["libc6"] == "libc6 (>= 2.36)"
    assert {"libegl1", "libgl1"} <= found.keys(), "opened by name while the program runs"


def test_that_a_library_of_no_package_is_named() -> None:
    need("dpkg-query")
    with pytest.raises(SetupError, match=r"libnowhere\.so\.1, asked for by plugin\.so"):
        depends(Needs(libraries={"libnowhere.so.1": [Path("plugin.so")]}))


def test_that_packages_nobody_is_told_of_are_found() -> None:
    assert undocumented(["libc6", "libgl1", "libsurprise2"]) == ["libsurprise2"]


def test_that_the_documentation_names_the_same_packages() -> None:
    text = (_ROOT / "docs" / "linux.md").read_text("utf-8")
    found = re.search(r"--no-install-recommends ([^`]*fuse3[^`]*)```", text)
    assert found is not None
    assert sorted(found[1].replace("\\", " ").split()) == documented_packages()


# -- both ------------------------------------------------------------------------------------------


def test_that_the_release_is_the_apps_version_and_the_moment_it_is_told() -> None:
    from effnet_studio import __version__

    release = this_release(env={"SOURCE_DATE_EPOCH": "1700000000"})
    assert release == Release(version=__version__, epoch=1_700_000_000)
    assert release.date == "2023-11-14"
    with pytest.raises(SetupError, match="no number of seconds"):
        this_release(env={"SOURCE_DATE_EPOCH": "yesterday"})


def test_that_files_are_shared_and_links_stay_links(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "a").write_text("a")
    (tmp_path / "from" / "b").symlink_to("a")
    link_tree(tmp_path / "from", tmp_path / "to")
    assert (tmp_path / "to" / "a").samefile(tmp_path / "from" / "a")
    assert (tmp_path / "to" / "b").readlink() == Path("a")


# -- .deb ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def package(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_deb(bundle, tmp_path_factory.mktemp("package") / "deb")


def make_deb(bundle: Path, folder: Path) -> Path:
    need("dpkg-deb", "dpkg")
    linux.deb.lay_out(
        bundle, folder, RELEASE, python=Path(sys.executable), depends=["libc6 (>= 2.35)", "libgl1"]
    )
    file = folder.with_suffix(".deb")
    return linux.deb.make_deb(folder, file, RELEASE, compression=["-Zgzip", "-z1"])


def deb(option: str, file: Path) -> str:
    done = subprocess.run(["dpkg-deb", option, file], capture_output=True, text=True, check=True)
    return done.stdout


def test_that_the_package_says_what_it_is_and_needs(package: Path) -> None:
    fields = deb("--field", package)
    assert "Package: effnet-studio\nVersion: 1.2.3\n" in fields
    assert "Depends: libc6 (>= 2.35), libgl1\n" in fields
    assert "@" not in fields.replace("<effnet-studio@localhost>", "")
    found = re.search(r"Installed-Size: (\d+)", fields)
    assert found is not None
    assert 150 < int(found[1]) < 400


def test_that_the_package_belongs_to_root_and_has_one_date(package: Path) -> None:
    lines = deb("--contents", package).splitlines()
    assert {line.split()[1] for line in lines} == {"root/root"}
    assert {line.split()[3] for line in lines} == {"2023-11-14"}
    names = [line.split()[5] for line in lines]
    assert "./usr/bin/effnet-studio" in names
    assert "./usr/share/doc/effnet-studio/THIRD-PARTY-NOTICES.txt" in names
    assert "./usr/share/man/man1/effnet-studio.1.gz" in names
    assert not any("/home" in name or "/etc" in name for name in names)


def test_that_the_packages_sums_are_right(package: Path, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "--raw-extract", package, tmp_path / "out"], check=True)
    subprocess.run(
        ["md5sum", "--check", "--quiet", "DEBIAN/md5sums"], cwd=tmp_path / "out", check=True
    )


def test_that_the_same_folder_makes_the_same_package(
    package: Path, bundle: Path, tmp_path: Path
) -> None:
    assert make_deb(bundle, tmp_path / "again").read_bytes() == package.read_bytes()


# -- AppImage --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def appimage(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("appimage")
    need("gcc", "strip", "mksquashfs")
    if not list(Path("/usr/lib").glob("*/libsquashfuse_ll.a")):
        pytest.skip("not installed: libsquashfuse-dev")
    folder = tmp_path / "AppDir"
    linux.appimage.lay_out(bundle, folder, RELEASE, python=Path(sys.executable))
    file = tmp_path / "Effnet.AppImage"
    return linux.appimage.make_appimage(folder, file, RELEASE, cache=tmp_path / "cache", level="1")


def start(appimage: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    folder = appimage.parent / "tmp"
    folder.mkdir(exist_ok=True)
    return subprocess.run(
        [appimage, *arguments],
        env={**os.environ, "TMPDIR": str(folder), **env},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_that_an_appimage_unpacks_itself_and_runs_with_its_arguments(appimage: Path) -> None:
    done = start(
        appimage, "two words", "-x", APPIMAGE_EXTRACT_AND_RUN="1", LD_LIBRARY_PATH="/elsewhere"
    )
    assert done.stdout == f"<two words>\n<-x>\nimage={appimage} libraries=\n"
    assert done.stderr == ""
    assert done.returncode == 7
    assert list((appimage.parent / "tmp").iterdir()) == [], "it cleans up after itself"


def test_that_an_appimage_is_mounted_and_runs_where_that_is_allowed(appimage: Path) -> None:
    if not os.access("/dev/fuse", os.W_OK):
        pytest.skip("no FUSE here")
    done = start(appimage, "two words")
    if "fuse" in done.stdout.lower():
        pytest.skip(f"FUSE is not allowed here: {done.stdout}")
    assert done.stdout == f"<two words>\nimage={appimage} libraries=\n"
    assert done.returncode == 7


def test_that_an_appimage_is_known_as_one_and_holds_what_was_put_in(
    appimage: Path, bundle: Path, tmp_path: Path
) -> None:
    assert appimage.read_bytes()[8:11] == b"AI\x02"
    assert "runtime version" in start(appimage, "--appimage-version").stderr
    assert start(appimage, "--appimage-extract").returncode == 0
    root = (appimage.parent / "tmp" / "squashfs-root").rename(tmp_path / "unpacked")
    data = root / "usr" / "lib" / NAME / "_internal" / "data.bin"
    assert data.read_bytes() == (bundle / "_internal" / "data.bin").read_bytes()
    assert (root / ".DirIcon").resolve().read_bytes().startswith(b"\x89PNG")
    assert (root / f"{NAME}.desktop").read_text("utf-8").startswith("[Desktop Entry]")
    notices = root / "usr" / "share" / "doc" / NAME / "THIRD-PARTY-NOTICES.txt"
    assert notices.read_text() == "all of them\n"


def test_that_the_same_folder_makes_the_same_appimage(appimage: Path, tmp_path: Path) -> None:
    folder = appimage.parent / "AppDir"
    (folder / "AppRun").touch()
    cache = appimage.parent / "cache"
    again = linux.appimage.make_appimage(
        folder, tmp_path / "again", RELEASE, cache=cache, level="1"
    )
    assert again.read_bytes() == appimage.read_bytes()
