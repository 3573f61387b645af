"""The wheel and the sdist: what is in them. Installing them is done by packaging/check_wheel.py."""

import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from wheels import contents
from wheels.contents import complaints, differences, sdist_hashes, wheel_hashes

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    [built] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def of_sdist() -> set[str]:
    """What an sdist would be made of; packing it takes ten seconds."""
    return {file.distribution_path for file in SdistBuilder(str(ROOT)).recurse_included_files()}


def test_that_the_wheel_holds_what_the_app_needs_and_nothing_else(wheel: Path) -> None:
    assert complaints(wheel_hashes(wheel)) == []
    assert 10 * MEGABYTE < wheel.stat().st_size < 30 * MEGABYTE


def test_that_everything_git_has_of_the_app_is_in_the_wheel(wheel: Path) -> None:
    names = wheel_hashes(wheel)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "resources", "docs/guide", "effnet_studio"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not in a work tree of git")
    for name in listed.stdout.strip("\0").split("\0"):
        place = name if name.startswith("effnet_studio/") else f"effnet_studio/{name}"
        assert place in names or not (ROOT / name).exists()


def test_that_the_sdist_holds_all_that_the_wheel_is_made_of() -> None:
    names = of_sdist()
    files = WheelBuilder(str(ROOT)).recurse_included_files()
    made_of = [Path(file.path).relative_to(ROOT).as_posix() for file in files]
    assert len(made_of) > 500
    assert [name for name in made_of if name not in names] == []


def test_that_the_sdist_holds_the_tests_and_no_leftovers() -> None:
    must, must_not = contents.SDIST_MUST_HOLD, contents.SDIST_MUST_NOT_HOLD
    assert complaints({*of_sdist(), "PKG-INFO"}, must=must, must_not=must_not) == []


def test_that_the_wheel_says_what_it_needs_and_which_command_it_brings(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        [metadata] = [name for name in archive.namelist() if name.endswith("/METADATA")]
        lines = archive.read(metadata).decode().splitlines()
        [commands] = [name for name in archive.namelist() if name.endswith("/entry_points.txt")]
        assert "effnet-studio = effnet_studio.cli.main:main" in archive.read(commands).decode()
    said = [line.partition(": ") for line in lines]
    [pythons] = [value for key, _, value in said if key == "Requires-Python"]
    assert SpecifierSet(pythons) == SpecifierSet(project["requires-python"])
    needed = {Requirement(value) for key, _, value in said if key == "Requires-Dist"}
    assert {Requirement(each) for each in project["dependencies"]} <= needed
    assert "License-Expression: Apache-2.0" in lines


def test_that_what_is_missing_and_what_has_no_place_is_named() -> None:
    names = ["effnet_studio/__init__.py", "effnet_studio/__pycache__/a.pyc"]
    found = complaints(names, must=("effnet_studio/*.py", "*.qm"), must_not=("*.pyc",))
    assert found == [
        "nothing like *.qm",
        "effnet_studio/__pycache__/a.pyc has no place there",
    ]


def test_that_other_content_under_the_same_name_is_a_difference() -> None:
    assert differences({"a": "1", "b": "1"}, {"a": "1", "b": "2", "c": "3"}) == ["b", "c"]


def test_that_an_sdist_with_a_link_is_refused(tmp_path: Path) -> None:
    sdist = tmp_path / "x-1.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        link = tarfile.TarInfo("x-1/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(ValueError, match="no place in an sdist"):
        sdist_hashes(sdist)
