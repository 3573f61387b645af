"""``effnet-studio demo``: the whole job on the built-in sample."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.predict.answers import Prediction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.cli.terminal import Job
    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import TrainResult

FOLDER = "effnet-demo"
PROJECT = "demo.effnet"
PICTURES = "pictures"

SETTINGS: dict[str, Any] = {
    "model": "mobilenet_v3_small",
    "weights": "none",
    "freeze": 0,
    "image_size": 64,
    "epochs": 20,
    "batch_size": 16,
    "augmentation": "light",
    "learning_rate": 2e-3,
}
"""Learns the sample from random numbers: 89 % in one minute of computing, where EfficientNet-B0
needs two and a half for 75 %. Pictures of 64 pixels are enough for what is drawn on them. The
window's sample is EfficientNet-B0 with the starter backbone: all of this takes 203 s of computing
with it, and 58 s like this. Nothing is looked for in the network, so nothing is warned of."""


@dataclass(frozen=True)
class DemoResult:
    """Everything the demonstration made.

    Attributes:
        folder: Where it is.
        project: The project inside.
        training: What the training reached.
        evaluation: How good the model is.
        answers: What it says about some validation images.
        explanations: A picture of where it looked for each of them.
        exports: The exported files.
        seconds: Duration of all of it.
    """

    folder: Path
    project: Path
    training: TrainResult
    evaluation: Evaluation
    answers: tuple[Prediction, ...]
    explanations: tuple[Path, ...]
    exports: tuple[ExportResult, ...]
    seconds: float


def demo(
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="DIR", help=f"Where to put everything; by default ./{FOLDER}."
        ),
    ] = None,
    epochs: Annotated[
        int, typer.Option(min=1, help="How often every training image is seen.")
    ] = SETTINGS["epochs"],
    as_json: AsJson = False,
) -> None:
    """Do the whole job on a built-in sample: import, fine-tune, evaluate, explain, export.

    Needs no pictures and no network. A second run in the same place trains another model.
    """
    from effnet_studio.cli.demo_report import demo_document, demo_report

    terminal = Terminal(as_json=as_json)
    folder = default_folder() if out is None else out
    with terminal.job() as job:
        result = run_demo(folder.absolute(), job, epochs=epochs)
    terminal.emit(demo_document(result), *demo_report(result))


def default_folder() -> Path:
    """A folder of an earlier demonstration or a free name, here or where one may write."""
    here = Path.cwd()
    for number in itertools.count(1):
        folder = here / (FOLDER if number == 1 else f"{FOLDER}-{number}")
        if is_demo(folder):
            return folder
        if not folder.exists():
            try:
                folder.mkdir()
            except OSError:
                break
            return folder
    return Path(tempfile.mkdtemp(prefix=f"{FOLDER}-"))


def is_demo(folder: Path) -> bool:
    """Whether a folder is empty or holds an earlier demonstration."""
    return folder.is_dir() and ((folder / PROJECT).is_dir() or not any(folder.iterdir()))


def run_demo(folder: Path, job: Job, *, epochs: int) -> DemoResult:
    """Do everything, one step after the other.

    Args:
        folder: Where to put it; made if there is none. Nothing in it is overwritten.
        job: Hears the progress and can stop it.
        epochs: Of the training.

    Returns:
        What was made.

    Raises:
        Cancelled: If the user stopped it; a model that was trained by then is kept.
    """
    from effnet_studio.engine import atomic
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
    from effnet_studio.engine.export.export import ExportFormat, export_model
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.training.config import make_config
    from effnet_studio.engine.training.launch import train

    started = time.monotonic()
    with atomic.storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    hear, cancel = job.on_event, job.cancel
    with open_demo(folder, job) as project:
        dataset = load_dataset(project)
        config = make_config(**{**SETTINGS, "epochs": epochs})
        training = train(project, config, on_event=hear, cancel=cancel)
        cancel.check()
        predictor = TorchPredictor.from_run(training.run_dir)
        evaluation = evaluate_run(training.run_dir, dataset, on_event=hear, cancel=cancel)
        pictures = folder / "explanations" / training.run_id
        answers, explanations = explain_some(predictor, dataset, pictures, job)
        exports = tuple(
            export_model(project, training.run_id, format=kind, on_event=hear, cancel=cancel)
            for kind in (ExportFormat.ONNX, ExportFormat.ONNX_INT8)
        )
        return DemoResult(
            folder=folder,
            project=project.root,
            training=training,
            evaluation=evaluation,
            answers=answers,
            explanations=explanations,
            exports=exports,
            seconds=time.monotonic() - started,
        )


@contextlib.contextmanager
def open_demo(folder: Path, job: Job) -> Iterator[Project]:
    """Open the demonstration's project; the first time, draw the sample and import it.

    Args:
        folder: The demonstration's folder.
        job: Hears the progress and can stop it.

    Yields:
        The project, with pictures.
    """
    from effnet_studio.cli.data import open_or_create
    from effnet_studio.engine.data.importer import import_folder
    from effnet_studio.engine.data.sample.samples import make_sample
    from effnet_studio.engine.data.store import is_empty

    pictures = make_sample(folder / PICTURES, on_event=job.on_event, cancel=job.cancel)
    with open_or_create(folder / PROJECT) as project:
        if is_empty(project):
            import_folder(project, pictures, on_event=job.on_event, cancel=job.cancel)
        yield project


def explain_some(
    predictor: TorchPredictor, dataset: Dataset, folder: Path, job: Job
) -> tuple[tuple[Prediction, ...], tuple[Path, ...]]:
    """Judge one validation image of each class, and show where the model looked.

    Args:
        predictor: The trained model.
        dataset: The images.
        folder: Where to write the pictures.
        job: Can stop it.

    Returns:
        The answers and the pictures' files.
    """
    from effnet_studio.cli.pictures import side_by_side
    from effnet_studio.engine import atomic
    from effnet_studio.engine.explain.explain import explain_image, write_picture
    from effnet_studio.engine.predict.batch import predict_batch

    first_of_class: dict[int, Sample] = {}
    for sample in dataset.subset("val"):
        first_of_class.setdefault(sample.label, sample)
    chosen = [sample.path for _, sample in sorted(first_of_class.items())]
    verdicts = predict_batch(predictor, chosen, on_event=job.on_event, cancel=job.cancel)
    answers = tuple(verdict for verdict in verdicts if isinstance(verdict, Prediction))
    files = []
    with atomic.storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for sample in first_of_class.values():
        job.cancel.check()
        found = explain_image(predictor, sample.path)
        file = folder / f"{dataset.classes[sample.label]}-{sample.path.stem}.png"
        picture = side_by_side(sample.path, predictor.preprocess, found.heatmap)
        write_picture(file, picture)
        files.append(file)
    return answers, tuple(files)
