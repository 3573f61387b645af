"""The dialog on pre-trained weights, against a real server on this computer."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QProgressBar, QPushButton

from effnet_studio import paths
from effnet_studio.engine.events import ProgressMeter
from effnet_studio.engine.models import download, published
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.models.network import MIRROR_VARIABLE, PROXY_VARIABLE
from effnet_studio.gui.dialogs.weights import WeightsDialog
from effnet_studio.gui.models.weights_table import STATE
from effnet_studio.gui.settings import Settings
from effnet_studio.gui.shelf import ShelfWork
from tests.engine.models.file_server import Behaviour, serving
from tests.engine.models.proxy_server import Gate, proxying

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.models import ModelsPage
    from effnet_studio.gui.pages.train import TrainPage

MODEL = "resnet18"
CONTENT = b"what ResNet-18 learned, " * 40_000
OTHER = "densenet121"
OTHER_CONTENT = b"and DenseNet-121" * 9_000

pytestmark = pytest.mark.usefixtures("network_variables")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "RETRY_PAUSE", 0.0)
    monkeypatch.setattr(ProgressMeter, "INTERVAL", 0.0)  # else too quick to be told anything


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A library whose files are small: the name of each architecture's file."""
    contents = {MODEL: CONTENT, OTHER: OTHER_CONTENT}
    names = {}
    for model in CATALOG:
        digest = hashlib.sha256(contents.get(model, model.encode())).hexdigest()
        names[model] = f"{model}-{digest[:8]}.pth"

    class Entry:
        def __init__(self, name: str) -> None:
            model = next(m for m, spec in CATALOG.items() if spec.weights == name)
            self.url = f"https://download.example/models/{names[model]}"

    monkeypatch.setattr(published.import_torchvision("models"), "get_weight", Entry)
    return names


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, library: dict[str, str]) -> Iterator[WeightsDialog]:
    """The dialog over an empty shelf."""
    yield opened(qtbot, window)
    for left in shown(window):
        left.close()


def opened(qtbot: QtBot, window: MainWindow) -> WeightsDialog:
    window.actions_by_key["weights"].trigger()
    (dialog,) = shown(window)
    qtbot.waitUntil(lambda: bool(dialog.shelf.model.entries), timeout=60_000)
    return dialog


def shown(window: MainWindow) -> list[WeightsDialog]:
    return [each for each in window.findChildren(WeightsDialog) if each.isVisible()]


def put(library: dict[str, str], model: str, content: bytes) -> Path:
    file = paths.weights_dir() / library[model]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


@contextmanager
def another_look(qtbot: QtBot, dialog: WeightsDialog) -> Iterator[None]:
    """Wait until the dialog has looked again, as it does whenever a job has ended."""
    with qtbot.waitSignal(dialog.shelf._requests.answered, timeout=60_000):
        yield
    assert button(dialog, "import").isEnabled()


def look_again(qtbot: QtBot, dialog: WeightsDialog, window: MainWindow) -> None:
    with another_look(qtbot, dialog):
        window.session.weights_changed.emit()


def state(dialog: WeightsDialog, model: str = MODEL) -> str:
    return dialog.shelf.model.entries[model].state


def choose(dialog: WeightsDialog, *models: str) -> None:
    table = dialog.shelf.table
    selection = table.selectionModel()
    selection.clearSelection()
    flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
    for model in models:
        selection.select(table.model().index(list(CATALOG).index(model), 0), flags)
    assert dialog.shelf.chosen == models


def button(dialog: WeightsDialog, name: str) -> QPushButton:
    found: QPushButton = dialog.findChild(QPushButton, f"weights_{name}")
    return found


def click(qtbot: QtBot, dialog: WeightsDialog, name: str) -> None:
    assert button(dialog, name).isEnabled()
    qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)


