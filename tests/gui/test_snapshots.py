"""A few parts of the window, pixel by pixel: nobody changes their look without noticing.

``pytest tests/gui/test_snapshots.py --update-snapshots`` keeps what is drawn now.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.events import Progress, Stage
from effnet_studio.engine.export.certificate.record import ExportFormat
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.config import Preset
from effnet_studio.gui.errors import Banner, ErrorPanel
from effnet_studio.gui.page_stack import ASIDES, PAGES
from effnet_studio.gui.preferences import BY_KEY
from effnet_studio.gui.widgets.drop_area import DropArea
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.export.export_row import ExportRow
from effnet_studio.gui.widgets.job_bar import JobBar
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle
from effnet_studio.gui.widgets.plots.plot import PlotCard
from effnet_studio.gui.widgets.preferences.row import ChoiceRow
from effnet_studio.gui.widgets.sidebar import Sidebar
from effnet_studio.gui.widgets.toast import Toast, ToastSpec
from effnet_studio.gui.widgets.train.preset_cards import PresetCards
from tests.export_results import export_result, part
from tests.gui.snapshot import compare, skip_elsewhere, snapshot_font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture(autouse=True)
def font(qapp: QApplication, theme: ThemeManager, english: None) -> Iterator[None]:
    yield from snapshot_font(qapp)


@pytest.fixture
def check(
    qtbot: QtBot, theme: ThemeManager, request: pytest.FixtureRequest
) -> Callable[[QWidget, str, tuple[int, int]], None]:
    """Puts a widget on a page in the theme of now, and compares it with its picture."""
    update = bool(request.config.getoption("--update-snapshots"))
    skip_elsewhere(update=update)

    def check(widget: QWidget, name: str, size: tuple[int, int]) -> None:
        page = QWidget()
        page.setObjectName("page")
        qtbot.addWidget(page)
        theme.add_window(page)
        layout = QVBoxLayout(page)
        layout.addWidget(widget)
        layout.addStretch(1)
        page.resize(*size)
        page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page.show()
        page.setFocus()  # else a control would have it, or not, as the screen likes
        compare(page, name, update=update)
        page.hide()

    return check


@pytest.mark.parametrize("mode", ["light", "contrast_dark"])
def test_that_the_sidebar_keeps_its_look(theme: ThemeManager, check, mode: str) -> None:
    theme.set_mode(mode)
    sidebar = Sidebar(PAGES, ASIDES, theme)
    for page in (*PAGES, *ASIDES):
        sidebar.set_text(page.key, page.key.capitalize())
    sidebar.set_project("Garden")
    sidebar.set_current("train")
    sidebar.setMinimumHeight(460)
    check(sidebar, f"sidebar-{mode}", (220, 484))


@pytest.mark.parametrize("mode", ["light", "contrast_light"])
def test_that_presets_keep_their_look(theme: ThemeManager, check, mode: str) -> None:
    theme.set_mode(mode)
    cards = PresetCards(theme)
    cards.set_preset(Preset.BEST)
    check(cards, f"presets-{mode}", (320, 300))


def test_that_the_place_to_drop_images_keeps_its_look(theme: ThemeManager, check) -> None:
    area = DropArea(theme, "images")
    area.set_texts("Drop a folder of images here", "With one sub-folder for each kind")
    area.add_button("choose", "folder", primary=True).setText("Choose a folder…")
    area.add_button("sample", "sparkle").setText("Try the sample")
    check(area, "drop-area", (640, 240))


def test_that_a_running_job_keeps_its_look(
    qtbot: QtBot, runner: JobRunner, theme: ThemeManager, check
) -> None:
    bar = JobBar(runner, theme)
    event = Progress(Stage.EVALUATE, 30, 72, "images", 12.0, 4.0)
    job = runner.start(_Waiting(event), title="Checking the model", kind="evaluate", heavy=False)
    with qtbot.waitSignal(job.event_received):
        pass
    check(bar, "job-running", (720, 110))
    with qtbot.waitSignal(runner.job_finished):
        job.cancel()


def test_that_a_failed_job_keeps_its_look(
    qtbot: QtBot, runner: JobRunner, theme: ThemeManager, check
) -> None:
    bar = JobBar(runner, theme)
    with qtbot.waitSignal(runner.job_finished):
        runner.start(_fail, title="Exporting", kind="export", heavy=False, with_events=False)
    check(bar, "job-failed", (720, 110))


def test_that_a_banner_keeps_its_look(theme: ThemeManager, check) -> None:
    banner = Banner(theme, "warning")
    banner.set_texts("This project is open elsewhere.", "You can look at everything here.")
    check(banner, "banner", (640, 110))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_an_error_keeps_its_look(theme: ThemeManager, check, mode: str) -> None:
    theme.set_mode(mode)
    panel = ErrorPanel(theme)
    panel.show_error(
        ModelError(
            msg("There is not enough memory to run this model."),
            hint=msg("Close other programs, or choose a smaller model or image size."),
        )
    )
    check(panel, f"error-{mode}", (640, 130))


@pytest.mark.parametrize("mode", ["light", "contrast_dark"])
def test_that_a_notice_keeps_its_look(theme: ThemeManager, check, mode: str) -> None:
    theme.set_mode(mode)
    spec = ToastSpec(
        title="Finished – Training: Balanced",
        text="92.4 % of the validation images are recognised. It took 4 min 12 s.",
        tone="success",
        action="Show",
    )
    check(Toast(spec, theme), f"toast-{mode}", (440, 110))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_the_confusion_matrix_keeps_its_look(theme: ThemeManager, check, mode: str) -> None:
    theme.set_mode(mode)
    matrix = ConfusionMatrix(theme)
    matrix.setFixedSize(380, 340)
    matrix.set_matrix(np.array([[8, 1, 0], [2, 7, 1], [0, 3, 9]]), ("bee", "hoverfly", "wasp"))
    check(matrix, f"confusion-{mode}", (410, 366))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_a_plot_keeps_its_look(theme: ThemeManager, check, mode: str) -> None:
    theme.set_mode(mode)
    card = PlotCard(theme, name="loss")
    card.setFixedSize(420, 260)
    for number, key in enumerate(("train", "val")):
        card.add_series(key, CurveStyle(number, symbol="os"[number]))
    card.set_names("Epoch", {"train": "training", "val": "validation"})
    card.set_title("Loss")
    card.set_x_limits(0, 8)
    for epoch in range(1, 8):
        card.append("train", epoch, 1.6 / epoch)
        card.append("val", epoch, 1.6 / epoch + 0.1)
    card.flush()
    check(card, f"plot-{mode}", (450, 290))


def test_that_an_export_keeps_its_look(
    theme: ThemeManager, check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    result = export_result(
        "resnet18-int8.onnx",
        format=ExportFormat.ONNX_INT8,
        bytes=11_300_000,
        parts=(part(same=199, correct=188, app_correct=189, lost=1),),
        budget_points=0.5,
    )
    check(ExportRow(result, theme), "export-row", (760, 90))
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("mode", ["light", "contrast_light"])
def test_that_a_setting_keeps_its_look(
    theme: ThemeManager, settings: Settings, check, mode: str
) -> None:
    theme.set_mode(mode)
    check(ChoiceRow(BY_KEY["theme"], settings, theme), f"setting-{mode}", (648, 120))


class _Waiting:
    """A job that says one thing and waits to be cancelled."""

    def __init__(self, event: Progress) -> None:
        self._event = event

    def __call__(self, *, on_event: OnEvent, cancel: CancelToken) -> None:
        on_event(self._event)
        while True:
            cancel.check()
            cancel.wait(0.01)


def _fail() -> None:
    raise ModelError(msg("There is not enough memory to run this model."))
