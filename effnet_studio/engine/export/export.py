"""Exporting a trained model as a file that other programs run, with proof that it behaves."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from effnet_studio import __version__
from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import DatasetError, ExportError, ModelError
from effnet_studio.engine.events import ExportStep, OnEvent, StepStarted, Warned, ignore
from effnet_studio.engine.export.certificate.record import (
    LABELS_SUFFIX,
    PAGE_SUFFIX,
    RECORD_SUFFIX,
    Attempt,
    ExportFormat,
    ExportResult,
    Target,
    list_exports,
    one_line,
    read_record,
)
from effnet_studio.engine.export.certificate.verdict import shortcomings
from effnet_studio.engine.export.draft import Draft, Made
from effnet_studio.engine.export.formats import FORMATS, spec_of
from effnet_studio.engine.export.place import Place, draft_place, is_file_name
from effnet_studio.engine.export.preflight import preflight
from effnet_studio.engine.export.runtimes.notes import NOTES_SUFFIX, notes_text
from effnet_studio.engine.export.targets import TARGETS, Bundle, target_for
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.predict.onnx_metadata import (
    DATASET_KEY,
    LICENCE_KEY,
    WEIGHTS_KEY,
    write_metadata,
)
from effnet_studio.engine.report.origin import weights_origin
from effnet_studio.engine.training.runs import BEST_FILE, load_run, weights_digest, weights_state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.export.formats import FormatSpec
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.project import Project

__all__ = [
    "Attempt",
    "ExportFormat",
    "ExportResult",
    "Target",
    "export_model",
    "list_exports",
    "read_record",
]

DEFAULT_BUDGET = 0.5
"""Accuracy that a rounded file may lose, percentage points."""


@dataclass(frozen=True, eq=False)
class _Job:
    """What is asked for, and what it is done with."""

    project: Project
    run_dir: Path
    app: TorchPredictor
    weights: str
    dataset: Dataset
    parts: Mapping[str, Sequence[Sample]]
    target: Target
    spec: FormatSpec
    budget_points: float
    words: Callable[[Message], str]
    language: str
    on_event: OnEvent
    cancel: CancelToken


def export_model(
    project: Project,
    run_id: str | None = None,
    *,
    target: Target | str | None = None,
    format: ExportFormat | str | None = None,  # noqa: A002 - the word users know
    out: Path | None = None,
    budget_points: float = DEFAULT_BUDGET,
    words: Callable[[Message], str] = str,
    language: str = "en",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> ExportResult:
    """Write a trained model as a file, open it again and compare it with the app.

    Beside the model lie the class names, the certificate as JSON and as a page, and what is needed
    to use it for what it was made for. Nothing half-written stays behind when the job fails or is
    stopped; an earlier export of the same name stays until the new one is whole.

    Args:
        project: The project; it may be open for reading only if ``out`` is given.
        run_id: The training (the beginning of its name is enough); None: the newest with a model.
        target: What the file is for; None: a Python program, or what the format is for.
        format: What to make; None: what is usual for the target.
        out: Folder for the files, or a path with the format's ending; None: a new folder inside
            the project.
        budget_points: Accuracy on the validation images that a rounded file may lose, percentage
            points, in [0, 100].
        words: Says messages in the reader's language, on the pages beside the file.
        language: Which that is, such as ``"zh_CN"``.
        on_event: Hears the progress, notes on each step, and a warning if the file does not
            answer like the app.
        cancel: Stops the job between two steps.

    Returns:
        The file and the comparison; ``ok`` says whether it passed.

    Raises:
        ExportError: If target and format, or format and name, do not fit, the budget is out of
            bounds, the format cannot be made on this computer, or the model cannot be written.
        ProjectError: If there is no such training.
        DatasetError: If there are no images to compare on.
        StorageError: If the disk is full or the folder cannot be written.
        Cancelled: If the job was asked to stop.
    """
    started = time.monotonic()
    purpose, kind = target_for(target, format)
    spec = spec_of(kind)
    _check_budget(budget_points)
    _check_available(spec)
    _check_name(out, spec)
    token = cancel or CancelToken()
    run_dir = project.find_run(run_id)
    dataset = load_dataset(project)
    app, weights = _app_of(run_dir)
    folder = out.parent if out is not None and is_file_name(out, spec) else out
    preflight(
        project,
        run_dir,
        app,
        dataset,
        needs=dataclasses.replace(spec.needs, copies=spec.needs.copies + TARGETS[purpose].copies),
        folder=folder,
        on_event=on_event,
        cancel=token,
    )
    job = _Job(
        project=project,
        run_dir=run_dir,
        app=app,
        weights=weights,
        dataset=dataset,
        parts=_parts(dataset),
        target=purpose,
        spec=spec,
        budget_points=budget_points,
        words=words,
        language=language,
        on_event=on_event,
        cancel=token,
    )
    with draft_place(project, job.app.spec.name, spec, purpose, out) as place:
        made = _write(job, place)
        result = _certified(job, place.file, made)
        result = dataclasses.replace(result, seconds=time.monotonic() - started)
        result = _write_certificate(job, result)
        job.cancel.check()
    result = dataclasses.replace(result, file=place.final)
    _say(result, on_event)
    return result


def _app_of(run_dir: Path) -> tuple[TorchPredictor, str]:
    """The model and the SHA-256 of its weights, though a training may go on meanwhile."""
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    while True:
        app = TorchPredictor.from_run(run_dir, device="cpu")
        weights = weights_digest(run_dir / BEST_FILE)
        if app.weights_state == weights_state(run_dir):
            return app, weights


def _check_budget(points: float) -> None:
    if not 0 <= points <= 100:
        raise ExportError(
            msg("An 8-bit file cannot lose {points} points of accuracy.", points=points),
            hint=msg("Choose a number from 0 to 100; 0.5 is usual."),
        )


def _check_available(spec: FormatSpec) -> None:
    reason = spec.unavailable()
    if reason is not None:
        raise ExportError(
            msg("{format} cannot be made here: {reason}", format=spec.title, reason=reason),
            hint=msg("Choose another format."),
        )


def _check_name(out: Path | None, spec: FormatSpec) -> None:
    """A name with another format's ending is a mistake, and not the name of a folder."""
    if out is None or out.is_dir() or is_file_name(out, spec):
        return
    if out.suffix.lower() in {each.suffix for each in FORMATS.values()}:
        raise ExportError(
            msg(
                "{name} cannot be {format}: its files end in {ending}.",
                name=out.name,
                format=spec.title,
                ending=spec.suffix,
            ),
            hint=msg("Choose a name with that ending, or a folder."),
            path=out,
        )


