"""The welcome page: the first day, the hundredth, a folder over it, and the sample being drawn."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.gui.settings import RecentProject
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from tests.gallery.stage import Stage


def _empty(stage: Stage) -> None:
    """Nothing was ever opened."""


def _recent(stage: Stage) -> None:
    pictures = [
        str(next(iter(sorted(folder.glob("*.jpg")))))
        for folder in sorted(stage.material.sample.iterdir())
        if folder.is_dir()
    ]
    rows = (("Mushrooms", 3, 0.912, 1_240), ("Pond life", 1, None, 310), ("Garden", 0, 0.847, 360))
    hour = 3600.0
    for age, (name, picture, accuracy, images) in enumerate(rows):
        folder = stage.folder / f"{name}.effnet"
        folder.mkdir()
        (folder / "project.json").write_text("{}", encoding="utf-8")
        opened = time.time() - (len(rows) - age) * 20 * hour
        stage.settings.remember_project(
            RecentProject(str(folder), name, opened, accuracy, images, pictures[picture])
        )
    stage.settle()


def _many(stage: Stage) -> None:
    """More than fit, one of them on a drive that is away."""
    picture = str(next(iter(sorted(stage.material.sample.rglob("*.jpg")))))
    names = ("Moths", "Lichen", "Welds", "Leaf rust", "Pollen", "Shells", "Roof tiles", "Seeds")
    day = 24 * 3600.0
    for age, name in enumerate(reversed(names)):
        folder = stage.folder / f"{name}.effnet"
        folder.mkdir()
        (folder / "project.json").write_text("{}", encoding="utf-8")
        opened = time.time() - (len(names) - 1 - age) * 3 * day
        stage.settings.remember_project(
            RecentProject(str(folder), name, opened, 0.8 + age / 50, 200 * (age + 1), picture)
        )
    stage.settle()


def _missing(stage: Stage) -> None:
    _recent(stage)
    day = 24 * 3600.0
    for path, name, days in (
        ("/media/nobody/FIELD/Orchids.effnet", "Orchids", 40),
        (str(stage.folder / "Bark beetles.effnet"), "Bark beetles", 3),
    ):
        then = time.time() - days * day
        stage.settings.remember_project(RecentProject(path, name, then, 0.88, 840))
    stage.settle()


def _refused(stage: Stage) -> None:
    """A folder without images was dropped."""
    folder = stage.folder / "Invoices"
    folder.mkdir()
    (folder / "may.txt").write_text("paid", encoding="utf-8")
    stage.window.files.take([folder])
    stage.settle(1.0)


def _dropping(stage: Stage) -> None:
    stage.window.welcome.set_drop_active(True)


def _working(stage: Stage) -> None:
    stage.perform(
        stage.session.jobs.start,
        [Progress(Work.SAMPLE, 152, 360, "images", 61.0, 3.4)],
        title=in_words("WelcomePage", "Drawing the sample images"),
        heavy=False,
    )


SCENARIOS = (
    Scenario("welcome", "empty", _empty),
    Scenario("welcome", "recent", _recent),
    Scenario("welcome", "many", _many),
    Scenario("welcome", "missing", _missing),
    Scenario("welcome", "refused", _refused),
    Scenario("welcome", "dropping", _dropping),
    Scenario("welcome", "working", _working),
)
