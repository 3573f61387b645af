"""The tool that takes the guide's pictures."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor, QPixmap

from tests.gallery.guide_pictures import (
    GuidePicture,
    by_scenario,
    guide_pictures,
    place_of,
    remove_others,
    small_png,
    take,
)
from tests.gallery.material import Material
from tests.gallery.registry import choose
from tests.gallery.stage import Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_that_the_table_names_scenarios_parts_and_sizes(tmp_path: Path) -> None:
    rows = {
        "a": {"scenario": "train-ready"},
        "b": {"scenario": "train-ready", "widget": "train_setup", "size": "1024x700"},
        "c": {"scenario": "data-loaded"},
    }
    (tmp_path / "pictures.json").write_text(json.dumps(rows), encoding="utf-8")
    pictures = guide_pictures(tmp_path)
    assert pictures[1] == GuidePicture("b", "train-ready", "train_setup", (1024, 700))
    grouped = {scenario: [each.name for each in rows] for scenario, rows in by_scenario(pictures)}
    assert grouped == {"train-ready": ["a", "b"], "data-loaded": ["c"]}
    assert guide_pictures(tmp_path / "nowhere") == []


def test_that_pictures_lie_where_the_guide_looks(tmp_path: Path) -> None:
    picture = GuidePicture("a", "train-ready")
    assert place_of(picture, "light", "en", tmp_path) == tmp_path / "pictures" / "a.png"
    assert place_of(picture, "dark", "zh_CN", tmp_path) == (
        tmp_path / "pictures" / "zh_CN" / "a-dark.png"
    )


def test_that_a_picture_gets_a_palette_and_keeps_its_colours(qapp: QApplication) -> None:
    picture = QPixmap(32, 32)
    picture.fill(QColor("#3b5bdb"))
    with Image.open(BytesIO(small_png(picture))) as image:
        assert image.mode == "P"
        assert image.convert("RGB").getpixel((5, 5)) == (0x3B, 0x5B, 0xDB)


def test_that_a_part_of_the_window_can_be_cut_out_in_every_look(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EFFNET_STUDIO_CACHE", "EFFNET_STUDIO_DATA"):
        monkeypatch.setenv(name, str(tmp_path))
    pictures = [
        GuidePicture("whole", "welcome-empty"),
        GuidePicture("part", "welcome-empty", "welcome_title"),
        GuidePicture("missing", "welcome-empty", "no_such_widget"),
    ]
    stage = Stage(qapp, Material(tmp_path / "material"), tmp_path)
    try:
        with stage.set_up(choose(["welcome-empty"])[0]):
            take(stage, pictures[:2], tmp_path)
            with pytest.raises(LookupError, match="no_such_widget"):
                take(stage, pictures[2:], tmp_path)
    finally:
        stage.close()
    (tmp_path / "pictures" / "old.png").touch()
    assert remove_others(pictures, tmp_path) == [tmp_path / "pictures" / "old.png"]
    files = sorted(file.relative_to(tmp_path / "pictures") for file in tmp_path.rglob("*.png"))
    names = ["part-dark.png", "part.png", "whole-dark.png", "whole.png"]
    assert [str(file) for file in files] == [*names, *(f"zh_CN/{name}" for name in names)]
    with (
        Image.open(tmp_path / "pictures" / "whole.png") as whole,
        Image.open(tmp_path / "pictures" / "part.png") as part,
    ):
        assert whole.size == (1280, 800)
        assert part.height < 80
