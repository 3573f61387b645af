"""The card of the GPU pack on the Doctor page: the offer, its job, and looking after it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from effnet_studio import paths
from effnet_studio.engine.doctor import examine as examine_module
from effnet_studio.engine.facts.graphics_words import DRIVERS
from effnet_studio.engine.gpu_pack import install as install_module
from effnet_studio.engine.gpu_pack.activate import Standing
from effnet_studio.engine.gpu_pack.installed import read_installed
from effnet_studio.engine.gpu_pack.trial import Trial, failure_of
from effnet_studio.engine.models import download as download_module
from effnet_studio.gui import turns
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.lifecycle.closing_words import fate_of, is_resumable
from effnet_studio.gui.pages.doctor import DoctorPage
from effnet_studio.gui.session import HARMLESS
from effnet_studio.gui.widgets.doctor.pack_card import PackCard
from tests.engine.gpu_pack.small_packs import (
    PROBE,
    Shop,
    bring_table,
    manifest_of,
    selling,
    small_pack,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.gui.main_window import MainWindow
    from tests.gui.announcements import Listener


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """An installed app on a computer with a card, and a small pack for it."""
    files = small_pack(tmp_path / "files")
    bring_table(monkeypatch, tmp_path, files)
    monkeypatch.setattr(paths, "is_frozen", lambda: True)
    monkeypatch.setattr(examine_module, "probe_graphics", lambda: PROBE)
    monkeypatch.setattr(download_module, "RETRY_PAUSE", 0.0)
    return files


@pytest.fixture
def page(window: MainWindow, files: list[Path]) -> DoctorPage:
    page = window.page("doctor")
    assert isinstance(page, DoctorPage)
    return page


@pytest.fixture
def card(qtbot, page: DoctorPage) -> PackCard:
    card = page.findChild(PackCard)
    _look(qtbot, page)
    return card


def _look(qtbot, page: DoctorPage) -> None:
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        page.look()


def _until_looked_again(qtbot, page: DoctorPage, action: Callable[[], object]) -> None:
    """Wait for what was asked for, and for the look afterwards."""
    jobs, ended = page.session.jobs, []
    jobs.job_finished.connect(lambda job: ended.append(job.kind))
    action()
    qtbot.waitUntil(lambda: "gpu_pack" in ended and not jobs.jobs, timeout=60_000)


def _click(page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert not button.isHidden(), name
    button.click()


def _text(card: PackCard, name: str) -> str:
    label = card.findChild(QLabel, f"gpu_pack_{name}")
    return "" if label.isHidden() else label.text()


def _buttons(card: PackCard) -> list[str]:
    found = [each for each in card.findChildren(QPushButton) if not each.isHidden()]
    names = [each.objectName().removeprefix("gpu_pack_") for each in found]
    return [name for name in names if name not in {"stop", "error_copy"}]


def test_that_a_pack_is_offered_with_its_price(page: DoctorPage, card: PackCard) -> None:
    assert not card.isHidden()
    assert card.verdict == "With it the app computes on the RTX 4070."
    assert "Download: " in _text(card, "about")
    assert _buttons(card) == ["install", "files", "list"]
    look = page.findChild(QWidget, "card_look")
    assert "Add the GPU pack" in look.findChild(QLabel, "look_hint_cuda").text()


def test_that_a_missing_driver_comes_before_the_pack(
    qtbot, page: DoctorPage, card: PackCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = replace(PROBE, driver="", driver_cuda="")
    monkeypatch.setattr(examine_module, "probe_graphics", lambda: bare)
    _look(qtbot, page)
    assert _buttons(card) == ["driver", "install", "files", "list"]
    assert card.findChild(QPushButton, "gpu_pack_driver").property("role") == "primary"
    assert card.findChild(QPushButton, "gpu_pack_install").property("role") != "primary"
    _click(page, "gpu_pack_driver")
    assert QGuiApplication.clipboard().text() == DRIVERS
    assert DRIVERS in _text(card, "note")


def test_that_the_advice_leads_to_the_card(
    qtbot, window: MainWindow, page: DoctorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_SLICE_SECONDS", 0.0)  # as on a slow computer: card by card
    window.show()
    window.show_page("doctor")
    qtbot.waitUntil(
        lambda: page.findChild(QPushButton, "look_remedy_cuda") is not None, timeout=60_000
    )
    qtbot.mouseClick(page.findChild(QPushButton, "look_remedy_cuda"), Qt.MouseButton.LeftButton)
    install = page.findChild(QPushButton, "gpu_pack_install")
    qtbot.waitUntil(install.hasFocus)
    # Cards that come later push it down, and it is brought back.
    qtbot.waitUntil(
        lambda: (
            not page._cards_in_turns.running
            and install.visibleRegion().boundingRect().height() == install.height()
        )
    )
    window.hide()


def test_that_nothing_is_shown_where_a_pack_would_not_help(
    qtbot, page: DoctorPage, card: PackCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = replace(PROBE, nvidia=(), driver="", driver_cuda="")
    monkeypatch.setattr(examine_module, "probe_graphics", lambda: bare)
    _look(qtbot, page)
    assert card.isHidden()


def test_that_it_is_downloaded_and_used_from_the_next_start_on(
    qtbot, card: PackCard, files: list[Path], heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = card.window().page("doctor")
    with selling(Shop(files[0].parent)) as base:
        bring_table(monkeypatch, files[0].parent.parent, files, base)
        _until_looked_again(qtbot, page, lambda: _click(page, "gpu_pack_install"))
    assert page.examination.pack.standing is Standing.READY
    assert card.verdict == "Installed. It is used from the next start on."
    assert _text(card, "about").startswith("Close the app and start it again.")
    assert "The GPU pack is installed. Close the app and start it again." in heard.said
    assert _buttons(card) == ["verify", "remove"]
    assert read_installed(paths.gpu_pack_dir() / manifest_of(files).key) is not None


def test_that_a_failure_is_shown_in_the_card_and_the_download_goes_on(
    qtbot, page: DoctorPage, card: PackCard, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(files[0].parent, cut_after=1000)
    with selling(shop) as base:
        bring_table(monkeypatch, files[0].parent.parent, files, base)
        _until_looked_again(qtbot, page, lambda: _click(page, "gpu_pack_install"))
        assert not card.error.isHidden()
        assert "was cut" in card.error.findChild(QLabel, "banner_message").text()
        install = card.findChild(QPushButton, "gpu_pack_install")
        assert install.text() == "Go on with the download"
        assert "are here already" in _text(card, "about")
        shop.cut_after = None
        _until_looked_again(qtbot, page, lambda: _click(page, "gpu_pack_install"))
    assert card.error.isHidden()
    assert page.examination.pack.standing is Standing.READY


def test_that_an_installation_can_be_stopped(
    qtbot, page: DoctorPage, card: PackCard, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install_module, "fetch", _never_ready)
    _until_looked_again(qtbot, page, lambda: (_click(page, "gpu_pack_install"), _stop(page, card)))
    assert _buttons(card) == ["install", "files", "list"]
    assert not paths.gpu_pack_dir().joinpath(manifest_of(files).key).exists()


def _never_ready(job: install_module.Job, **_: object) -> list[Path]:
    while True:
        job.cancel.check()


def _stop(page: DoctorPage, card: PackCard) -> None:
    assert _buttons(card) == []
    assert page.findChild(QPushButton, "speed_measure").isEnabled() is False
    _click(page, "gpu_pack_stop")


def test_that_files_will_do(qtbot, page: DoctorPage, card: PackCard, files: list[Path]) -> None:
    _click(page, "gpu_pack_files")
    dialog = card.findChild(QFileDialog, "gpu_pack_dialog")
    assert not dialog.isModal()
    _until_looked_again(qtbot, page, lambda: dialog.fileSelected.emit(str(files[0])))
    dialog.close()
    assert page.examination.pack.standing is Standing.READY


def test_that_the_list_of_files_is_copied(
    qapp, page: DoctorPage, card: PackCard, files: list[Path]
) -> None:
    _click(page, "gpu_pack_list")
    assert all(file.name in qapp.clipboard().text() for file in files)
    assert "Copied" in _text(card, "note")


def test_that_a_pack_is_checked_and_removed_after_a_question(
    qtbot, page: DoctorPage, card: PackCard, files: list[Path]
) -> None:
    install_module.install_pack(files[0].parent)
    folder = paths.gpu_pack_dir() / manifest_of(files).key
    _look(qtbot, page)
    _until_looked_again(qtbot, page, lambda: _click(page, "gpu_pack_verify"))
    assert _text(card, "note") == "Every file is whole."
    (folder / "torch" / "version.py").write_text("x")
    _until_looked_again(qtbot, page, lambda: _click(page, "gpu_pack_verify"))
    assert "missing or damaged" in _text(card, "note")
    _click(page, "gpu_pack_remove")
    assert _buttons(card) == ["remove", "keep"]
    assert "has to be downloaded again" in _text(card, "about")
    _click(page, "gpu_pack_keep")
    assert _buttons(card) == ["verify", "remove"]
    _click(page, "gpu_pack_remove")
    _until_looked_again(qtbot, page, lambda: _click(page, "gpu_pack_remove"))
    assert not folder.exists()
    assert page.examination.pack.offered


def test_that_a_pack_that_failed_is_told_and_tried_again(
    qtbot, page: DoctorPage, card: PackCard, files: list[Path]
) -> None:
    install_module.install_pack(files[0].parent)
    Trial(paths.gpu_pack_dir()).failed("OSError: libcudart is missing")
    _look(qtbot, page)
    assert card.verdict == "Switched off after a failure."
    assert "libcudart is missing" in _text(card, "about")
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        _click(page, "gpu_pack_retry")
    assert failure_of(paths.gpu_pack_dir()) is None
    assert page.examination.pack.standing is Standing.READY


def test_that_a_language_changed_changes_the_card(qapp, card: PackCard) -> None:
    english = (card.verdict, _text(card, "about"))
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    chinese = (card.verdict, _text(card, "about"))
    install_language(qapp, "en")
    qapp.processEvents()
    assert "RTX 4070" in chinese[0]
    assert chinese[0] != english[0]
    assert (card.verdict, _text(card, "about")) == english


# -- at the start ------------------------------------------------------------------------------


def test_that_the_start_tells_of_a_pack_that_is_not_used_any_more(
    qtbot, window: MainWindow, files: list[Path]
) -> None:
    banner = window.pack_banner
    banner.look()
    assert banner.isHidden()  # there is none
    install_module.install_pack(files[0].parent)
    banner.look()
    assert banner.isHidden()  # all is well
    Trial(paths.gpu_pack_dir()).failed("")
    banner.look()
    assert not banner.isHidden()
    assert "switched off" in banner.findChild(QLabel, "banner_message").text()
    window.show()
    banner.findChild(QPushButton, "pack_banner_doctor").click()
    assert window.current_key == "doctor"
    assert banner.isHidden()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs, timeout=60_000)
    window.hide()


def test_that_a_pack_of_before_is_told_and_a_closed_notice_stays_closed(
    qapp, window: MainWindow, files: list[Path]
) -> None:
    old = manifest_of(files, torch="1.2.3")
    install_module.install_pack(files[0].parent, manifest=old)
    banner = window.pack_banner
    banner.look()
    assert "earlier version" in banner.findChild(QLabel, "banner_message").text()
    banner.hide()
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    assert banner.isHidden()
    install_language(qapp, "en")


def test_that_an_installation_keeps_nothing_from_closing(qtbot, page: DoctorPage) -> None:
    job = page.session.jobs.start(_nothing, title="", kind="gpu_pack", with_events=False)
    assert is_resumable(job, ())
    assert fate_of(job, ()).startswith("What has been downloaded stays")
    assert job.kind in HARMLESS
    with qtbot.waitSignal(page.session.jobs.job_finished):
        pass


def _nothing() -> None:
    """End at once."""