def work(qtbot: QtBot, dialog: WeightsDialog, name: str, file: Path | None = None) -> str:
    """Press a button, choose a file if asked, wait for the job; returns what is said of it."""
    with another_look(qtbot, dialog):
        click(qtbot, dialog, name)
        if file is not None:
            file_chosen(dialog, file)
    return status(dialog)


def status(dialog: WeightsDialog) -> str:
    return text(dialog, "weights_status")


def text(dialog: WeightsDialog, name: str) -> str:
    return str(dialog.findChild(QLabel, name).text())


def fill(dialog: WeightsDialog, key: str, value: str) -> None:
    edit = dialog.findChild(QLineEdit, f"preference_{key}")
    edit.setText(value)
    edit.editingFinished.emit()


def file_chosen(dialog: WeightsDialog, path: Path) -> None:
    chooser = next(each for each in dialog.findChildren(QFileDialog) if each.isVisible())
    assert not chooser.isModal()
    chooser.fileSelected.emit(str(path))
    chooser.close()


# -- downloads -------------------------------------------------------------------------------------


def test_that_chosen_weights_are_downloaded_and_the_pages_know(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog
) -> None:
    models: ModelsPage = window.page("models")  # type: ignore[assignment]
    train: TrainPage = window.page("train")  # type: ignore[assignment]
    train.setup.choose_model(MODEL)
    assert not button(dialog, "download").isEnabled()
    assert text(dialog, "weights_summary").startswith("0 of 32 on this computer")
    choose(dialog, MODEL)
    with serving(Behaviour(CONTENT)) as url:
        fill(dialog, "mirror", url)
        said = work(qtbot, dialog, "download")

    assert said == "Here and whole: ResNet-18."
    assert state(dialog) == "here"
    assert dialog.shelf.model.entries[MODEL].path.read_bytes() == CONTENT
    assert text(dialog, "weights_summary") == "1 chosen, nothing to download"
    assert not button(dialog, "download").isEnabled()
    qtbot.waitUntil(lambda: models._model.is_present(MODEL))
    qtbot.waitUntil(lambda: "are on this computer" in train.setup.weights.note.text())


def test_that_a_stopped_download_goes_on_where_it_stopped(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog
) -> None:
    choose(dialog, MODEL)
    behaviour = Behaviour(CONTENT, hold_at=400_000)
    bar = dialog.findChild(QProgressBar, "weights_bar")
    with serving(behaviour) as url:
        fill(dialog, "mirror", url)
        click(qtbot, dialog, "download")
        qtbot.waitUntil(lambda: bar.isVisible() and bar.value() > 0, timeout=60_000)
        assert "ResNet-18 · " in text(dialog, "weights_progress")
        assert "of 960.0 kB" in text(dialog, "weights_progress")
        qtbot.waitUntil(lambda: "400.0 kB" in text(dialog, "weights_progress"), timeout=60_000)
        assert not any(button(dialog, n).isEnabled() for n in ("download", "check", "import"))
        with another_look(qtbot, dialog):
            click(qtbot, dialog, "stop")
            behaviour.released.set()
        assert "goes on from there" in status(dialog)
        assert state(dialog) == "unfinished"
        assert not bar.isVisible()

        behaviour.hold_at = None
        work(qtbot, dialog, "download")
    assert state(dialog) == "here"
    assert behaviour.requests == ["", "bytes=400000-"]


def test_that_a_refusal_is_said_in_the_window_and_in_the_dialog(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog
) -> None:
    choose(dialog, MODEL)
    with serving(Behaviour(CONTENT, status=404)) as url:
        fill(dialog, "mirror", url)
        said = work(qtbot, dialog, "download")
    assert "does not give the file: 404" in said
    assert dialog.findChild(QLabel, "weights_status").property("tone") == "danger"
    assert window.errors.error is not None
    assert state(dialog) == "missing"


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_that_a_download_outlives_the_dialog_and_the_next_one_shows_it(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog
) -> None:
    choose(dialog, MODEL)
    behaviour = Behaviour(CONTENT, hold_at=400_000)
    with serving(behaviour) as url:
        fill(dialog, "mirror", url)
        click(qtbot, dialog, "download")
        qtbot.waitUntil(lambda: len(behaviour.requests) == 1, timeout=60_000)
        dialog.close()
        second = opened(qtbot, window)
        assert button(second, "stop").isVisible()
        assert not button(second, "import").isEnabled()
        window.actions_by_key["weights"].trigger()
        assert shown(window) == [second]
        with another_look(qtbot, second):
            behaviour.hold_at = None
            behaviour.released.set()
        assert status(second) == "Here and whole: ResNet-18."
    assert state(second) == "here"


