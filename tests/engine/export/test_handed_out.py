"""What is handed out is what was checked, whatever the project, the folder or the names are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest
from PIL import Image
from safetensors.torch import load_file, save_file

from effnet_studio.engine.data.edits import add_class, relabel
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.events import Event, ExportStep, StepStarted, Warned
from effnet_studio.engine.export.certificate import check
from effnet_studio.engine.export.export import export_model, list_exports
from effnet_studio.engine.export.formats import spec_of
from effnet_studio.engine.export.graph.network import write_graph
from effnet_studio.engine.predict.onnx_metadata import WEIGHTS_KEY
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.engine.export.conftest import Exported


@pytest.fixture
def copied(exported: Exported, tmp_path: Path) -> Iterator[Project]:
    """A copy of the project with its export, to be changed."""
    shutil.copytree(
        exported.project.root,
        tmp_path / "p.effnet",
        ignore=shutil.ignore_patterns("project.lock*", ".project*"),
    )
    with Project.open(tmp_path / "p.effnet") as project:
        yield project


def learn_more(run_dir: Path, seed: int = 1) -> None:
    """Other weights, as a training that goes on leaves them."""
    file = run_dir / BEST_FILE
    random = np.random.default_rng(seed)
    state = {
        name: tensor * float(random.uniform(0.6, 0.9)) if tensor.ndim > 1 else tensor
        for name, tensor in load_file(file).items()
    }
    fresh = file.with_name("fresh.safetensors")
    save_file(state, fresh)
    fresh.replace(file)


def test_that_an_earlier_graph_that_was_changed_is_not_used(copied: Project) -> None:
    (earlier,) = list_exports(copied)
    proto = onnx.load(earlier.file)
    weights = next(each for each in proto.graph.initializer if len(each.raw_data) > 10_000)
    weights.raw_data = bytes(len(weights.raw_data))
    write_graph(proto, earlier.file, {each.key: each.value for each in proto.metadata_props})
    assert export_model(copied, format="onnx-tensor").ok


def test_that_nothing_of_an_earlier_export_stays_beside_the_next(
    exported: Exported, tmp_path: Path
) -> None:
    """A page with the earlier model inside would lie beside a certificate of another."""
    earlier = export_model(exported.project, format="onnx-fp16", out=tmp_path / "model.onnx")
    for wanted in ({"format": "pytorch", "out": tmp_path / "model.pt2"}, {"target": "server"}):
        with pytest.raises(ExportError, match="holds another export: model"):
            export_model(exported.project, **{"out": earlier.file, **wanted})
    record = json.loads(earlier.file.with_name("model.certificate.json").read_text())
    gone = tmp_path / "of_an_earlier_version.py"
    gone.write_text("old")
    record["beside"].append(gone.name)
    (tmp_path / "model.certificate.json").write_text(json.dumps(record))
    (tmp_path / "mine.txt").write_text("mine")
    result = export_model(exported.project, format="onnx-fp16", out=earlier.file)
    there = {path.name for path in tmp_path.iterdir()}
    assert there == {"model.onnx", *result.beside, "mine.txt"}


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_that_the_program_runs_whatever_the_file_is_called(
    exported: Exported, tmp_path: Path
) -> None:
    name = "a \"quoted\" \\ $model 'name'"
    result = export_model(exported.project, format="onnx-fp16", out=tmp_path / f"{name}.ONNX")
    assert result.file == tmp_path / f"{name}.onnx"
    assert result.bytes == result.file.stat().st_size
    assert list(result.sha256) == [result.file.name]
    Image.new("RGB", (70, 60), "red").save(tmp_path / "red.png")
    done = subprocess.run(
        [sys.executable, "-W", "error", tmp_path / f"{name}.example.py", tmp_path / "red.png"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.count(" %") == result.classes


def test_that_classes_the_model_never_learned_do_not_stop_an_export(copied: Project) -> None:
    dataset = load_dataset(copied)
    add_class(copied, "yellow")
    relabel(copied, [sample.id for sample in dataset.subset("val")[:2]], "yellow")
    events: list[Event] = []
    result = export_model(copied, format="onnx-tensor", on_event=events.append)
    assert result.ok
    assert result.accuracy < 1
    warnings = [str(event.message) for event in events if isinstance(event, Warned)]
    assert any("never learned" in text for text in warnings)
    assert any("model card" in text for text in warnings)
    assert "MODEL_CARD.md" not in result.beside
    readme = result.file.with_name("README.txt").read_text(encoding="utf-8")
    assert "MODEL_CARD.md" not in readme


def test_that_a_card_of_other_weights_is_not_laid_beside(copied: Project) -> None:
    """The run learns more while the file is written."""
    run_dir = copied.find_run(None)
    before = weights_digest(run_dir / BEST_FILE)
    events: list[Event] = []

    def learn(event: Event) -> None:
        events.append(event)
        if isinstance(event, StepStarted) and event.step is ExportStep.WRITE:
            learn_more(run_dir)

    result = export_model(copied, format="onnx-tensor", on_event=learn)
    assert result.ok
    assert result.weights == before
    assert "MODEL_CARD.md" not in result.beside
    assert any("model card" in str(each.message) for each in events if isinstance(each, Warned))


def test_that_a_file_says_which_weights_it_has_though_the_run_learned_meanwhile(
    copied: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_dir = copied.find_run(None)
    load: Any = TorchPredictor.from_run
    learned: list[str] = []

    def late(*args: Any, **options: Any) -> TorchPredictor:
        if not learned:
            learn_more(run_dir)
            learned.append(weights_digest(run_dir / BEST_FILE))
        found: TorchPredictor = load(*args, **options)
        return found

    monkeypatch.setattr(TorchPredictor, "from_run", late)
    for earlier in list_exports(copied):  # its file may well be newer than the run's weights
        os.utime(earlier.file, (2e9, 2e9))
    result = export_model(copied, format="onnx-tensor")
    assert result.ok
    assert [result.weights] == learned
    inside = {each.key: each.value for each in onnx.load(result.file).metadata_props}
    assert inside[WEIGHTS_KEY] == result.weights


def test_that_an_image_that_goes_during_the_comparison_is_left_out(
    copied: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (earlier,) = list_exports(copied)
    app = load_predictor(copied.find_run(None), device="cpu")
    dataset = load_dataset(copied)
    samples = dataset.subset("val")
    runtime = spec_of(earlier.format).open(earlier.file)
    gone = samples[-1].path
    kept = gone.read_bytes()
    ask: Any = check.judge

    def judged(*args: Any, **options: Any) -> list[Any]:
        answers = list(ask(*args, **options))
        gone.unlink()
        return answers

    monkeypatch.setattr(check, "judge", judged)
    try:
        found = check.compare(runtime, app, dataset, {"val": samples})
    finally:
        gone.write_bytes(kept)
        runtime.close()
    assert [(part.images, part.skipped) for part in found.parts] == [(len(samples) - 1, 1)]
