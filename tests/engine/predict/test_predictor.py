"""A run as a predictor, and what is refused as a model."""

from __future__ import annotations

import io
import json
import os
import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.errors import ImageError, ModelError, ProjectError
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture
def predictor(make_run: Any) -> TorchPredictor:
    loaded = load_predictor(make_run(), device="cpu")
    assert isinstance(loaded, TorchPredictor)
    return loaded


def photo(folder: Path, pixels: NDArray[np.uint8], name: str = "photo.jpg") -> Path:
    path = folder / name
    Image.fromarray(pixels).save(path)
    return path


def test_that_answers_equal_a_plain_forward_pass(
    predictor: TorchPredictor, make_run: Any, picture: NDArray[np.uint8]
) -> None:
    plain = build_model(get_spec("mobilenet_v3_small"), 3)
    plain.load_state_dict(load_file(make_run() / "best.safetensors"))
    plain.eval()
    batch = np.stack([predictor.preprocess(picture), predictor.preprocess(picture[::-1])])
    with torch.inference_mode():
        expected = plain(torch.from_numpy(batch)).numpy()
    logits = predictor.logits(batch)
    assert logits.dtype == np.float32
    np.testing.assert_allclose(logits, expected, atol=1e-4)
    assert np.abs(expected[0] - expected[1]).max() > 1e-2  # the two really differ


def test_that_file_bytes_and_pixels_get_the_same_answer(
    predictor: TorchPredictor, picture: NDArray[np.uint8], tmp_path: Path
) -> None:
    path = photo(tmp_path, picture)
    by_path = predictor.predict(path)
    by_bytes = predictor.predict(path.read_bytes())
    by_pixels = predictor.predict(load_for(predictor.preprocess, path))
    np.testing.assert_array_equal(by_path.probabilities, by_bytes.probabilities)
    np.testing.assert_array_equal(by_path.probabilities, by_pixels.probabilities)
    assert by_path.path == path
    assert by_bytes.path is None


def test_that_the_top_answers_come_best_first(
    predictor: TorchPredictor, picture: NDArray[np.uint8]
) -> None:
    prediction = predictor.predict(picture)
    top = prediction.top(5)
    assert {answer.label for answer in top} == {"red", "green", "blue"}
    probabilities = [answer.probability for answer in top]
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1, abs=1e-6)
    assert prediction.best == top[0] == prediction.top(1)[0]


def test_that_threads_take_turns(predictor: TorchPredictor) -> None:
    generator = np.random.default_rng(0)
    pictures = list(generator.integers(0, 256, (6, 70, 70, 3), dtype=np.uint8))
    one_by_one = [predictor.predict(pixels).probabilities for pixels in pictures]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda p: predictor.predict(p).probabilities, pictures))
    np.testing.assert_array_equal(at_once, one_by_one)


def test_that_loading_touches_neither_random_state_nor_asks_for_gradients(make_run: Any) -> None:
    run = make_run()
    before = torch.get_rng_state()
    loaded = load_predictor(run, device="cpu")
    assert torch.equal(torch.get_rng_state(), before)
    assert isinstance(loaded, TorchPredictor)
    assert not any(parameter.requires_grad for parameter in loaded.model.parameters())
    assert not any(module.training for module in loaded.model.modules())


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((8, 8), np.uint8),
        np.zeros((8, 8, 4), np.uint8),
        np.zeros((8, 8, 3), np.float32),
        np.zeros((0, 8, 3), np.uint8),
    ],
)
def test_that_other_arrays_are_refused_in_words(
    predictor: TorchPredictor, pixels: NDArray[Any]
) -> None:
    with pytest.raises(ImageError, match="is no image"):
        predictor.predict(pixels)


def test_that_too_little_memory_is_said_in_words(predictor: TorchPredictor) -> None:
    with pytest.raises(ModelError, match="not enough memory"), predictor.exclusive():
        torch.empty(2**60, dtype=torch.uint8)
    with pytest.raises(RuntimeError, match="must match"), predictor.exclusive():
        torch.zeros(2) + torch.zeros(3)


def test_that_a_project_gives_its_newest_run_that_can_be_loaded(
    make_run: Any, tmp_path: Path
) -> None:
    with Project.create(tmp_path / "p.effnet") as project:
        project.runs_dir.mkdir(exist_ok=True)
        for run_id in ("20260101-000000-a", "20260102-000000-b"):
            shutil.copytree(make_run(), project.runs_dir / run_id)
        (project.runs_dir / "20260103-000000-c").mkdir()  # just begun
        # While the project is open for writing elsewhere.
        assert load_predictor(project.root).path.name == "20260102-000000-b"
        assert load_predictor(project.root / "project.json", run="20260101").path.name.endswith("a")
        assert load_predictor(project.runs_dir / "20260102-000000-b" / "best.safetensors")
        with pytest.raises(ModelError, match="no finished epoch"):
            load_predictor(project.root, run="20260103")
        with pytest.raises(ProjectError, match="2027"):
            load_predictor(project.root, run="2027")


def test_that_a_project_without_runs_says_so(tmp_path: Path) -> None:
    Project.create(tmp_path / "p.effnet").close()
    with pytest.raises(ProjectError, match="no trained model"):
        load_predictor(tmp_path / "p.effnet")


class Evil:
    """Unpickling this creates a folder."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.marker),)


@pytest.mark.parametrize("name", ["model.pth", "model.onnx", "best.safetensors", "model.pkl"])
def test_that_a_pickle_is_never_opened(name: str, make_run: Any, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(make_run(), run)
    marker = tmp_path / "owned"
    (run / name).write_bytes(pickle.dumps({"weight": Evil(marker)}))
    with pytest.raises(ModelError) as caught:
        load_predictor(run / name)
    assert str(caught.value.hint)
    assert not marker.exists()


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("suffix", [".onnx", ".txt", ".pt", ".png", ""])
@pytest.mark.parametrize("content", [b"", b"just a note\n", png(), b"\x00" * 4096])
def test_that_a_file_that_is_no_model_is_refused_in_words(
    suffix: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / f"某模型{suffix}"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="某模型") as caught:
        load_predictor(path)
    assert caught.value.path == path


def test_that_missing_and_foreign_folders_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nothing at"):
        load_predictor(tmp_path / "absent")
    with pytest.raises(ModelError, match="neither a project nor a training run"):
        load_predictor(tmp_path)


@pytest.mark.parametrize("keep", [0, 5, 1000, -1])
def test_that_weights_cut_short_are_refused_in_words(
    keep: int, make_run: Any, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    shutil.copytree(make_run(), run)
    weights = run / "best.safetensors"
    weights.write_bytes(weights.read_bytes()[:keep])
    with pytest.raises(ModelError, match="damaged"):
        load_predictor(run)


def test_that_weights_of_another_architecture_are_refused_in_words(
    make_run: Any, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    shutil.copytree(make_run(), run)
    about = json.loads((run / "config.json").read_text())
    about["model"] = "mobilenet_v3_large"
    (run / "config.json").write_text(json.dumps(about))
    with pytest.raises(ModelError, match="do not fit"):
        load_predictor(run)