def test_that_another_project_can_be_opened_meanwhile(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog, trained: Path
) -> None:
    choose(dialog, MODEL)
    behaviour = Behaviour(CONTENT, hold_at=400_000)
    window.session.create_project(trained.parent / "first.effnet", "First")
    qtbot.waitUntil(lambda: window.session.project is not None)
    with serving(behaviour) as url:
        fill(dialog, "mirror", url)
        click(qtbot, dialog, "download")
        qtbot.waitUntil(lambda: len(behaviour.requests) == 1, timeout=60_000)
        with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
            assert window.session.open_project(trained) is not None
        assert dialog.isVisible()
        with another_look(qtbot, dialog):
            behaviour.hold_at = None
            behaviour.released.set()
    assert state(dialog) == "here"


def test_that_enter_in_a_field_presses_no_button(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog
) -> None:
    choose(dialog, MODEL)
    for name in ("weights_filter", "preference_proxy"):
        qtbot.keyClick(dialog.findChild(QLineEdit, name), Qt.Key.Key_Return)
    assert not [job for job in window.session.jobs.jobs if job.kind in set(ShelfWork)]
    assert dialog.isVisible()


# -- checks and bundles ----------------------------------------------------------------------------


def test_that_a_check_finds_a_damaged_file_and_a_download_replaces_it(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog, library: dict[str, str]
) -> None:
    put(library, MODEL, b"damaged")
    put(library, OTHER, OTHER_CONTENT)
    look_again(qtbot, dialog, window)
    assert (state(dialog), state(dialog, OTHER)) == ("here", "here")
    said = work(qtbot, dialog, "check")
    assert said.startswith("Damaged: ResNet-18.")
    assert (state(dialog), state(dialog, OTHER)) == ("damaged", "here")
    look_again(qtbot, dialog, window)
    assert state(dialog) == "damaged", "a look at the names alone must not forget it"

    choose(dialog, MODEL, OTHER)
    with serving(Behaviour(CONTENT)) as url:
        fill(dialog, "mirror", url)
        work(qtbot, dialog, "download")
    assert state(dialog) == "here"
    assert work(qtbot, dialog, "check") == "All checksums are right. Checked: 2."


def test_that_weights_travel_in_a_bundle(
    qtbot: QtBot,
    window: MainWindow,
    dialog: WeightsDialog,
    library: dict[str, str],
    tmp_path: Path,
) -> None:
    assert not button(dialog, "bundle").isEnabled()
    files = [put(library, MODEL, CONTENT), put(library, OTHER, OTHER_CONTENT)]
    look_again(qtbot, dialog, window)
    path = tmp_path / "lab.effnet-weights.zip"
    said = work(qtbot, dialog, "bundle", path)
    assert said == "Written: lab.effnet-weights.zip, 1.1 MB. Weights in it: 2."
    assert window.settings.last_folder == str(tmp_path)

    for file in files:
        file.unlink()
    look_again(qtbot, dialog, window)
    assert state(dialog) == "missing"
    assert work(qtbot, dialog, "import", path) == "2 taken in, 0 here already."
    assert (state(dialog), state(dialog, OTHER)) == ("here", "here")
    assert files[0].read_bytes() == CONTENT


