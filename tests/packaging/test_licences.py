"""The notices of everything bundled, with what is really installed here."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import licences
import pytest
from notices.pages import as_page, as_text
from notices.parts import Part, needed_packages, part_of_package
from notices.policy import LicenceError, as_expression, chosen
from notices.system import package_of, system_parts

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "licences.py"
BIG_TEXT = "Permission is hereby granted. " * 40


# --- the policy ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "used"),
    [
        ("MIT", ["MIT"]),
        ("MIT AND BSD-3-Clause AND MIT", ["MIT", "BSD-3-Clause"]),
        ("GPL-2.0-only OR LGPL-3.0-only", ["LGPL-3.0-only"]),
        ("(GPL-2.0-only OR MIT) AND Zlib", ["MIT", "Zlib"]),
        ("Apache-2.0 WITH LLVM-exception", ["Apache-2.0 WITH LLVM-exception"]),
    ],
)
def test_that_of_a_choice_what_may_be_bundled_is_taken(expression: str, used: list[str]) -> None:
    assert chosen(expression) == used


@pytest.mark.parametrize(
    "expression",
    ["GPL-3.0-only", "MIT AND GPL-3.0-only", "GPL-2.0-only OR AGPL-3.0-only", "Nobody-Knows", ""],
)
def test_that_what_may_not_be_bundled_is_refused(expression: str) -> None:
    with pytest.raises(LicenceError):
        chosen(expression)


@pytest.mark.parametrize("expression", ["(MIT", "MIT OR", "MIT MIT", "MIT)", "MIT; rm"])
def test_that_an_expression_that_cannot_be_read_is_refused(expression: str) -> None:
    with pytest.raises(LicenceError):
        chosen(expression)


def test_that_an_exact_expression_is_not_softened_by_a_vague_classifier() -> None:
    assert as_expression(["", "MIT License Copyright (c) somebody\n\nlong text"]) == "MIT"
    with pytest.raises(LicenceError, match=r"GPL-3\.0-only"):
        as_expression(["GPL-3.0-only", "GNU General Public License v3"])
    with pytest.raises(LicenceError, match="does not say"):
        as_expression([])


# --- packages --------------------------------------------------------------------------------


def package(folder: Path, about: str, files: dict[str, str] | None = None) -> metadata.Distribution:
    """A package as pip leaves it."""
    info = folder / "thing-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: thing\nVersion: 1\n{about}\n")
    record = []
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
        record.append(f"{name},,")
    (info / "RECORD").write_text("\n".join(record))
    return metadata.Distribution.at(info)


def test_that_everything_the_app_needs_may_be_bundled_and_brings_its_texts() -> None:
    needed = needed_packages()
    assert {"torch", "numpy", "pyside6-essentials", "onnxruntime", "pydantic-core"} <= set(needed)
    assert "pytest" not in needed
    parts = {part.name: part for part in licences.collect()}
    for name, found in needed.items():
        if name != "effnet-studio":
            assert parts[found.metadata["Name"]].texts, name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in parts["PySide6_Essentials"].texts["LGPL-3.0"]
    assert "may be used" not in parts["CPython"].note
    assert len(parts["torch"].texts) > 50


def test_that_a_gpl_package_is_refused_by_name(tmp_path: Path) -> None:
    found = package(tmp_path, "License-Expression: GPL-3.0-or-later")
    with pytest.raises(LicenceError, match=r"thing 1: GPL-3\.0-or-later may not be bundled"):
        part_of_package(found)


def test_that_texts_are_found_wherever_a_package_keeps_them(tmp_path: Path) -> None:
    files = {
        "thing-1.dist-info/licenses/LICENSE": "one",
        "thing/ThirdPartyNotices.txt": "two",
        "thing/licenses.py": "no text",
        "thing/readme.txt": "neither",
    }
    found = package(tmp_path, "License-Expression: MIT", files)
    assert part_of_package(found).texts == {"LICENSE": "one", "thing/ThirdPartyNotices.txt": "two"}


# --- libraries of the system -----------------------------------------------------------------


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A frozen app's folder, so far empty."""
    folder = tmp_path / "bundle" / "_internal"
    folder.mkdir(parents=True)
    return folder.parent


