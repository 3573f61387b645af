"""Writes the project and settings that later versions must open: ``python -m tests.upgrade.make``.

Run it once for a version, when a format changes; what was written by earlier versions stays as it
is for ever. The result is ``made/<version>.zip`` beside this file.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file

from effnet_studio import __version__
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.events import EpochFinished, Event
from effnet_studio.engine.export.certificate.record import ExportFormat
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.launch import train
from effnet_studio.gui.settings import RecentProject, Settings

HERE = Path(__file__).parent
MODEL = "efficientnet_w0.1_d0.1_r32"
"""The smallest there is."""
KEPT = 0.1
"""Share of its weights that are not zero."""
FROZEN = 8
"""Stages that keep these weights."""
COLORS = ("red", "green", "blue")


def main() -> None:
    """Make the project in a folder of its own and pack it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["EFFNET_STUDIO_CACHE"] = os.environ["EFFNET_STUDIO_DATA"] = str(folder / "own")
        draw(folder / "pictures")
        answers = make_project(folder)
        write_settings(folder)
        (folder / "expected.json").write_text(json.dumps(answers, indent=1), encoding="utf-8")
        shutil.rmtree(folder / "own", ignore_errors=True)
        pack(folder, HERE / "made" / f"{__version__}.zip")


def draw(folder: Path) -> None:
    """Small pictures in three colours."""
    random = np.random.default_rng(7)
    for channel, color in enumerate(COLORS):
        (folder / color).mkdir(parents=True)
        for number in range(6):
            pixels = random.integers(0, 90, (8, 9, 3), dtype=np.uint8)
            pixels[..., channel] += 120
            large = Image.fromarray(pixels).resize((36, 32), Image.Resampling.NEAREST)
            large.save(folder / color / f"{color}-{number}.png", optimize=True)


def draw_weights(file: Path) -> None:
    """Weights that pack well: most are zero, the others have few digits."""
    torch.manual_seed(3)
    network = build_model(get_spec(MODEL), len(COLORS))
    with torch.no_grad():
        for each in network.parameters():
            if each.dim() > 1:
                kept = torch.rand_like(each) < KEPT
                each.copy_(torch.where(kept, (each * 16 / KEPT).round() / 16, 0.0))
    save_file(network.state_dict(), file)


def make_project(folder: Path) -> dict[str, object]:
    """A training that was stopped, and an exported file; gives what the model says."""
    (folder / "own").mkdir()
    draw_weights(folder / "own" / "start.safetensors")
    config = make_config(
        "balanced",
        model=MODEL,
        weights=str(folder / "own" / "start.safetensors"),
        image_size=32,
        epochs=3,
        freeze=FROZEN,
        batch_size=6,
        seed=1,
    )
    with Project.create(folder / "Colours.effnet") as project:
        import_folder(project, folder / "pictures", val=0.34)
        cancel = CancelToken()

        def stop(event: Event) -> None:
            if isinstance(event, EpochFinished):
                cancel.suspend()

        trained = train(project, config, on_event=stop, cancel=cancel)
        export_model(project, trained.run_id, format=ExportFormat.ONNX)
        predictor = TorchPredictor.from_run(trained.run_dir)
        shown = sorted((folder / "pictures").rglob("*-0.png"))
        answers = [predictor.predict(file).probabilities.tolist() for file in shown]
        shutil.rmtree(project.cache_dir, ignore_errors=True)
        return {
            "run": trained.run_id,
            "classes": list(predictor.classes),
            "shown": [file.relative_to(folder).as_posix() for file in shown],
            "answers": answers,
        }


def write_settings(folder: Path) -> None:
    """Choices that are not the usual ones, and a recent project."""
    settings = Settings(folder / "window.ini")
    settings.set_value("theme", "dark")
    settings.set_value("language", "zh_CN")
    settings.set_value("notify", not settings.notify)
    settings.remember_project(RecentProject("/p/Colours.effnet", "Colours", 1.0, 0.5, 18))
    settings.wait_until_written()


def pack(folder: Path, file: Path) -> None:
    """Everything but locks, in the order of the names."""
    file.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for each in sorted(folder.rglob("*")):
            if each.is_file() and "lock" not in each.name and not each.name.startswith("."):
                archive.write(each, each.relative_to(folder))


if __name__ == "__main__":
    main()
