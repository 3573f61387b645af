"""The program beside an exported file answers as the app does."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.evaluation.rejection import keep_threshold
from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import Score
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

CLASSES = ("ant", "bee", "蜜蜂")


def pictures(folder: Path) -> list[Path]:
    """What photographs are like, and what they are not often like."""
    random = np.random.default_rng(3)

    def noise(height: int, width: int, channels: int = 3) -> Image.Image:
        coarse = random.integers(0, 256, (height // 10, width // 10, channels))
        return Image.fromarray(coarse.repeat(10, 0).repeat(10, 1).astype(np.uint8))

    folder.mkdir()
    noise(90, 130).save(folder / "plain.jpg", quality=95)
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    noise(90, 130).save(folder / "turned.jpg", exif=exif, quality=95)
    noise(1200, 1600).save(folder / "large.jpg", quality=90)
    noise(80, 60, 4).save(folder / "transparent.png")
    noise(80, 60).convert("L").save(folder / "grey.png")
    deep = random.integers(0, 2**16, (8, 6)).repeat(10, 0).repeat(10, 1)
    Image.fromarray(deep.astype(np.uint16)).save(folder / "deep.png")
    noise(80, 60).convert("P").save(folder / "palette.gif")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("rejecting", [False, True])
def test_that_the_python_program_gives_the_apps_answers(tmp_path: Path, rejecting: bool) -> None:  # noqa: FBT001
    for label, name in enumerate(CLASSES):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(4):
            random = np.random.default_rng([label, number])
            pixels = random.integers(0, 255, (5, 6, 3)).repeat(8, 0).repeat(8, 1)
            file = tmp_path / "photos" / name / f"{number}.png"
            Image.fromarray(pixels.astype(np.uint8)).save(file)
    with torch_threads(1), Project.create(tmp_path / "p.effnet") as project:
        import_folder(project, tmp_path / "photos", val=0.5)
        run = write_run(project, CLASSES, size=64)
        if rejecting:
            found = evaluate_run(run, load_dataset(project))
            keep_threshold(run, found, 0.99, Score.CONFIDENCE)
        result = export_model(project)
        files = pictures(tmp_path / "pictures")
        app = load_predictor(run, device="cpu")
        expected = [app.predict(file) for file in files]
    program = result.file.with_name(result.file.stem + ".example.py")
    assert len(program.read_text(encoding="utf-8").splitlines()) <= 30
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", str(program), *map(str, files)],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(files)
    for line, file, answer in zip(lines, files, expected, strict=True):
        name, *told = line.split("\t")
        assert name == str(file)
        assert ("none of these" in told) is answer.rejected
        first = answer.top(1)[0]
        assert told[1 if answer.rejected else 0] == f"{first.label} {100 * first.probability:.1f} %"
    assert rejecting is any(answer.rejected for answer in expected)
