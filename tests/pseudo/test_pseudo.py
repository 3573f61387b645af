"""Every page in a language nobody speaks, in those it has, and from right to left.

``pytest -m pseudo`` walks the whole gallery; the few screens here cover every page and tab. By
hand: ``python -m tests.pseudo --only train --lang pseudo,zh_CN --out pictures``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from effnet_studio.gui.i18n import install_language
from tests.gallery.material import Material, default_cache
from tests.gallery.registry import Scenario, all_scenarios, choose
from tests.pseudo.allowed import words_left
from tests.pseudo.audit import PSEUDO, Way, audit
from tests.pseudo.room import troubles
from tests.pseudo.texts import Shown, shown_texts
from tests.pseudo.translator import install_pseudo, pseudo

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

USUAL, SMALL = (1280, 800), (1024, 700)
FEW = (
    "welcome-recent",
    "data-loaded",
    "train-ready",
    "evaluate-done",
    "predict-many",
    "export-ready",
    "models-loaded",
    "settings-top",
    "window-closing-training",
)
"""One state of each page."""
LONG = ("ten-thousand", "thousand", "two-hundred", "file-thousand")
"""States that take minutes to make and show nothing that others do not."""


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """What the gallery shows; trained once a computer."""
    return Material(default_cache())


def _check(
    qapp: QApplication, material: Material, folder: Path, scenario: Scenario, *ways: Way
) -> None:
    found = audit(qapp, material, folder, scenario, ways)
    assert not found, "\n".join(f"{where}: {line}" for line, where in found.items())


@pytest.mark.parametrize("name", FEW)
def test_that_every_page_is_translated_and_has_room_for_longer_words(
    qapp: QApplication, material: Material, tmp_path: Path, name: str
) -> None:
    ways = [Way(PSEUDO, SMALL)]
    _check(qapp, material, tmp_path, choose([name])[0], *ways)


@pytest.mark.parametrize("name", ["data-loaded", "train-ready", "evaluate-done"])
def test_that_nothing_is_cut_off_in_chinese_and_english_or_from_right_to_left(
    qapp: QApplication, material: Material, tmp_path: Path, name: str
) -> None:
    ways = [Way("en", SMALL), Way("zh_CN", SMALL), Way("en", SMALL, right_to_left=True)]
    _check(qapp, material, tmp_path, choose([name])[0], *ways)


@pytest.mark.pseudo
@pytest.mark.parametrize("scenario", all_scenarios(), ids=lambda scenario: scenario.name)
def test_that_the_whole_gallery_is_translated_and_has_room(
    qapp: QApplication, material: Material, tmp_path: Path, scenario: Scenario
) -> None:
    if scenario.state.endswith(LONG):
        pytest.skip("takes minutes to make and shows nothing that others do not")
    languages = (PSEUDO, "en", "zh_CN")
    ways = [Way(language, size) for language in languages for size in (USUAL, SMALL)]
    mirrored = Way("en", USUAL, right_to_left=True)
    _check(qapp, material, tmp_path, scenario, *ways, mirrored)


# -- the audit itself --------------------------------------------------------------------------


def test_that_gaps_tags_and_mnemonics_stay_as_they_are() -> None:
    assert pseudo("Train") == "[Ţŕåîñ ·]"
    assert "{name}" in pseudo("Hello {name}")
    assert "<b>" in pseudo("<b>%n</b> images of %Ln")
    assert "%Ln" in pseudo("<b>%n</b> images of %Ln")
    assert "&amp;" in pseudo("&Open &amp; close")
    assert len(pseudo("A sentence of some length, as tool tips have.")) >= 60
    assert pseudo("") == ""


def test_that_a_text_nobody_translated_is_found(qtbot: QtBot, qapp: QApplication) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    install_pseudo(qapp)
    for text in (page.tr("Translated"), "Forgotten", "bee", "12 MB"):
        layout.addWidget(QLabel(text))
    page.show()
    left = [words_left(shown, ("bee",)) for shown in shown_texts(page)]
    install_language(qapp, "en")
    assert [words for words in left if words] == [["Forgotten"]]


def test_that_clipped_and_overlapping_widgets_are_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    label, button = QLabel("A text that needs more room than it has"), QPushButton("Press me now")
    wrapped = QLabel("Several words that would need more than a single line of text")
    wrapped.setWordWrap(True)
    wrapped.setFixedSize(120, 14)
    button.setFixedWidth(30)
    label.setFixedWidth(40)
    for name, widget in (("label", label), ("button", button), ("wrapped", wrapped)):
        widget.setObjectName(name)
        layout.addWidget(widget)
    page.show()
    assert {each.widget for each in troubles(page)} == {"label", "button", "wrapped"}
    label.setGeometry(button.geometry())
    assert any(each.what.startswith("lies on button") for each in troubles(page))


def test_that_words_of_data_are_no_mistake() -> None:
    for text in ("/home/me/ants/ant-01.jpg", "efficientnet_b0", "3.4 GB", "Ctrl+K", "ONNX"):
        assert words_left(Shown("label", "text", text), ()) == []
    assert words_left(Shown("label", "text", "Open the file"), ()) == ["Open", "the", "file"]
