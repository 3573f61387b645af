"""The gallery tool itself: quick checks, without training anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from effnet_studio.gui.page_stack import ASIDES, PAGES
from tests.gallery.__main__ import Look, main, render
from tests.gallery.registry import all_scenarios, choose
from tests.gallery.sheet import contact_sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

EVERY = {"welcome"} | {page.key for page in (*PAGES, *ASIDES)}


def test_that_scenarios_have_names_of_their_own() -> None:
    names = [scenario.name for scenario in all_scenarios()]
    assert len(names) == len(set(names))


def test_that_every_page_is_in_the_gallery() -> None:
    assert {scenario.page for scenario in all_scenarios()} >= EVERY


def test_that_pages_and_single_states_can_be_chosen() -> None:
    assert [s.name for s in choose(["train-ready", "welcome-empty"])] == [
        "train-ready",
        "welcome-empty",
    ]
    assert {s.page for s in choose(["models"])} == {"models"}
    assert choose([]) == all_scenarios()


def test_that_an_unknown_state_is_refused_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--only", "train-dancing"]) == 1
    assert "train-working" in capsys.readouterr().err


@pytest.mark.parametrize("size", ["big", "1280", "1280 x 800"])
def test_that_a_size_that_is_none_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "welcome-empty", "--size", size]) == 1
    assert "WIDTHxHEIGHT" in capsys.readouterr().err


def test_that_the_list_needs_no_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert "train-working" in capsys.readouterr().out.splitlines()


def test_that_file_names_tell_the_looks_apart() -> None:
    assert Look("dark", "zh_CN", (1024, 700)).name == "dark-zh_CN-1024x700"


def test_that_a_contact_sheet_holds_every_picture(tmp_path: Path) -> None:
    for number, color in enumerate(("red", "green", "blue")):
        Image.new("RGB", (96, 60), color).save(tmp_path / f"{number}.png")
    contact_sheet(sorted(tmp_path.glob("*.png")), tmp_path / "sheet.png", columns=2)
    with Image.open(tmp_path / "sheet.png") as sheet:
        colors = {color for _, color in sheet.getcolors(maxcolors=1 << 24)}
        assert sheet.width < 3 * 480
    assert {(255, 0, 0), (0, 128, 0), (0, 0, 255)} <= colors


def test_that_a_state_is_shown_in_every_look(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EFFNET_STUDIO_CACHE", "EFFNET_STUDIO_DATA"):
        monkeypatch.setenv(name, str(tmp_path))  # so that it is set back afterwards
    looks = [Look("light", "en", (1024, 700)), Look("dark", "zh_CN", (1280, 800))]
    assert render(choose(["train-empty"]), looks, tmp_path, tmp_path / "cache") == []
    light, dark = (Image.open(tmp_path / f"train-empty-{look.name}.png") for look in looks)
    assert (light.size, dark.size) == ((1024, 700), (1280, 800))
    corner = (900, 600)
    assert sum(light.convert("RGB").getpixel(corner)) > 600  # type: ignore[arg-type]
    assert sum(dark.convert("RGB").getpixel(corner)) < 150  # type: ignore[arg-type]
    assert not (tmp_path / "cache").exists(), "an empty page needs no trained model"
