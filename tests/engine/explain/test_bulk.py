"""Maps of a whole part: the same as one by one, no trace in the model, and kept for later."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Dataset, Sample
from effnet_studio.engine.errors import Cancelled, ConfigError, DatasetError, ModelError
from effnet_studio.engine.events import Event, Progress, Warned
from effnet_studio.engine.explain.attention import (
    Attention,
    densities,
)
from effnet_studio.engine.explain.bulk import batch_maps, explain_many, passes_to, seconds_for
from effnet_studio.engine.explain.cam import explain_class, find_layer, layers_of
from effnet_studio.engine.explain.kept_attention import (
    keep_attention,
    kept_attention,
    open_attention,
)
from effnet_studio.engine.explain.maps import normalized
from effnet_studio.engine.explain.methods import find_method
from effnet_studio.engine.explain.names import FINE
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import weights_state
from tests.engine.conftest import COLOR_CLASSES, draw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def predictor_of(make_run: Any) -> Callable[[str], TorchPredictor]:
    def load(model: str = "mobilenet_v3_small") -> TorchPredictor:
        predictor = load_predictor(make_run(model), device="cpu")
        assert isinstance(predictor, TorchPredictor)
        return predictor

    return load


@pytest.fixture
def predictor(predictor_of: Callable[..., TorchPredictor]) -> TorchPredictor:
    return predictor_of()


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Nine images, one of them broken, in an order of classes that is not the model's."""
    samples = []
    for number in range(9):
        path = tmp_path / f"{number}.png"
        Image.fromarray(draw(number)).save(path)
        samples.append(Sample(number + 10, path, number % 3, "val", 80, 96))
    samples[4].path.write_bytes(b"no image")
    return Dataset(("blue", "red", "green"), tuple(samples), "v1")


@pytest.mark.parametrize("model", ["efficientnet_b0", "densenet121", "mobilenet_v3_small"])
@pytest.mark.parametrize("layer", [None, "Stage 2"])
def test_that_maps_of_many_are_those_of_each(
    predictor_of: Callable[[str], TorchPredictor], model: str, layer: str | None
) -> None:
    predictor = predictor_of(model)
    many = 10**6 if layer is None else 1
    pictures = np.stack([predictor.picture(draw(number)) for number in range(4)])
    batch = predictor.to_tensor(predictor.preprocess.normalize(pictures))
    name = find_layer(predictor, layer)
    # Grad-CAM++ divides by what may nearly cancel; early layers of random weights show it.
    others = () if layer else ("gradcam++",)
    for method in ("gradcam", "layercam", "hirescam", "eigencam", *others):
        row = find_method(method)
        fast = passes_to(predictor, batch[:1], name, row, images=many)
        alone = [explain_class(predictor, draw(n), method=method, layer=layer) for n in range(4)]
        for passes in (None, fast):
            maps, _ = batch_maps(predictor, batch, name, row, passes=passes)
            for mine, theirs in zip(maps, alone, strict=True):
                np.testing.assert_allclose(normalized(mine).numpy(), theirs.coarse, atol=1e-4)


@pytest.mark.parametrize("model", ["efficientnet_b0", "densenet121", "mobilenet_v3_small"])
def test_that_the_finer_layer_is_the_last_with_twice_the_places(
    predictor_of: Callable[[str], TorchPredictor], model: str
) -> None:
    predictor = predictor_of(model)
    ends = [name for _, name in layers_of(predictor)]
    sides = {
        name: explain_class(predictor, draw(0), method="layercam", layer=name).coarse.shape[0]
        for name in ends
    }
    least = 2 * sides[find_layer(predictor, None)]
    chosen = find_layer(predictor, FINE)
    assert sides[chosen] >= least
    assert all(sides[name] < least for name in ends[ends.index(chosen) + 1 :])


def test_that_the_time_of_many_is_told_from_the_first_few(
    predictor: TorchPredictor, dataset: Dataset, tmp_path: Path
) -> None:
    readable = [sample for sample in dataset.samples if sample.id != 14]
    many = Dataset(dataset.classes, tuple(readable * 8), "v1")
    few = seconds_for(predictor, dataset)
    assert few is None, "nine images are done before they are measured"
    found, more = (
        seconds_for(predictor, many),
        seconds_for(predictor, Dataset(dataset.classes, tuple(readable * 800), "v1")),
    )
    assert found is not None
    assert more is not None
    assert 0 < found < more
    for sample in readable:
        sample.path.write_bytes(b"no image")
    assert seconds_for(predictor, many) is None


def test_that_a_layer_inside_a_stage_and_score_cam_work_too(predictor: TorchPredictor) -> None:
    batch = predictor.to_tensor(predictor.preprocess.normalize(predictor.picture(draw(1))[None]))
    for method, layer in (("gradcam", "features.3.block"), ("scorecam", predictor.spec.cam_layer)):
        row = find_method(method)
        maps, _ = batch_maps(
            predictor,
            batch,
            layer,
            row,
            passes=passes_to(predictor, batch, layer, row, images=1),
        )
        alone = explain_class(predictor, draw(1), method=method, layer=layer)
        np.testing.assert_allclose(normalized(maps[0]).numpy(), alone.coarse, atol=1e-4)


