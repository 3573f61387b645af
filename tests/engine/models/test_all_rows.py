"""Every row of the catalog through everything the app does with a model, at small size.

A few by default; all of them, ten minutes of it, with ``pytest -m "rows or not rows"`` on this
file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.explain.cam import explain_class
from effnet_studio.engine.explain.squeeze_excitation import se_explain
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.models.build import build_model, se_blocks
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.launch import train
from effnet_studio.engine.training.network import frozen_names
from effnet_studio.engine.training.runs import BEST_FILE
from tests.engine.export.conftest import draw_images

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 64
REPRESENTATIVES = ("efficientnet_lite0", "resnetv2_50", "se_resnet50", "mobilenet_v2")
"""One of each way of building that no other test takes through the whole job."""
ROWS = [
    pytest.param(name, marks=() if name in REPRESENTATIVES else (pytest.mark.rows,))
    for name in CATALOG
]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ROWS)
def test_that_a_row_goes_through_the_whole_job(name: str, tmp_path: Path) -> None:
    draw_images(tmp_path / "pictures", each=8)
    spec = get_spec(name)
    frozen = len(spec.stages) // 2
    with torch_threads(2), Project.create(tmp_path / "p.effnet") as project:
        import_folder(project, tmp_path / "pictures", val=0.4)
        start = tmp_path / "start.safetensors"
        with torch.random.fork_rng():
            torch.manual_seed(0)
            save_file(build_model(spec, 3).state_dict(), start)
        config = make_config(
            model=name,
            weights=str(start),
            image_size=SIZE,
            epochs=1,
            batch_size=8,
            freeze=frozen,
            learning_rate=1e-3,
            augmentation="light",
        )
        train(project, config)
        run_dir = project.run_dirs()[0]
        check_that_only_the_rest_has_learned(name, start, run_dir, frozen)
        check_explanations(name, project, run_dir)
        check_exports(project)


def check_that_only_the_rest_has_learned(
    name: str, start: Path, run_dir: Path, frozen: int
) -> None:
    spec = get_spec(name)
    before, after = load_file(start), load_file(run_dir / BEST_FILE)
    kept = frozen_names(build_model(spec, 3), spec, frozen)
    assert kept
    assert all(torch.equal(before[key], after[key]) for key in kept)
    moved = {key for key in after if key not in kept and not torch.equal(before[key], after[key])}
    assert f"{spec.classifier}.weight" in moved
    assert any(key.startswith(spec.stages[-1].modules[0]) for key in moved)


def check_explanations(name: str, project: Project, run_dir: Path) -> None:
    spec = get_spec(name)
    predictor = load_predictor(run_dir, device="cpu")
    picture = load_dataset(project).samples[0].path
    answer = predictor.predict(picture)
    assert answer.probabilities.sum() == pytest.approx(1, abs=1e-5)
    for stage in (None, *(stage.name for stage in spec.stages)):
        heatmap = explain_class(predictor, picture, layer=stage).heatmap
        assert heatmap.shape == (SIZE, SIZE)
        assert np.isfinite(heatmap).all()
        assert heatmap.max() <= 1
    blocks = se_blocks(build_model(spec, 3))
    if blocks:
        seen = se_explain(predictor, picture)
        assert [gate.name for gate in seen.gates] == [name for name, _ in blocks]
        assert all(0 <= gate.values.min() <= gate.values.max() <= 1 for gate in seen.gates)
    else:
        with pytest.raises(ModelError):
            se_explain(predictor, picture)


def check_exports(project: Project) -> None:
    result = export_model(project, format="onnx")
    assert result.agreement == 1.0
    assert result.max_probability_difference < 1e-3
    small = export_model(project, format="onnx-int8")
    assert small.bytes < 0.5 * result.bytes
    assert small.images == result.images