def test_that_a_bundle_of_chosen_models_says_what_it_leaves_out(
    qtbot: QtBot,
    window: MainWindow,
    dialog: WeightsDialog,
    library: dict[str, str],
    tmp_path: Path,
) -> None:
    put(library, MODEL, CONTENT)
    put(library, OTHER, OTHER_CONTENT)
    look_again(qtbot, dialog, window)
    choose(dialog, "resnet50")
    assert not button(dialog, "bundle").isEnabled()
    choose(dialog, MODEL, "resnet50")
    said = work(qtbot, dialog, "bundle", tmp_path / "a.zip")
    assert "Weights in it: 1." in said
    assert said.endswith("left out: ResNet-50.")


def test_that_what_is_no_bundle_is_refused(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog, tmp_path: Path
) -> None:
    (tmp_path / "photo.zip").write_bytes(b"no archive")
    assert "photo.zip" in work(qtbot, dialog, "import", tmp_path / "photo.zip")
    assert window.errors.error is not None


# -- the table -------------------------------------------------------------------------------------


def test_that_states_differ_in_words_and_shapes_not_only_in_colour(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog, library: dict[str, str]
) -> None:
    put(library, MODEL, b"damaged")
    put(library, OTHER, OTHER_CONTENT)
    (paths.weights_dir() / f"{library['resnet50']}.part").write_bytes(b"begun")
    work(qtbot, dialog, "check")
    model = dialog.shelf.model
    texts, shapes = set(), set()
    for name in (MODEL, OTHER, "resnet50", "resnet34"):
        index = model.index(list(CATALOG).index(name), STATE)
        texts.add(index.data())
        picture = index.data(Qt.ItemDataRole.DecorationRole).pixmap(16).toImage()
        alpha = picture.convertToFormat(picture.Format.Format_Alpha8)
        shapes.add(bytes(alpha.constBits()))
    assert len(texts) == len(shapes) == 4


# -- the network -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "wrong", "right", "variable"),
    [
        ("proxy", "socks5://proxy.example:1080", "http://proxy.example:8080", PROXY_VARIABLE),
        ("proxy", "http://", "direct", PROXY_VARIABLE),
        ("mirror", "ftp://files.example/weights", "https://files.example/w", MIRROR_VARIABLE),
    ],
)
def test_that_only_addresses_that_can_be_used_are_kept(  # noqa: PLR0917 - fixtures and cases
    window: MainWindow, dialog: WeightsDialog, key: str, wrong: str, right: str, variable: str
) -> None:
    purpose = text(dialog, f"note_{key}")
    fill(dialog, key, wrong)
    assert text(dialog, f"note_{key}") != purpose
    assert dialog.findChild(QLineEdit, f"preference_{key}").property("error") is True
    assert getattr(window.settings, key) == ""
    assert variable not in os.environ

    fill(dialog, key, f" {right} ")
    assert text(dialog, f"note_{key}") == purpose
    assert os.environ[variable] == right
    window.settings.wait_until_written()
    again = Settings(paths.user_data_dir().parent / "window.ini")
    assert getattr(again, key) == right

    fill(dialog, key, wrong)
    assert (getattr(window.settings, key), os.environ[variable]) == (right, right)
    fill(dialog, key, "")
    assert getattr(window.settings, key) == ""
    assert variable not in os.environ


def test_that_downloads_go_through_the_proxy_that_was_typed(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog
) -> None:
    choose(dialog, MODEL)
    gate = Gate()
    with serving(Behaviour(CONTENT)) as url, proxying(gate) as proxy:
        fill(dialog, "mirror", f"{url}/")
        fill(dialog, "proxy", proxy)
        work(qtbot, dialog, "download")
    assert window.settings.proxy == f"http://{proxy}"
    assert len(gate.asked) == 1
    assert state(dialog) == "here"


def test_that_escape_keeps_what_was_typed_last(
    qtbot: QtBot, window: MainWindow, dialog: WeightsDialog
) -> None:
    edit = dialog.findChild(QLineEdit, "preference_proxy")
    qtbot.keyClicks(edit, "direct")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.settings.proxy == "direct"