def system_library(name: str) -> str:
    """The name, if Debian's package manager knows the library on this machine."""
    if package_of(name) is None:
        pytest.skip(f"no {name} of Debian here")
    return name


def test_that_a_library_of_the_system_is_told_with_its_source(bundle: Path) -> None:
    (bundle / "_internal" / system_library("libz.so.1")).touch()
    [part] = system_parts(bundle, [])
    assert (part.name, part.licence) == ("zlib1g", "Zlib")
    assert part.source.startswith("Debian's source package zlib ")
    assert "Jean-loup Gailly" in part.texts["copyright"]


def test_that_a_library_under_the_gpl_is_refused_by_name(bundle: Path) -> None:
    (bundle / "_internal" / system_library("libreadline.so.8")).touch()
    with pytest.raises(LicenceError, match=r"libreadline\.so\.8: Debian's libreadline8"):
        system_parts(bundle, [])


def test_that_a_library_of_unknown_origin_is_refused(bundle: Path) -> None:
    (bundle / "_internal" / "libnobodyknows.so.7").touch()
    with pytest.raises(LicenceError, match=r"libnobodyknows\.so\.7"):
        system_parts(bundle, [])


def test_that_a_library_that_a_wheel_brought_is_its_packages(bundle: Path, tmp_path: Path) -> None:
    found = package(
        tmp_path / "site", "License-Expression: MIT", {"thing.libs/libthing-1.so.3": ""}
    )
    (bundle / "_internal" / "libthing-1.so.3").touch()
    assert system_parts(bundle, [found]) == []


def test_that_microsofts_runtime_is_told_once(bundle: Path) -> None:
    for name in ("VCRUNTIME140.dll", "vcruntime140_1.dll", "api-ms-win-crt-heap-l1-1-0.dll"):
        (bundle / name).touch()
    [part] = system_parts(bundle, [])
    assert part.name == "Microsoft Visual C++ runtime"


# --- the files -------------------------------------------------------------------------------


def test_that_the_command_writes_the_same_files_twice(tmp_path: Path, bundle: Path) -> None:
    for name in ("one", "two"):
        command = [sys.executable, str(SCRIPT), str(tmp_path / name), "--bundle", str(bundle)]
        # Another seed for sets' order each time.
        env = os.environ | {"PYTHONHASHSEED": str(len(name) + ord(name[0]))}
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)
        assert done.returncode == 0, done.stderr
    for ending in ("txt", "html"):
        file = f"THIRD-PARTY-NOTICES.{ending}"
        text = (tmp_path / "one" / file).read_text("utf-8")
        assert text == (tmp_path / "two" / file).read_text("utf-8")
        for part in (
            "PySide6_Essentials",
            "Used under LGPL-3.0-only",
            "onnxruntime-web",
            "CPython",
        ):
            assert part in text


def test_that_the_command_fails_and_writes_nothing_if_something_must_not_be_bundled(
    tmp_path: Path, bundle: Path
) -> None:
    (bundle / "libnobodyknows.so.7").touch()
    command = [sys.executable, str(SCRIPT), str(tmp_path / "out"), "--bundle", str(bundle)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "Must not be bundled: libnobodyknows.so.7" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are called otherwise there")
def test_that_a_bundle_that_keeps_little_of_a_package_is_known_all_the_same(bundle: Path) -> None:
    info = bundle / "_internal" / "numpy-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 0\n")
    for name in ("libtorch_cpu.so", "libQt6Core.so.6", "libpython3.11.so.1.0"):
        (bundle / "_internal" / name).touch()
    parts = {part.name: part for part in licences.collect(bundle)}
    assert parts["numpy"].version == metadata.version("numpy")


def test_that_a_text_that_comes_twice_is_printed_once_and_shown_as_text() -> None:
    parts = [
        Part("a", "1", "MIT", "https://a.example", texts={"LICENSE": BIG_TEXT}),
        Part("b", "1", "MIT", "<b>", texts={"COPYING": BIG_TEXT, "NOTICE": "<script>"}),
    ]
    for shown in (as_text("App 1", parts), as_page("App 1", parts)):
        assert shown.count(BIG_TEXT.strip()) == 1
        assert "a, LICENSE" in shown
    assert "<script>" not in as_page("App 1", parts)
    assert "&lt;script&gt;" in as_page("App 1", parts)