def _parts(dataset: Dataset) -> dict[str, Sequence[Sample]]:
    """Validation and test images; without any validation images, all there are."""
    parts = {"val": dataset.subset("val"), "test": dataset.subset("test")}
    if not parts["val"]:
        return {"all": dataset.samples}
    return {name: samples for name, samples in parts.items() if samples}


def _write(job: _Job, place: Place) -> Made:
    """Write the model and what lies beside it, all but the certificate."""
    job.on_event(StepStarted(ExportStep.WRITE))
    app, file = job.app, place.file
    metadata = _metadata(job)
    draft = Draft(
        app=app,
        file=file,
        metadata=metadata,
        dataset=job.dataset,
        judged=next(iter(job.parts.values())),
        budget_points=job.budget_points,
        known=_earlier_graph(job, place.scratch),
        scratch=place.scratch,
        on_event=job.on_event,
        cancel=job.cancel,
    )
    made = job.spec.write(draft)
    job.cancel.check()
    if job.spec.notes_beside:
        file.with_name(file.stem + NOTES_SUFFIX).write_text(notes_text(metadata), encoding="utf-8")
    labels = "".join(f"{one_line(name)}\n" for name in app.classes)
    file.with_name(file.stem + LABELS_SUFFIX).write_text(labels, encoding="utf-8")
    _lay_beside(job, file)
    return made


def _lay_beside(job: _Job, file: Path) -> None:
    """Write what is needed to use the model, and to understand it."""
    from effnet_studio.engine.export.bundle.readme import README_FILE, readme_text

    folder = file.parent
    bundle = Bundle(file, job.spec.format, job.app.spec.title, job.app.preprocess, job.words)
    parts = TARGETS[job.target].parts(bundle)
    for part in parts:
        for name, text in part.files.items():
            (folder / name).write_text(text, encoding="utf-8")
    _write_card(job, folder)
    certificate = [file.stem + PAGE_SUFFIX, file.stem + RECORD_SUFFIX]
    written = sorted(path.name for path in folder.iterdir() if path != file)
    names = [file.name, *certificate, *written]
    text = readme_text(job.app.spec.title, names, parts, format=job.spec.format, words=job.words)
    (folder / README_FILE).write_text(text, encoding="utf-8")


