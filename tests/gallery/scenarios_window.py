"""The window itself: closed while something runs and back after a crash; a draft."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit

from effnet_studio.engine.events import BatchProgress, Progress, RunStarted
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.export.certificate.record import ExportFormat, Target
from effnet_studio.gui.dialogs.run_note import RunNoteDialog
from effnet_studio.gui.lifecycle.recovery import Recovery
from effnet_studio.gui.lifecycle.session_record import SessionFile, SessionRecord
from effnet_studio.gui.models.export_words import format_title, target_title
from tests.gallery.material import copy_of
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.gallery.stage import Stage

_STARTED = RunStarted("r", Path("r"), "efficientnet_b0", 20, 9, 2, 288, 72)
_STEP = BatchProgress(
    epoch=2,
    step=21,
    steps=180,
    loss=0.41,
    accuracy=0.86,
    learning_rate=0.0004,
    images_per_second=31.0,
    eta_seconds=148.0,
)


def _closing_training(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    stage.perform(
        stage.session.jobs.start,
        [_STARTED, _STEP],
        title=in_words("Session", "Training"),
        kind="train",
        heavy=False,
    )
    stage.session.training_events = [_STARTED]
    stage.window.close()


def _exporting() -> str:
    """The title of an export in the window's language, as the page says it."""
    title = QCoreApplication.translate("ExportPage", "Export: {target} · {format}")
    return title.format(target=target_title(Target.WEB), format=format_title(ExportFormat.ONNX))


def _closing_export(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "export")
    stage.perform(
        stage.session.jobs.start,
        [Progress(Work.EVALUATE, 20, 72, "images", 12.0, 4.0)],
        title=_exporting,
        kind="export",
        heavy=False,
    )
    stage.window.close()


def _closing_both(stage: Stage) -> None:
    _closing_training(stage)
    stage.perform(
        stage.session.jobs.start,
        [Progress(Work.EVALUATE, 20, 72, "images", 12.0, 4.0)],
        title=_exporting,
        kind="export",
        heavy=False,
    )
    stage.window.close()


def _recover(stage: Stage, record: SessionRecord, fault: str = "") -> None:
    left = stage.folder / "data" / "sessions" / "left"
    left.mkdir(parents=True)
    (left / "session.json").write_text(json.dumps(asdict(record)), encoding="utf-8")
    (left / "fault.log").write_text(fault, encoding="utf-8")
    window = stage.window
    file = SessionFile(stage.folder / "data")
    recovery = Recovery(window.session, file, window.recovery_banner, window)
    opening = recovery.begin()
    window.state.come_back("train" if recovery.was_training else "")
    if opening:
        stage.wait_for(lambda: stage.session.project is not None)
    stage.settle()
    recovery.end()


def _recovered(stage: Stage) -> Iterator[None]:
    with copy_of(stage.material.trained, stage.folder) as project:
        cut = min(each.name for each in (project / "runs").iterdir())  # the one cut short
        record = SessionRecord(str(project), jobs=(("train", "Training"),), run=cut)
        _recover(stage, record)
        yield


def _recovered_export(stage: Stage) -> Iterator[None]:
    with copy_of(stage.material.trained, stage.folder) as project:
        record = SessionRecord(str(project), jobs=(("export", "Exporting"),))
        _recover(stage, record, "Fatal Python error: Segmentation fault")
        yield


def _crashed_twice(stage: Stage) -> Iterator[None]:
    with copy_of(stage.material.trained, stage.folder) as project:
        record = SessionRecord(str(project), recovering=True)
        _recover(stage, record, "Fatal Python error: Segmentation fault")
        yield


def _draft(stage: Stage) -> Iterator[None]:
    stage.open_copy(stage.material.trained, "train")
    run = stage.session.runs[0]
    stage.session.drafts.put(
        f"note/{run.run_id}", {"name": "Larger images", "note": "Better on the small leaves, but"}
    )
    dialog = RunNoteDialog(stage.session, run, stage.window)
    dialog.show()
    dialog.findChild(QPlainTextEdit, "run_note_text").setFocus()
    yield
    dialog.close()
    stage.session.drafts.drop(f"note/{run.run_id}")
    stage.session.drafts.flush()


SCENARIOS = (
    Scenario("window", "closing-training", _closing_training),
    Scenario("window", "closing-export", _closing_export),
    Scenario("window", "closing-both", _closing_both),
    Scenario("window", "recovered", _recovered),
    Scenario("window", "recovered-export", _recovered_export),
    Scenario("window", "crashed-twice", _crashed_twice),
    Scenario("window", "draft", _draft),
)
