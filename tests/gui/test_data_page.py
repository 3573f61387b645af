"""The Data page, with real folders of images and replayed events."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QTableView,
)

from effnet_studio.engine.data.importer import ImportOptions
from effnet_studio.engine.events import Progress, Stage, Warned
from effnet_studio.engine.messages import msg
from effnet_studio.gui.jobs import JobState
from effnet_studio.gui.pages.data import DataPage
from effnet_studio.gui.widgets.data.class_list import ClassList
from effnet_studio.gui.widgets.data.import_progress import ImportProgress
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid


@pytest.fixture
def page(qtbot, session, theme, english, tmp_path: Path) -> DataPage:
    """The page of an empty project."""
    page = DataPage(session, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitSignal(session.project_changed):
        session.create_project(tmp_path / "p.effnet")
    return page


@pytest.fixture
def loaded(qtbot, page: DataPage, make_photos) -> DataPage:
    """The page with 10 bees, 6 ants, one broken file and one note."""
    folder = make_photos(bee=10, ant=6)
    (folder / "bee" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut short")
    (folder / "readme.txt").write_text("a note")
    with qtbot.waitSignal(page.session.import_finished):
        page.take_folder(folder)
    return page


def state(page: DataPage) -> str:
    return page.findChild(QStackedWidget, "data_states").currentWidget().objectName()


def names(page: DataPage) -> set[str]:
    model = page.findChild(ThumbnailGrid, "thumbnail_grid").model()
    return {model.index(row, 0).data() for row in range(model.rowCount())}


def test_that_an_empty_project_asks_for_a_folder(page: DataPage) -> None:
    assert state(page) == "drop_area"
    assert page.findChild(QPushButton, "data_choose").isEnabled()
    assert page.findChild(QPushButton, "data_train").isHidden()


def test_that_a_loaded_project_shows_classes_counts_and_images(loaded: DataPage) -> None:
    assert state(loaded) == "data_loaded"
    classes = loaded.findChild(ClassList, "class_list").model()
    assert [classes.index(row, 0).data() for row in range(classes.rowCount())] == [
        "All classes",
        "ant",
        "bee",
    ]
    assert len(names(loaded)) == 16
    assert loaded.findChild(QLabel, "page_subtitle").text().startswith("16 images · 2 classes")


def test_that_choosing_a_class_and_a_part_narrows_the_images(qtbot, loaded: DataPage) -> None:
    classes = loaded.findChild(ClassList, "class_list")
    classes.setCurrentIndex(classes.model().index(1, 0))
    assert names(loaded) == {f"ant_{n}.jpg" for n in range(6)}
    part = loaded.findChild(QComboBox, "split_filter")
    counted = 0
    for row in range(1, part.count()):
        part.setCurrentIndex(row)
        counted += len(names(loaded))
    assert counted == 6


def test_that_the_split_is_summed_up(loaded: DataPage) -> None:
    texts = [loaded.findChild(QLabel, f"split_{part}").text() for part in ("train", "val")]
    assert sum(int(text.split(" ")[0]) for text in texts) == 16
    assert loaded.findChild(QLabel, "split_test").isHidden()


def test_that_unreadable_files_are_listed_with_reason(loaded: DataPage) -> None:
    assert loaded.findChild(QTabBar, "data_tabs").isTabVisible(1)
    table = loaded.findChild(QTableView, "problem_table").model()
    rows = [
        [table.index(row, column).data() for column in range(3)] for row in range(table.rowCount())
    ]
    broken = next(row for row in rows if "broken.jpg" in row[0])
    assert broken[0] == str(Path("bee") / "broken.jpg")
    assert broken[1]


def test_that_thumbnails_of_what_is_shown_are_loaded(qtbot, loaded: DataPage) -> None:
    loaded.show()
    grid = loaded.findChild(ThumbnailGrid, "thumbnail_grid")
    model = grid.model()

    def all_there() -> bool:
        return all(
            model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) is not None
            for row in range(model.rowCount())
        )

    qtbot.waitUntil(all_there)
    loaded.close()


def test_that_the_next_step_is_training(qtbot, loaded: DataPage) -> None:
    with qtbot.waitSignal(loaded.navigation_asked) as asked:
        qtbot.mouseClick(loaded.findChild(QPushButton, "data_train"), Qt.MouseButton.LeftButton)
    assert asked.args == ["train"]


def test_that_replacing_the_images_needs_a_yes(qtbot, loaded: DataPage, make_photos) -> None:
    other = make_photos("other", cat=4, dog=5)
    before = loaded.session.dataset
    assert loaded.drop_files([other])
    assert loaded.session.import_job is None
    assert loaded.session.dataset is before
    with qtbot.waitSignal(loaded.session.import_finished):
        qtbot.mouseClick(loaded.findChild(QPushButton, "replace_yes"), Qt.MouseButton.LeftButton)
    assert loaded.session.dataset.classes == ("cat", "dog")


def test_that_single_images_are_left_to_the_predict_page(loaded: DataPage, tmp_path: Path) -> None:
    assert not loaded.drop_files([tmp_path / "one.jpg"])


def test_that_an_import_can_be_stopped_and_the_page_goes_back(
    qtbot, page: DataPage, make_photos
) -> None:
    job = page.session.import_folder(make_photos(bee=60, ant=60))
    assert state(page) == "import_progress"
    qtbot.mouseClick(page.findChild(QPushButton, "import_stop"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.session.import_job is None and not page.session.jobs.jobs)
    assert job.state is JobState.CANCELLED
    qtbot.waitUntil(lambda: state(page) == "drop_area")


def test_that_progress_shows_count_speed_and_trouble(qtbot, theme, english) -> None:
    progress = ImportProgress(theme)
    qtbot.addWidget(progress)
    progress.take_event(Progress(Stage.SCAN, 1200, None, "files", 400.0, None))
    assert progress.findChild(QLabel, "import_count").text() == "1,200 files"
    assert progress.findChild(QLabel, "import_detail").text() == "1,200 files · 400/s"
    progress.take_event(Progress(Stage.SCAN, 1300, 2600, "files", 400.0, 30.0))
    assert progress.findChild(QProgressBar, "import_bar").maximum() == 2600
    progress.take_event(Warned(msg("broken")))
    assert progress.findChild(QLabel, "import_trouble").text() == "1 file cannot be used"


def test_that_the_images_stay_in_sight_while_more_are_read(
    qtbot, page: DataPage, make_photos
) -> None:
    with qtbot.waitSignal(page.session.import_finished, timeout=20_000):
        page.session.import_folder(make_photos(bee=6, ant=6))
    page.session.import_folder(make_photos("more", bee=60), ImportOptions(mode="add"))
    assert state(page) == "data_loaded"
    assert not page.findChild(QPushButton, "data_update").isEnabled()
    with qtbot.waitSignal(page.session.error_raised) as refused:
        page.session.editor.add_class("wasp")
    assert "being read" in str(refused.args[0].message)
    qtbot.waitUntil(lambda: page.session.import_job is None and not page.session.jobs.jobs)
    assert page.session.dataset is not None
    assert page.session.dataset.counts() == {"ant": 6, "bee": 66}
    assert page.findChild(QPushButton, "data_update").isEnabled()
