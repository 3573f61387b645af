"""The live preview of what training makes of the user's images."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip

from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.training.config import TrainConfig, make_config
from effnet_studio.gui.models.augment_variants import VariantMaker
from effnet_studio.gui.widgets.train.augment_preview import COLUMNS, ROWS, AugmentPreview
from effnet_studio.gui.widgets.train.variant_grid import Cell, VariantGrid
from tests.gui.pictures import bytes_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager

CLASSES = ("left", "right")


def config(**values: Any) -> TrainConfig:
    chosen = {"model": "mobilenet_v3_small", "image_size": 32, "augmentation": "light"} | values
    return make_config("balanced", **chosen)


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    """Eight pictures that are dark at one side: the left of class 0, the right of class 1."""
    made = []
    for number in range(8):
        ramp = np.linspace(10, 240, 60)[:: 1 - 2 * (number % 2)]
        pixels = np.repeat(ramp[None, :, None], 40, axis=0).repeat(3, axis=2).astype(np.uint8)
        path = tmp_path / f"picture {number}.png"
        Image.fromarray(pixels).save(path)
        made.append(Sample(number, path, number % 2, "train", 60, 40))
    return made


@pytest.fixture
def preview(
    qtbot: QtBot, runner: JobRunner, theme: ThemeManager, english: None, samples: list[Sample]
) -> AugmentPreview:
    preview = AugmentPreview(runner, theme)
    qtbot.addWidget(preview)
    theme.add_window(preview)
    preview.resize(800, 480)
    preview.set_config(config())
    preview.set_samples(samples, CLASSES)
    preview.show()
    wait_for_cells(qtbot, preview)
    return preview


def grid(preview: AugmentPreview) -> VariantGrid:
    found = preview.findChild(VariantGrid)
    assert found is not None
    return found


def wait_for_cells(qtbot: QtBot, preview: AugmentPreview) -> None:
    qtbot.waitUntil(lambda: grid(preview).cell_at(0, 0) is not None, timeout=20_000)


def cells(preview: AugmentPreview, row: int) -> list[Cell]:
    found = [grid(preview).cell_at(row, column) for column in range(COLUMNS)]
    assert None not in found
    return found  # type: ignore[return-value]


def variants_of(preview: AugmentPreview) -> list[bytes]:
    return [bytes_of(cell.picture) for row in range(ROWS) for cell in cells(preview, row)]


def change(qtbot: QtBot, preview: AugmentPreview, **values: Any) -> None:
    """Change settings and wait for the answer."""
    before = grid(preview).cell_at(0, 0)
    preview.set_config(config(**values))
    qtbot.waitUntil(lambda: grid(preview).cell_at(0, 0) is not before)


def caption(preview: AugmentPreview) -> str:
    label = preview.findChild(QLabel, "augment_caption")
    assert label is not None
    return label.text()


def press(qtbot: QtBot, preview: AugmentPreview, name: str) -> None:
    before = grid(preview).cell_at(0, 0)
    button = preview.findChild(QPushButton, name)
    assert button is not None
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: grid(preview).cell_at(0, 0) is not before)


def darker_left(cell: Cell) -> bool:
    image = cell.picture.toImage()
    left, right = image.pixelColor(3, 16), image.pixelColor(image.width() - 4, 16)
    return left.lightness() < right.lightness()


def test_that_the_original_comes_first_and_variants_after_it(preview: AugmentPreview) -> None:
    for row in range(ROWS):
        original, *variants = cells(preview, row)
        size = original.picture.size()
        assert size.width() / size.height() == pytest.approx(60 / 40, abs=0.03)
        assert all(cell.picture.width() == cell.picture.height() == 32 for cell in variants)
        assert len({bytes_of(cell.picture) for cell in variants}) > 1
    assert {cells(preview, row)[0].lines[0][0] for row in range(ROWS)} == {"left", "right"}


def test_that_a_harmful_mirroring_can_be_seen_before_training(
    qtbot: QtBot, preview: AugmentPreview
) -> None:
    def mirrored() -> int:
        return sum(
            darker_left(cell) is not darker_left(original)
            for row in range(ROWS)
            for original, *variants in [cells(preview, row)]
            for cell in variants
        )

    assert mirrored() > 0
    assert "half of them mirrored" in caption(preview)
    change(qtbot, preview, flip="none")
    assert mirrored() == 0
    assert "never mirrored" in caption(preview)


def test_that_mixed_pairs_show_both_classes_and_their_shares(
    qtbot: QtBot, preview: AugmentPreview
) -> None:
    change(qtbot, preview, mixup=1.0, cutmix=1.0)
    assert "MixUp or CutMix" in caption(preview)
    pairs = [cell.lines for row in range(ROWS) for cell in cells(preview, row)[1:]]
    assert any(len(lines) == 2 for lines in pairs)
    for lines in pairs:
        shares = [int(figure.removesuffix(" %")) for _, figure in lines]
        assert sum(shares) == pytest.approx(100, abs=1)
        assert {name for name, _ in lines} <= set(CLASSES)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"augmentation": "none"}, "Not varied"),
        ({"augmentation": "none", "mixup": 0.2}, "laid over another image (MixUp)"),
        ({"cutmix": 1.0}, "a part of another image pasted in (CutMix)"),
        ({"augmentation": "medium"}, "Cropped to 35–100 % of the image"),
        ({"augmentation": "strong"}, "a part painted over in 25 % of them"),
        ({"flip": "both"}, "upside down"),
    ],
)
def test_that_the_caption_says_what_is_on(
    preview: AugmentPreview, values: dict[str, Any], expected: str
) -> None:
    preview.set_config(config(**values))
    assert expected in caption(preview)
    assert preview.accessibleDescription() == caption(preview)


def test_that_the_buttons_show_other_variants_and_other_images(
    qtbot: QtBot, preview: AugmentPreview
) -> None:
    first, names = variants_of(preview), [cells(preview, row)[0].hint for row in range(ROWS)]
    press(qtbot, preview, "augment_others")
    assert [cells(preview, row)[0].hint for row in range(ROWS)] == names
    assert variants_of(preview) != first
    press(qtbot, preview, "augment_next")
    assert not {cells(preview, row)[0].hint for row in range(ROWS)} & set(names)


def test_that_unvaried_images_have_no_other_variants(qtbot: QtBot, preview: AugmentPreview) -> None:
    change(qtbot, preview, augmentation="none")
    button = preview.findChild(QPushButton, "augment_others")
    assert button is not None
    assert not button.isEnabled()
    change(qtbot, preview, augmentation="none", mixup=0.2)
    assert button.isEnabled()


def test_that_settings_that_change_nothing_ask_for_nothing(
    qtbot: QtBot, preview: AugmentPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(VariantMaker, "make", lambda *_args, **_values: asked.append(1) or [])
    preview.set_config(config(epochs=3, learning_rate=0.1))
    preview.set_config(config(seed=5))
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [1]


def test_that_only_the_answer_to_the_latest_settings_is_shown(
    qtbot: QtBot, preview: AugmentPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, seen = threading.Event(), list[str]()
    make = VariantMaker.make

    def slow(maker: VariantMaker, chosen: TrainConfig, **values: Any) -> Any:
        if chosen.seed == 1:
            go_on.wait(10)
        seen.append(str(chosen.seed))
        return make(maker, chosen, **values)

    monkeypatch.setattr(VariantMaker, "make", slow)
    before = grid(preview).cell_at(0, 0)
    for seed in (1, 2, 3):
        preview.set_config(config(seed=seed))
    assert grid(preview).cell_at(0, 0) is before  # what is on view stays
    go_on.set()
    qtbot.waitUntil(lambda: grid(preview).cell_at(0, 0) is not before)
    assert seen[-1] == "3"
    assert "2" not in seen
    expected = variants_of(preview)
    change(qtbot, preview, seed=1)
    assert variants_of(preview) != expected
    change(qtbot, preview, seed=3)
    assert variants_of(preview) == expected


def test_that_nothing_is_computed_before_it_can_be_seen(
    qtbot: QtBot,
    runner: JobRunner,
    theme: ThemeManager,
    samples: list[Sample],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    make = VariantMaker.make

    def listen(maker: VariantMaker, *given: Any, **values: Any) -> Any:
        asked.append(1)
        return make(maker, *given, **values)

    monkeypatch.setattr(VariantMaker, "make", listen)
    preview = AugmentPreview(runner, theme)
    qtbot.addWidget(preview)
    preview.set_samples(samples, CLASSES)
    preview.set_config(config())
    qtbot.wait(20)
    assert not asked
    preview.show()
    wait_for_cells(qtbot, preview)
    assert asked == [1]
    preview.close()


def test_that_without_images_it_says_what_it_is_for(qtbot: QtBot, preview: AugmentPreview) -> None:
    preview.set_samples((), ())
    assert caption(preview) == "Import images to see how training varies them."
    assert grid(preview).cell_at(0, 0) is None
    for name in ("augment_others", "augment_next"):
        button = preview.findChild(QPushButton, name)
        assert button is not None
        assert not button.isEnabled()


def test_that_images_that_are_gone_are_said_in_words(
    qtbot: QtBot, preview: AugmentPreview, samples: list[Sample]
) -> None:
    for sample in samples:
        sample.path.unlink()
    preview.set_samples(samples, CLASSES)
    message = preview.findChild(QLabel, "banner_message")
    assert message is not None
    qtbot.waitUntil(message.isVisible)
    assert message.text() == "None of the images can be read any more."


def test_that_pictures_are_drawn(preview: AugmentPreview, theme: ThemeManager) -> None:
    shown = grid(preview)
    for mode in ("dark", "light"):
        theme.set_mode(mode)
        shot = shown.grab().toImage()
        assert shot.pixelColor(10, 70) != shot.pixelColor(100, 70)  # a ramp in the first square


def test_that_pictures_explain_themselves(
    preview: AugmentPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, *_more: said.append(text))
    monkeypatch.setattr(QToolTip, "hideText", lambda: said.append(""))
    for place in (QPoint(30, 60), QPoint(30, 2)):
        help_event = QHelpEvent(QEvent.Type.ToolTip, place, grid(preview).mapToGlobal(place))
        QApplication.sendEvent(grid(preview), help_event)
    assert said == [cells(preview, 0)[0].hint, ""]


def test_that_its_height_follows_its_width(preview: AugmentPreview) -> None:
    shown = grid(preview)
    assert shown.heightForWidth(1000) > shown.heightForWidth(500)
    preview.resize(420, 400)
    preview.grab()
    QApplication.sendEvent(preview, QEvent(QEvent.Type.LanguageChange))
    assert cells(preview, 0)[0].lines
