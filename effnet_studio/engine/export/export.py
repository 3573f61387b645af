"""Exporting a trained model as a file that other programs run, with proof that it behaves."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio import __version__
from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.events import Noted, OnEvent, ProgressMeter, Stage, Warned, ignore
from effnet_studio.engine.export.bundle.python import PYTHON_SUFFIX, python_example
from effnet_studio.engine.export.certificate.record import (
    INT8_AGREEMENT,
    LABELS_SUFFIX,
    RECORD_SUFFIX,
    SAME_PROBABILITY,
    Attempt,
    ExportFormat,
    ExportResult,
    list_exports,
    read_record,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.training.runs import BEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.export.certificate.check import Verification
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.project import Project

__all__ = ["Attempt", "ExportFormat", "ExportResult", "export_model", "list_exports", "read_record"]

_ENDINGS = {
    ExportFormat.ONNX: "",
    ExportFormat.ONNX_TENSOR: "-tensor",
    ExportFormat.ONNX_INT8: "-int8",
}

DEFAULT_BUDGET = 0.5
"""Accuracy that an 8-bit file may lose, percentage points."""

_ROUNDING = 1e-9
"""Points by which a difference of two shares may be off."""


def export_model(
    project: Project,
    run_id: str | None = None,
    *,
    format: ExportFormat | str = ExportFormat.ONNX,  # noqa: A002 - the word users know
    out: Path | None = None,
    budget_points: float = DEFAULT_BUDGET,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> ExportResult:
    """Write a trained model as a file, open it again and compare it with the app.

    Beside the model lie the class names (``NAME.labels.txt``), the comparison
    (``NAME.verification.json``) and a short program that uses it (``NAME.example.py``). Nothing
    half-written stays behind when the job fails or is stopped; an earlier export of the same name
    stays until the new one is whole.

    Args:
        project: The project; it may be open for reading only if ``out`` is given.
        run_id: The training (the beginning of its name is enough); None: the newest with a model.
        format: What to make.
        out: Folder for the files, or a path ending in ``.onnx``; None: a new folder inside the
            project.
        budget_points: Accuracy on the validation images that an 8-bit file may lose, percentage
            points, in [0, 100].
        on_event: Hears the progress, notes on each step, and a warning if the file does not
            answer like the app.
        cancel: Stops the job between two steps.

    Returns:
        The file and the comparison; ``ok`` says whether it passed.

    Raises:
        ExportError: If the format is unknown, the budget is out of bounds or the model cannot be
            written.
        ProjectError: If there is no such training.
        DatasetError: If there are no images to compare on.
        StorageError: If the disk is full or the folder cannot be written.
        Cancelled: If the job was asked to stop.
    """
    from effnet_studio.engine.export.certificate.check import verify
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    started = time.monotonic()
    token = cancel or CancelToken()
    kind = _known_format(format)
    _check_budget(budget_points)
    run_dir = project.find_run(run_id)
    dataset = load_dataset(project)
    samples = _comparison_samples(dataset, on_event)
    app = TorchPredictor.from_run(run_dir, device="cpu")
    token.check()
    with _target(project, app.spec.name, kind, out) as (work, file):
        draft = work / file.name
        small = kind is ExportFormat.ONNX_INT8
        plain = work / "float32.onnx" if small else draft
        known = _earlier_graph(project, run_dir) if small else None
        if known is None:
            _write_graph(app, plain, on_event)
        token.check()
        recipe, attempts = "", tuple[Attempt, ...]()
        if small:
            from effnet_studio.engine.export.int8.write import write_int8

            made = write_int8(
                app,
                known or plain,
                draft,
                dataset,
                samples,
                metadata=_metadata(app),
                budget_points=budget_points,
                on_event=on_event,
                cancel=token,
            )
            recipe, attempts = made.recipe, made.attempts
        if kind is not ExportFormat.ONNX_TENSOR:
            _make_whole(draft, app)
            program = draft.stem + PYTHON_SUFFIX
            text = python_example(draft.name, program, app.preprocess)
            (work / program).write_text(text, encoding="utf-8")
        found = verify(draft, app, dataset, samples, on_event=on_event, cancel=token)
        result = _result(draft, app, kind, found, budget_points)
        result = dataclasses.replace(
            result,
            file=file,
            run=run_dir.name,
            recipe=recipe,
            attempts=attempts,
            seconds=time.monotonic() - started,
        )
        labels = "".join(f"{name}\n" for name in app.classes)
        (work / (file.stem + LABELS_SUFFIX)).write_text(labels, encoding="utf-8")
        atomic.write_json(work / (file.stem + RECORD_SUFFIX), result.to_json())
        token.check()
    _judge(result, on_event)
    return result


def _known_format(name: ExportFormat | str) -> ExportFormat:
    try:
        return ExportFormat(name)
    except ValueError:
        raise ExportError(
            msg("There is no export format named {name}.", name=str(name)),
            hint=msg("Choose one of: {names}.", names=", ".join(ExportFormat)),
        ) from None


def _check_budget(points: float) -> None:
    if not 0 <= points <= 100:
        raise ExportError(
            msg("An 8-bit file cannot lose {points} points of accuracy.", points=points),
            hint=msg("Choose a number from 0 to 100; 0.5 is usual."),
        )


def _comparison_samples(dataset: Dataset, on_event: OnEvent) -> Sequence[Sample]:
    """The validation images; without any, those there are."""
    samples = dataset.subset("val")
    if samples:
        return samples
    on_event(
        Warned(
            msg("There are no validation images; the file is compared on all images instead."),
            hint=msg("Import the folder again with a share for validation."),
        )
    )
    return dataset.samples


def _metadata(app: TorchPredictor) -> dict[str, str]:
    return write_metadata(
        classes=app.classes,
        preprocess=app.preprocess,
        model=app.spec.name,
        app_version=__version__,
        reject=app.reject,
    )


def _earlier_graph(project: Project, run_dir: Path) -> Path | None:
    """A 32-bit export of the same weights that passed: writing it again takes many seconds."""
    written = (run_dir / BEST_FILE).stat().st_mtime
    for export in list_exports(project):
        fits = export.format is ExportFormat.ONNX and export.run == run_dir.name and export.ok
        if fits and export.file.stat().st_mtime > written:
            return export.file
    return None


def _write_graph(app: TorchPredictor, file: Path, on_event: OnEvent) -> None:
    """Write the model in 32 bits."""
    from effnet_studio.engine.export.graph.network import export_graph

    on_event(Noted(msg("Writing {model} as ONNX …", model=app.spec.title)))
    meter = ProgressMeter(Stage.EXPORT, 1, on_event, unit="steps")
    with app.exclusive() as model:
        export_graph(model, file, size=app.preprocess.size, metadata=_metadata(app))
    meter.advance()
    meter.finish()


def _make_whole(file: Path, app: TorchPredictor) -> None:
    """Put the app's preprocessing and verdict around the network in a file."""
    import onnx

    from effnet_studio.engine.export.graph.image_model import image_model
    from effnet_studio.engine.export.graph.network import write_graph

    write_graph(image_model(onnx.load(file), app.preprocess, app.reject), file, _metadata(app))


