"""Export: nothing there yet, the choice, its options, at work, what came of it, earlier ones."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.events import (
    ExportStep,
    Noted,
    Progress,
    StepStarted,
)
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.export.certificate.record import (
    RECORD_SUFFIX,
    Attempt,
    Difference,
    ExportFormat,
    ExportResult,
    Latency,
    Target,
    list_exports,
)
from effnet_studio.engine.export.converters.environment import cost
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import weights_digest
from effnet_studio.gui.models.export_words import format_title, target_title
from tests.export_results import export_result, part
from tests.gallery.material import copy_of
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.engine.events import Event
    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.pages.export import ExportPage
    from tests.gallery.stage import Stage

COREML = ExportFormat.COREML
INT8 = ExportFormat.ONNX_INT8
RECIPES = (
    ("least-error", 0.021, 0.953, 7.9, 4_801_220),
    ("tuned", 0.0156, 0.969, 7.9, 4_801_220),
    ("tuned-50", 0.0104, 0.979, 8.8, 5_010_220),
    ("tuned-75", 0.0, 0.995, 10.1, 5_301_220),
)
"""Name, share lost, agreement, milliseconds, bytes."""


def attempts(count: int, *, kept: int | None = None) -> tuple[Attempt, ...]:
    """The first so many recipes; one of them may have kept the promise."""
    return tuple(
        Attempt(
            recipe=recipe,
            agreement=agreement,
            latency_ms=milliseconds,
            bytes=size,
            images=192,
            accuracy=0.948 - loss,
            loss=loss,
            loss_low=loss - 0.011,
            loss_high=loss + 0.012,
            float_latency_ms=12.9,
            batch=32,
            batch_latency_ms=32 * 0.8 * milliseconds,
            float_batch_latency_ms=32 * 11.0,
            float_bytes=16_213_004,
            kept_promise=number == kept,
        )
        for number, (recipe, loss, agreement, milliseconds, size) in enumerate(RECIPES[:count])
    )


def _export_page(stage: Stage, *, trained: bool = True) -> ExportPage:
    material = stage.material
    stage.open_copy(material.trained if trained else material.imported, "export")
    page: ExportPage = stage.window.page("export")  # type: ignore[assignment]
    return page


def _export_no_run(stage: Stage) -> None:
    _export_page(stage, trained=False)


def _export_ready(stage: Stage) -> None:
    _export_page(stage)


def _export_options(stage: Stage) -> ExportPage:
    page = _export_page(stage)
    page.choose(Target.PYTHON)
    return page


def _export_options_int8(stage: Stage) -> ExportPage:
    page = _export_options(stage)
    page._options.formats.choose(INT8)
    return page


def _export_options_unavailable(stage: Stage) -> None:
    page = _export_options(stage)
    reason = msg(
        "{name} converts on {machines} only, not on this computer.",
        name="LiteRT",
        machines="Linux",
    )
    first = msg("The converter is installed once: 240 MB are downloaded, 950 MB of disk are used.")
    page._options.formats.set_facts({INT8: reason}, {ExportFormat.ONNX_FP16: first}, {})
    folder = "/home/somebody/Documents/Projects with long names/Models of the third year/exports"
    page.set_folder(Path(folder))


def _export_options_unopenable(stage: Stage) -> None:
    page = _export_page(stage)
    page.choose(Target.PHONE)
    page._options.formats.set_facts(
        {}, {COREML: cost(ConverterKind.COREML)}, {COREML: _only_on_a_mac()}
    )
    page._options.formats.choose(COREML)


def _only_on_a_mac() -> Message:
    return msg("Only a Mac with macOS {version} or newer opens it.", version=13)


def _work(stage: Stage, format_: ExportFormat, *events: Event, rounds: bool) -> ExportPage:
    page = _export_page(stage)

    def title() -> str:
        return page.tr("Export: {target} · {format}").format(
            target=target_title(Target.PYTHON), format=format_title(format_)
        )

    job = stage.perform(partial(stage.session.jobs.start, title=title, kind="export"), events)
    page._job = job
    page._work.follow(job, rounds=rounds, budget_points=0.5)
    for event in events:
        page._work.take_event(event)
    page._show_state()
    return page


def _export_working(stage: Stage) -> None:
    _work(
        stage,
        ExportFormat.ONNX,
        StepStarted(ExportStep.WRITE),
        StepStarted(ExportStep.COMPARE),
        Noted(msg("Comparing the file with the app…")),
        Progress(Work.VERIFY, 64, 192, "images", 31.0, 4.2),
        rounds=False,
    )


def _export_rounding(stage: Stage) -> None:
    _work(
        stage,
        INT8,
        StepStarted(ExportStep.WRITE),
        StepStarted(ExportStep.ROUND),
        *(attempt.as_event() for attempt in attempts(3)),
        Progress(Work.QUANTIZE, 40, 128, "images", 9.0, 10.2),
        rounds=True,
    )


def _export_rounding_table(stage: Stage) -> None:
    _export_rounding(stage)
    page: ExportPage = stage.window.page("export")  # type: ignore[assignment]
    page._work._tried._card.button.click()


def _record(stage: Stage, name: str, result: ExportResult) -> None:
    folder = stage.session.project.exports_dir / name
    folder.mkdir(parents=True)
    file = folder / result.file
    file.write_bytes(b"")
    record = file.with_name(file.stem + RECORD_SUFFIX)
    record.write_text(json.dumps(result.to_json()), encoding="utf-8")


def _result(stage: Stage, file: str, format_: ExportFormat, **facts: object) -> ExportResult:
    run, dataset = stage.session.run, stage.session.dataset
    assert run is not None
    assert dataset is not None
    common: dict[str, object] = {
        "format": format_,
        "run": run.run_id,
        "weights": weights_digest(run.best_file),
        "dataset_version": dataset.version,
        "model": "efficientnet_b0",
        "bytes": 16_213_004,
        "parts": (part("val", 192), part("test", 96)),
        "latencies": (Latency(1, 21.7, 24.0, 60.2, 60), Latency(2, 12.9, 14.2, 31.4, 60)),
        "seconds": 21.0,
    }
    return export_result(file, **{**common, **facts})


def _good_int8(stage: Stage, **facts: object) -> ExportResult:
    good: dict[str, object] = {
        "bytes": 5_301_220,
        "budget_points": 0.5,
        "parts": (
            part("val", 192, same=191, largest_difference=0.031),
            part("test", 96, largest_difference=0.022),
        ),
        "attempts": attempts(4, kept=3),
        "recipe": "tuned-75",
    }
    return _result(stage, "efficientnet_b0-int8.onnx", INT8, **{**good, **facts})


def _bad_int8(stage: Stage, **facts: object) -> ExportResult:
    bad: dict[str, object] = {
        "bytes": 4_801_220,
        "budget_points": 0.5,
        "parts": (part("val", 192, same=175, correct=167, lost=13, largest_difference=0.31),),
        "differing": (Difference(1, "red/IMG_0001.jpg", "red", "red", "blue"),),
        "attempts": attempts(4),
        "recipe": "tuned-75",
        "ok": False,
    }
    return _result(stage, "efficientnet_b0-int8.onnx", INT8, **{**bad, **facts})


def _export_ended_well(stage: Stage) -> None:
    page = _export_page(stage)
    _record(stage, "1", _result(stage, "efficientnet_b0.onnx", ExportFormat.ONNX))
    (result,) = list_exports(stage.session.project)
    page._on_succeeded(result)


def _export_ended_int8(stage: Stage) -> None:
    page = _export_page(stage)
    page.show_result(_good_int8(stage))


def _export_ended_unopened(stage: Stage) -> None:
    page = _export_page(stage)
    nothing: dict[str, object] = {"parts": (), "latencies": (), "peak_memory": None, "program": ""}
    page.show_result(
        _result(
            stage,
            "efficientnet_b0.mlpackage",
            COREML,
            target=Target.PHONE,
            ok=False,
            **nothing,
        )
    )


def _export_ended_int8_table(stage: Stage) -> None:
    page = _export_page(stage)
    page.show_result(_good_int8(stage))
    certificate = page._result.certificate  # type: ignore[union-attr]
    certificate._attempts._card.button.click()
    stage.settle()
    page._scroll.ensureWidgetVisible(certificate._attempts)


def _export_not_ready(stage: Stage) -> None:
    page = _export_page(stage)
    page.show_result(_bad_int8(stage))


def _export_done(stage: Stage) -> ExportPage:
    page = _export_page(stage)
    old = _result(stage, "efficientnet_b0.onnx", ExportFormat.ONNX, dataset_version="another")
    _record(stage, "1", old)
    _record(stage, "2", _good_int8(stage, created="2026-07-21T10:19:00+00:00"))
    _record(stage, "3", _bad_int8(stage, created="2026-07-21T10:25:00+00:00"))
    page._keeper.look()
    stage.wait_for(lambda: len(page._history.rows) == 3)
    return page


def _export_unfolded(stage: Stage) -> None:
    page = _export_done(stage)
    page._history.rows[1].unfold()


def _export_stale(stage: Stage) -> None:
    page = _export_done(stage)
    page._history.rows[2].unfold()


def _export_many(stage: Stage) -> None:
    page = _export_page(stage)
    for number in range(40):
        long = "the red ones from the northern meadow, photographed in the rain of the third week"
        file = f"{long if number % 7 == 3 else 'efficientnet_b0'}.onnx"
        created = f"2026-07-{1 + number % 28:02}T{8 + number % 9:02}:15:00+00:00"
        _record(stage, str(number), _result(stage, file, ExportFormat.ONNX, created=created))
    page._keeper.look()
    stage.wait_for(lambda: bool(page._history.rows))
    page._history.rows[0].unfold()


def _export_deleted(stage: Stage) -> None:
    page = _export_done(stage)
    page._keeper.delete(page._history.rows[0].result)
    stage.wait_for(lambda: len(page._history.rows) == 2)


def _export_read_only(stage: Stage) -> None:
    copy = stage._stack.enter_context(copy_of(stage.material.trained, stage.folder))
    stage._stack.enter_context(Project.open(copy))  # the lock is taken
    stage.session.open_project(copy)
    stage.wait_for(lambda: stage.session.project is not None)
    stage.window.show_page("export")
    page: ExportPage = stage.window.page("export")  # type: ignore[assignment]
    page.choose(Target.PYTHON)


def _export_failed(stage: Stage) -> None:
    page = _export_done(stage)
    page.choose(Target.PYTHON)
    file = "/media/stick/models/efficientnet_b0.onnx"
    page._error.show_error(
        StorageError(
            msg("The disk is full: {path} could not be written.", path=file),
            hint=msg("Free some space or choose another folder; nothing written before is lost."),
            path=Path(file),
        )
    )


SCENARIOS = (
    Scenario("export", "no-run", _export_no_run),
    Scenario("export", "ready", _export_ready),
    Scenario("export", "options", _export_options),
    Scenario("export", "options-int8", _export_options_int8),
    Scenario("export", "options-unavailable", _export_options_unavailable),
    Scenario("export", "options-unopenable", _export_options_unopenable),
    Scenario("export", "working", _export_working),
    Scenario("export", "rounding", _export_rounding),
    Scenario("export", "rounding-table", _export_rounding_table),
    Scenario("export", "ended-well", _export_ended_well),
    Scenario("export", "ended-int8", _export_ended_int8),
    Scenario("export", "ended-unopened", _export_ended_unopened),
    Scenario("export", "ended-int8-table", _export_ended_int8_table),
    Scenario("export", "not-ready", _export_not_ready),
    Scenario("export", "done", _export_done),
    Scenario("export", "unfolded", _export_unfolded),
    Scenario("export", "stale", _export_stale),
    Scenario("export", "many", _export_many),
    Scenario("export", "deleted", _export_deleted),
    Scenario("export", "read-only", _export_read_only),
    Scenario("export", "failed", _export_failed),
)
