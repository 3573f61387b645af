"""Export: nothing there yet, ready, at work, done, failed."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.export.certificate.record import (
    RECORD_SUFFIX,
    Difference,
    ExportFormat,
    ExportResult,
    Latency,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project import Project
from tests.export_results import export_result, part
from tests.gallery.material import copy_of
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.export import ExportPage
    from tests.gallery.stage import Stage


def _export_page(stage: Stage, *, trained: bool = True) -> ExportPage:
    material = stage.material
    stage.open_copy(material.trained if trained else material.imported, "export")
    page: ExportPage = stage.window.page("export")  # type: ignore[assignment]
    return page


def _export_no_run(stage: Stage) -> None:
    _export_page(stage, trained=False)


def _export_ready(stage: Stage) -> None:
    _export_page(stage)


def _export_working(stage: Stage) -> None:
    page = _export_page(stage)
    job = stage.perform(
        partial(stage.session.jobs.start, title=page.tr("Exporting and checking"), kind="export"),
        [],
    )
    page._job = job
    page._work.follow(job)
    page._work.take_event(Progress(Work.VERIFY, 64, 192, "images", 31.0, 4.2))
    page._show_state()


def _record(stage: Stage, name: str, result: ExportResult) -> None:
    folder = stage.session.project.exports_dir / name
    folder.mkdir(parents=True)
    file = folder / result.file
    file.write_bytes(b"")
    record = file.with_name(file.stem + RECORD_SUFFIX)
    record.write_text(json.dumps(result.to_json()), encoding="utf-8")


def _result(file: str, format_: ExportFormat, **facts: object) -> ExportResult:
    common: dict[str, object] = {
        "format": format_,
        "run": "20260721-101500-efficientnet_b0",
        "model": "efficientnet_b0",
        "bytes": 16_213_004,
        "parts": (part("val", 192), part("test", 96)),
        "latencies": (Latency(1, 21.7, 24.0, 60.2, 60), Latency(2, 12.9, 14.2, 31.4, 60)),
        "seconds": 21.0,
    }
    return export_result(file, **{**common, **facts})


def _export_done(stage: Stage) -> ExportPage:
    page = _export_page(stage)
    _record(stage, "1", _result("efficientnet_b0.onnx", ExportFormat.ONNX))
    good = {"bytes": 5_301_220, "budget_points": 0.5}
    other = (Difference(1, "red/IMG_0001.jpg", "red", "red", "blue"),)
    bad_part = part("val", 192, same=175, correct=168, lost=13, largest_difference=0.31)
    bad = {"parts": (bad_part,), "ok": False, "bytes": 4_801_220}
    bad = {**bad, "differing": other, "model": "mobilenet_v3_small"}
    _record(
        stage,
        "2",
        _result(
            "efficientnet_b0-int8.onnx",
            ExportFormat.ONNX_INT8,
            created="2026-07-21T10:19:00+00:00",
            **good,
            parts=(part("val", 192, same=191, largest_difference=0.031), part("test", 96)),
        ),
    )
    _record(
        stage,
        "3",
        _result(
            "mobilenet_v3_small-int8.onnx",
            ExportFormat.ONNX_INT8,
            created="2026-07-21T10:25:00+00:00",
            **{**good, **bad},
        ),
    )
    page._list()
    return page


def _export_read_only(stage: Stage) -> None:
    copy = stage._stack.enter_context(copy_of(stage.material.trained, stage.folder))
    stage._stack.enter_context(Project.open(copy))  # the lock is taken
    stage.session.open_project(copy)
    stage.wait_for(lambda: stage.session.project is not None)
    stage.window.show_page("export")


def _export_failed(stage: Stage) -> None:
    page = _export_done(stage)
    page._on_failed(
        StorageError(
            msg("There is no room left on the drive."),
            hint=msg("Free some space and try again."),
            path=Path("/media/stick/models/efficientnet_b0.onnx"),
        )
    )


SCENARIOS = (
    Scenario("export", "no-run", _export_no_run),
    Scenario("export", "ready", _export_ready),
    Scenario("export", "working", _export_working),
    Scenario("export", "done", _export_done),
    Scenario("export", "read-only", _export_read_only),
    Scenario("export", "failed", _export_failed),
)