def _result(
    draft: Path, app: TorchPredictor, kind: ExportFormat, found: Verification, budget_points: float
) -> ExportResult:
    """What the comparison means for a file of this kind."""
    return ExportResult(
        file=draft,
        format=kind,
        run="",
        model=app.spec.name,
        bytes=draft.stat().st_size,
        **dataclasses.asdict(found),
        ok=passes(kind, found, budget_points),
        recipe="",
        attempts=(),
        seconds=0.0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        reject=app.reject.to_json() if app.reject is not None else None,
        budget_points=budget_points if kind is ExportFormat.ONNX_INT8 else None,
    )


def passes(kind: ExportFormat, found: Verification, budget_points: float = DEFAULT_BUDGET) -> bool:
    """Whether a file answers like the app.

    Args:
        kind: Its format.
        found: The comparison.
        budget_points: Accuracy that an 8-bit file may lose, percentage points.
    """
    if kind is not ExportFormat.ONNX_INT8:
        return found.agreement == 1 and found.max_probability_difference <= SAME_PROBABILITY
    lost = 100 * (found.app_accuracy - found.accuracy)
    return found.agreement >= INT8_AGREEMENT and lost <= budget_points + _ROUNDING


def _judge(result: ExportResult, on_event: OnEvent) -> None:
    """Say it when the file does not answer like the app."""
    if result.ok:
        return
    if result.budget_points is not None and result.agreement >= INT8_AGREEMENT:
        problem = msg(
            "{file} loses {lost} points of accuracy; at most {allowed} are allowed.",
            file=result.file.name,
            lost=f"{100 * (result.app_accuracy - result.accuracy):.1f}",
            allowed=f"{result.budget_points:g}",
        )
    elif result.agreement == 1:
        problem = msg(
            "{file} gives the app's answers, but its probabilities differ by {points} points.",
            file=result.file.name,
            points=f"{100 * result.max_probability_difference:.1f}",
        )
    else:
        problem = msg(
            "{file} gives another answer than the app on {percent} % of {images} images.",
            file=result.file.name,
            percent=f"{100 * (1 - result.agreement):.1f}",
            images=result.images,
        )
    on_event(
        Warned(
            problem,
            hint=msg("Do not rely on it where answers matter; export in the format onnx instead.")
            if result.format is ExportFormat.ONNX_INT8
            else msg("Please report this with the model's name."),
            path=result.file,
        )
    )


@contextlib.contextmanager
def _target(
    project: Project, model: str, kind: ExportFormat, out: Path | None
) -> Iterator[tuple[Path, Path]]:
    """Give a folder to work in and the final path; put everything in place when all went well.

    Yields:
        A temporary folder inside the target's folder, and the path of the model to be.
    """
    stem = f"{model}{_ENDINGS[kind]}"
    if out is None:
        folder, name = project.new_export_dir(stem), f"{stem}.onnx"
    elif out.suffix.lower() == ".onnx" and not out.is_dir():
        folder, name = out.absolute().parent, out.name
    else:
        folder, name = out.absolute(), f"{stem}.onnx"
    if folder.exists() and not folder.is_dir():
        raise ExportError(
            msg("{path} is a file, not a folder.", path=str(folder)),
            hint=msg("Choose a folder for the exported files."),
            path=folder,
        )
    created = out is None or not folder.exists()
    with atomic.storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=folder, prefix=atomic.TEMPORARY_PREFIX))
    try:
        with atomic.storage_errors(folder):
            yield work, folder / name
            for item in sorted(work.iterdir(), key=lambda item: item.suffix == ".onnx"):
                with atomic.replacing(folder / item.name) as temporary:
                    item.replace(temporary)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if created and folder.is_dir() and not any(folder.iterdir()):
            with contextlib.suppress(OSError):
                folder.rmdir()
