"""The program beside an OpenVINO model answers as the app does."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.export.bundle.openvino import openvino_part
from effnet_studio.engine.export.graph.openvino_ir import write_openvino
from effnet_studio.engine.export.openvino_door import unavailable
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import RejectOption, Score
from effnet_studio.engine.preprocess import Preprocess
from tests.engine.export.bundle.test_python import pictures

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(unavailable() is not None, reason="OpenVINO is not installed")


@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
def test_that_the_program_gives_the_apps_answers(
    interpolation: str, color_model: Path, tmp_path: Path
) -> None:
    app = load_predictor(color_model)
    rule = app.preprocess.model_copy(update={"interpolation": interpolation})
    files = pictures(tmp_path / "pictures")
    app.preprocess = rule
    expected = [app.predict(file) for file in files]
    sure = sorted(answer.top(1)[0].probability for answer in expected)
    limit = (sure[2] + sure[3]) / 2
    notes = write_metadata(
        classes=app.classes,
        preprocess=rule,
        model="m",
        app_version="1",
        reject=RejectOption(Score.CONFIDENCE, limit, 0.5, 1.0, 6, "1", ""),
    )
    write_openvino(color_model, tmp_path / "m.xml", notes)
    program = tmp_path / "m.example.py"
    text = openvino_part("m.xml", rule).files[program.name]
    assert len(text.splitlines()) <= 36
    assert max(len(line) for line in text.splitlines()) <= 100
    program.write_text(text, encoding="utf-8")
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
        rejected = answer.top(1)[0].probability < limit
        assert ("none of these" in told) is rejected
        best = [f"{one.label} {100 * one.probability:.1f} %" for one in answer.top(3)]
        assert told[1 if rejected else 0] == best[0]


def test_that_the_requirements_are_what_was_checked_here() -> None:
    lines = (
        openvino_part("m.xml", Preprocess(size=64, resize=64))
        .files["requirements.txt"]
        .splitlines()
    )
    assert f"openvino=={importlib.metadata.version('openvino')}" in lines
    assert f"pillow=={importlib.metadata.version('pillow')}" in lines
