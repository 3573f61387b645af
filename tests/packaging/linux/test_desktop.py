"""What the desktop is told about the application on Linux."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from linux.desktop import COMPONENT, ICON_SIZES, install_desktop_files
from linux.tools import LINUX, NAME, Release
from PIL import Image

from effnet_studio.engine.project_opener import OPENER
from effnet_studio.gui.identity import MENU_ENTRY
from effnet_studio.gui.projects import SUFFIX
from effnet_studio.paths import APP_NAME

RELEASE = Release(version="1.2.3", epoch=1_700_000_000)
_MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usr") / "share"
    install_desktop_files(folder, RELEASE, python=Path(sys.executable))
    return folder


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / f"{NAME}.desktop", "utf-8")
    return parser["Desktop Entry"]


def check(command: str, *arguments: str | Path) -> None:
    if shutil.which(command) is None:
        pytest.skip(f"{command} is not installed")
    done = subprocess.run([command, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_that_the_menu_entry_is_valid(share: Path) -> None:
    check("desktop-file-validate", share / "applications" / f"{NAME}.desktop")


def test_that_the_description_for_software_centres_is_valid(share: Path) -> None:
    file = share / "metainfo" / f"{COMPONENT}.metainfo.xml"
    check("appstreamcli", "validate", "--no-net", file)


def test_that_the_menu_entry_belongs_to_the_windows() -> None:
    assert entry()["StartupWMClass"] == APP_NAME
    assert NAME == MENU_ENTRY


def test_that_the_menu_entry_speaks_chinese() -> None:
    for key in ("GenericName", "Comment", "Keywords"):
        assert re.search("[\u4e00-\u9fff]", entry()[f"{key}[zh_CN]"])


def test_that_a_double_click_on_the_file_in_a_project_opens_it(share: Path) -> None:
    tree = ET.parse(share / "mime" / "packages" / f"{NAME}.xml")
    kind = tree.find(f"{_MIME}mime-type")
    assert kind is not None
    glob = kind.find(f"{_MIME}glob")
    assert glob is not None
    assert glob.get("pattern") == f"*{SUFFIX}"
    assert OPENER.endswith(SUFFIX)
    assert kind.get("type") in entry()["MimeType"].split(";")
    about = ET.parse(share / "metainfo" / f"{COMPONENT}.metainfo.xml")
    assert about.findtext("provides/mediatype") == kind.get("type")


def test_that_the_application_never_becomes_what_opens_folders() -> None:
    # Where no file manager is set as the usual one, the first in the alphabet would be.
    assert "inode/directory" not in entry()["MimeType"]


def test_that_the_system_knows_the_file_in_a_project(share: Path, tmp_path: Path) -> None:
    check("update-mime-database", share / "mime")
    project = tmp_path / "ants.effnet"
    project.mkdir()
    (project / OPENER).write_text("{}")
    globs = (share / "mime" / "globs2").read_text()
    assert f"application/x-{NAME}-project:*{SUFFIX}" in globs


def test_that_version_and_day_of_the_release_are_told(share: Path) -> None:
    about = ET.parse(share / "metainfo" / f"{COMPONENT}.metainfo.xml")
    release = about.find("releases/release")
    assert release is not None
    assert (release.get("version"), release.get("date")) == ("1.2.3", "2023-11-14")


def test_that_the_icon_is_there_in_every_size_and_is_not_empty(share: Path) -> None:
    theme = share / "icons" / "hicolor"
    assert (theme / "scalable" / "apps" / f"{NAME}.svg").is_file()
    for size in ICON_SIZES:
        with Image.open(theme / f"{size}x{size}" / "apps" / f"{NAME}.png") as icon:
            assert icon.size == (size, size)
            lowest, highest = icon.getchannel("A").getextrema()
            assert (lowest, highest) == (0, 255)