def _write_card(job: _Job, folder: Path) -> None:
    """Write the model card. An export is whole without one, but not with one of other weights."""
    from effnet_studio.engine.export.bundle.card import CARD_FILE, card_of

    try:
        card = card_of(
            job.project, job.run_dir, words=job.words, on_event=job.on_event, cancel=job.cancel
        )
    except (DatasetError, ModelError) as error:
        job.on_event(
            Warned(
                msg("There is no model card beside the file. {reason}", reason=error.message),
                hint=error.hint,
            )
        )
        return
    if weights_state(job.run_dir) != job.app.weights_state:
        job.on_event(
            Warned(
                msg(
                    "There is no model card beside the file: the model learned more while it was "
                    "exported."
                ),
                hint=msg("Export again when the training has ended."),
            )
        )
        return
    (folder / CARD_FILE).write_text(card, encoding="utf-8")


def _metadata(job: _Job) -> dict[str, str]:
    run, app = load_run(job.run_dir), job.app
    licence = str(weights_origin(run).licence)
    origin = {DATASET_KEY: run.dataset_version, WEIGHTS_KEY: job.weights}
    return write_metadata(
        classes=app.classes,
        preprocess=app.preprocess,
        model=app.spec.name,
        app_version=__version__,
        reject=app.reject,
        origin={**origin, LICENCE_KEY: licence} if licence else origin,
    )


def _earlier_graph(job: _Job, scratch: Path) -> Path | None:
    """A copy of a 32-bit export of the same weights that passed: writing one takes many seconds."""
    if job.spec.format is ExportFormat.ONNX:
        return None
    copy = scratch / "earlier.onnx"
    for export in list_exports(job.project):
        if export.format is ExportFormat.ONNX and export.weights == job.weights and export.ok:
            with contextlib.suppress(OSError):  # deleted meanwhile
                shutil.copyfile(export.file, copy)
                if weights_digest(copy) in export.sha256.values():  # still what was compared
                    return copy
    return None


def _certified(job: _Job, file: Path, made: Made) -> ExportResult:
    """Open the file as any user of it would, and say what that means."""
    from effnet_studio.engine.export.certificate.certify import certify

    app = job.app
    evidence = certify(
        job.spec, file, app, job.dataset, job.parts, on_event=job.on_event, cancel=job.cancel
    )
    result = ExportResult(
        file=file,
        format=job.spec.format,
        target=job.target,
        run=job.run_dir.name,
        model=app.spec.name,
        classes=len(app.classes),
        weights=job.weights,
        dataset_version=job.dataset.version,
        ok=False,
        recipe=made.recipe,
        attempts=made.attempts,
        seconds=0.0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        reject=app.reject.to_json() if app.reject is not None else None,
        budget_points=None if job.spec.exact else job.budget_points,
        **vars(evidence),
    )
    return dataclasses.replace(result, ok=not shortcomings(result))


def _write_certificate(job: _Job, result: ExportResult) -> ExportResult:
    from effnet_studio.engine.export.certificate.page import write_page

    job.on_event(StepStarted(ExportStep.FINISH))
    folder = result.file.parent
    write_page(result, job.dataset, words=job.words, language=job.language)
    beside = sorted(path.name for path in folder.iterdir() if path != result.file)
    record = result.file.stem + RECORD_SUFFIX
    result = dataclasses.replace(result, beside=(*beside, record))
    atomic.write_json(folder / record, result.to_json())
    return result


def _say(result: ExportResult, on_event: OnEvent) -> None:
    """Say it when the file does not answer like the app."""
    for reason in shortcomings(result):
        on_event(
            Warned(
                msg("{file} is not ready. {reason}", file=result.file.name, reason=reason),
                hint=msg("Please report this with the model's name.")
                if result.budget_points is None
                else msg(
                    "Do not rely on it where answers matter; export in full precision instead."
                ),
                path=result.file,
            )
        )
