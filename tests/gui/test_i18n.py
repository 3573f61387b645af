"""Languages: complete, fresh, and switched live."""

from __future__ import annotations

import ast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QLabel, QPushButton

from effnet_studio.engine.messages import msg
from effnet_studio.gui.i18n import install_language, resolve_language, translate_message
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.text import duration_text, percent_text, remaining_text, sentences_text
from tests import check_translations


@pytest.mark.skipif(not check_translations.tools_installed(), reason="Qt's lupdate cannot run here")
def test_that_translations_are_complete_and_fresh() -> None:
    assert check_translations.problems() == []


def test_that_the_check_finds_a_missing_translation(tmp_path) -> None:
    ts = tmp_path / "x.ts"
    ts.write_text(
        '<TS version="2.1" language="zh_CN"><context><name>A</name>'
        '<message><source>One</source><translation type="unfinished"/></message>'
        "<message><source>{n} of</source><translation>{m}</translation></message>"
        "</context></TS>",
        encoding="utf-8",
    )
    assert check_translations.unfinished(ts) == ["One"]
    assert check_translations.broken_fields(ts) == ["{n} of"]


def test_that_the_whole_window_changes_its_language_live(window: MainWindow, qapp) -> None:
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    try:
        assert window.findChild(QPushButton, "nav_train").text() == "训练"
        assert window.findChild(QPushButton, "welcome_sample").text() == "试用示例"
        assert window.actions_by_key["quit"].text() == "退出(&Q)"
    finally:
        install_language(qapp, "en")
        qapp.processEvents()
    assert window.findChild(QPushButton, "nav_train").text() == "Train"
    assert window.findChild(QLabel, "welcome_title").text().startswith("Teach")


def test_that_switching_leaves_no_old_translators(qapp, english) -> None:
    for _ in range(3):
        install_language(qapp, "zh_CN")
        install_language(qapp, "en")
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(qapp.findChildren(QTranslator)) <= len(check_translations.GROUPS) + 1


def test_that_plurals_are_asked_for_where_lupdate_finds_them() -> None:
    package = check_translations.PACKAGE
    calls = [
        (file.name, node.lineno)
        for file in sorted((package / "gui").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "translate"
        and any(isinstance(a, ast.Constant) and "%n" in str(a.value) for a in node.args)
    ]
    assert calls == [], "it sees plurals only in tr()"


def test_that_plurals_are_right_in_english(english) -> None:
    translate = QCoreApplication.translate
    assert translate("DataPage", "%n image(s)", "", 1) == "1 image"
    assert translate("DataPage", "%n image(s)", "", 2) == "2 images"
    assert translate("DataPage", "%n image(s)", "", 12345) == "12,345 images"


def test_that_an_unknown_language_falls_back_to_english() -> None:
    assert resolve_language("tlh") == "en"
    assert resolve_language("zh_CN") == "zh_CN"


def test_that_a_message_without_translation_stays_english(english) -> None:
    assert translate_message(msg("Nobody says {this}.", this=3)) == "Nobody says 3."


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (59, "59 s"), (83, "1 min 23 s"), (1500, "25 min"), (7300, "2 h 2 min")],
)
def test_that_durations_are_as_exact_as_is_useful(english, seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


def test_that_estimates_are_rounded_and_unknown_ones_are_silent(english) -> None:
    assert remaining_text(None) == ""
    assert remaining_text(2) == "a few seconds left"
    assert remaining_text(43) == "about 45 s left"
    assert percent_text(0.9234) == "92.3 %"


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        (("The disk is full.", "", "Free some room."), "The disk is full. Free some room."),
        (("磁盘已满。", "", "请腾出空间。"), "磁盘已满。请腾出空间。"),
        (("The device is busy.", "请再试一次。"), "The device is busy. 请再试一次。"),
        (("One.", "Two."), "One. Two."),
        ((), ""),
    ],
)
def test_that_a_blank_between_sentences_is_left_out_behind_full_width_marks(
    sentences: tuple[str, ...], text: str
) -> None:
    assert sentences_text(sentences) == text


def test_that_chinese_says_you_in_one_way_and_left_out_in_one_word() -> None:
    for file in sorted(check_translations.FOLDER.glob("*.zh_CN.ts")):
        text = file.read_text(encoding="utf-8")
        assert "您" not in text, f"{file.name}: 你, everywhere"
        assert "未采用 ·" not in text, f"{file.name}: left out is 已排除"
