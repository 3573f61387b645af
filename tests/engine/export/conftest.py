"""A project with images, a trained-looking run and one real export, made once."""

from __future__ import annotations

import dataclasses
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.events import Event
from effnet_studio.engine.export.certificate.check import compare
from effnet_studio.engine.export.export import ExportResult, export_model
from effnet_studio.engine.export.formats import spec_of
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Exported:
    """A finished export, its project and what was said on the way."""

    project: Project
    result: ExportResult
    events: list[Event]


def draw_images(folder: Path, each: int = 10) -> None:
    """Noisy pictures in three colours, JPEG, different sizes."""
    random = np.random.default_rng(3)
    for channel, name in enumerate(("red", "green", "blue")):
        (folder / name).mkdir(parents=True)
        for number in range(each):
            pixels = random.integers(0, 120, (70 + number, 90, 3))
            pixels[..., channel] += random.integers(0, 135)
            Image.fromarray(pixels.astype(np.uint8)).save(folder / name / f"{number}.jpg")


@pytest.fixture(scope="session")
def exported(make_run: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    """The 32-bit export of a random MobileNet; PyTorch's exporter takes seconds."""
    folder = tmp_path_factory.mktemp("export")
    draw_images(folder / "pictures")
    with Project.create(folder / "p.effnet") as project:
        import_folder(project, folder / "pictures", val=0.4)
        run = make_run()
        shutil.copytree(run, project.runs_dir / run.name)
        events: list[Event] = []
        result = export_model(project, on_event=events.append)
        yield Exported(project, result, events)


def certified(exported: Exported, file: Path) -> ExportResult:
    """The same export with another file in its place, compared with the app as any is."""
    dataset = load_dataset(exported.project)
    app = load_predictor(exported.project.find_run(None), device="cpu")
    runtime = spec_of(exported.result.format).open(file)
    found = compare(runtime, app, dataset, {"val": dataset.subset("val")})
    runtime.close()
    return dataclasses.replace(exported.result, file=file, **vars(found))