def test_that_answers_truths_and_means_are_those_of_the_images(
    predictor: TorchPredictor, dataset: Dataset
) -> None:
    found = explain_many(predictor, dataset, batch_size=3)
    assert found.sample_ids.tolist() == [10, 11, 12, 13, 15, 16, 17, 18]
    assert [name for name, _ in found.unreadable] == [str(dataset.samples[4].path)]
    kept = [sample for sample in dataset.samples if sample.id != 14]
    alone = [explain_class(predictor, sample.path) for sample in kept]
    assert found.predicted.tolist() == [each.class_index for each in alone]
    assert [COLOR_CLASSES[true] for true in found.true] == [
        dataset.classes[sample.label] for sample in kept
    ]
    np.testing.assert_allclose(found.probability, [each.probability for each in alone], atol=1e-5)
    for label, count in enumerate(found.counts.tolist()):
        mine = [each for each in alone if each.class_index == label]
        assert count == len(mine)
        if not mine:
            assert not found.mean_maps[label].any()
            continue
        expected = densities(np.stack([each.coarse for each in mine])).mean(axis=0)
        np.testing.assert_allclose(found.mean_maps[label], expected, atol=1e-3)
        picture = np.mean([each.picture for each in mine], axis=0)
        assert found.mean_pictures[label].mean() == pytest.approx(picture.mean(), abs=1.5)
    wrong = found.true[found.errors] != found.predicted[found.errors]
    assert wrong.all()
    assert len(found.errors) == round((1 - found.accuracy) * len(found))


def test_that_the_model_is_as_it_was(predictor: TorchPredictor, dataset: Dataset) -> None:
    model = predictor.model
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    next(model.modules()).train()
    modes = [module.training for module in model.modules()]
    needs = [parameter.requires_grad for parameter in model.parameters()]
    for layer in (None, "Stage 2", "features.3.block"):
        explain_many(predictor, dataset, layer=layer)
    assert [module.training for module in model.modules()] == modes
    assert [parameter.requires_grad for parameter in model.parameters()] == needs
    assert all(parameter.grad is None for parameter in model.parameters())
    assert not any(module._forward_hooks for module in model.modules())
    assert all(torch.equal(weights[name], value) for name, value in model.state_dict().items())
    assert torch.is_grad_enabled()
    assert not torch.is_inference_mode_enabled()
    model.eval()


def test_that_a_job_reports_and_stops(predictor: TorchPredictor, dataset: Dataset) -> None:
    events: list[Event] = []
    explain_many(predictor, dataset, on_event=events.append)
    last = events[-1]
    assert isinstance(last, Progress)
    assert (last.done, last.total) == (9, 9)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        explain_many(predictor, dataset, cancel=token)


def test_that_what_cannot_be_explained_is_said(
    predictor: TorchPredictor, dataset: Dataset, color_model: Path
) -> None:
    with pytest.raises(ModelError, match="exported"):
        explain_many(load_predictor(color_model), dataset)
    with pytest.raises(ConfigError):
        explain_many(predictor, dataset, method="se")
    with pytest.raises(DatasetError, match="no images"):
        explain_many(predictor, dataset, "test")
    with pytest.raises(ModelError, match="does not know"):
        explain_many(predictor, dataclasses.replace(dataset, classes=("a", "red", "green")))
    broken = dataclasses.replace(dataset, samples=(dataset.samples[4],))
    with pytest.raises(DatasetError, match="None of the 1"):
        explain_many(predictor, broken)


@pytest.fixture
def kept(predictor: TorchPredictor, dataset: Dataset, tmp_path: Path) -> Any:
    """A project with maps in its cache, and the run's folder in it."""
    attention = explain_many(predictor, dataset)
    with Project.create(tmp_path / "p.effnet") as project:
        run_dir = project.new_run_dir("m")
        run_dir.mkdir(exist_ok=True)
        (run_dir / "best.safetensors").write_bytes(b"weights")
        file = keep_attention(project, run_dir, attention, None, weights_state(run_dir))
        yield project, run_dir, attention, file


def test_that_kept_maps_are_read_again_unchanged(kept: Any) -> None:
    project, run_dir, attention, file = kept
    again = kept_attention(project, run_dir, "v1")
    assert again is not None
    for field in dataclasses.fields(Attention):
        before, after = getattr(attention, field.name), getattr(again, field.name)
        if isinstance(before, np.ndarray):
            assert before.dtype == after.dtype
            np.testing.assert_array_equal(before, after)
        elif field.name == "unreadable":
            assert [(name, str(why)) for name, why in before] == [
                (name, str(why)) for name, why in after
            ]
        else:
            assert before == after
    assert [each.name for each in file.parent.iterdir()] == [file.name], "nothing half-written"


def test_that_maps_of_other_images_weights_or_wishes_are_not_shown(kept: Any) -> None:
    project, run_dir, _, file = kept
    assert kept_attention(project, run_dir, "v2") is None
    assert kept_attention(project, run_dir, "v1", "train") is None
    assert kept_attention(project, run_dir, "v1", layer="Stage 2") is None
    assert kept_attention(project, run_dir, "v1", method="layercam") is None
    (run_dir / "best.safetensors").write_bytes(b"better weights")
    assert kept_attention(project, run_dir, "v1") is None
    file.write_bytes(file.read_bytes()[:500])
    assert kept_attention(project, run_dir, "v1") is None


def test_that_a_cache_that_cannot_be_written_costs_a_warning_and_not_the_maps(
    tmp_path: Path, make_run: Any, dataset: Dataset
) -> None:
    run = make_run()
    events: list[Event] = []
    with Project.create(tmp_path / "p.effnet") as project:
        project.cache_dir.mkdir(exist_ok=True)
        (project.cache_dir / "attention").touch()  # where the folder should be
        found = open_attention(project, run, dataset, device="cpu", on_event=events.append)
        assert len(found) + len(found.unreadable) == len(dataset.subset("val"))
        assert any(isinstance(event, Warned) for event in events)
        (project.cache_dir / "attention").unlink()
        open_attention(project, run, dataset, device="cpu")
        events.clear()
        open_attention(project, run, dataset, device="cpu", on_event=events.append)
        assert not events, "it is read"
