"""Scaled networks as rows: what they inherit, and the whole way from training to an answer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import nn

from effnet_studio import paths
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.sample.samples import make_sample
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.events import EpochFinished, Event, Noted, Warned
from effnet_studio.engine.explain.explain import explain_image
from effnet_studio.engine.models.build import build_model, forward_split, stage_modules
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.scaled import inheritance, nearest, neighbours, spec_for
from effnet_studio.engine.models.scaling import VARIANTS, Scaling, published
from effnet_studio.engine.models.weights import (
    ResolvedWeights,
    cached_imagenet,
    imagenet_url,
    load_weights,
    resolve_weights,
)
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import launch
from effnet_studio.engine.training.config import fit_to_partial_weights, make_config
from effnet_studio.engine.training.runs import load_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def shapes_of(scaling: Scaling) -> dict[str, torch.Size]:
    """Names and shapes of the backbone's parameters."""
    with torch.device("meta"):
        model = build_model(spec_for(scaling), 3)
    parameters = model.named_parameters()
    return {name: p.shape for name, p in parameters if not name.startswith("classifier")}


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A resources folder of this test alone, with an empty folder of backbones."""
    folder = tmp_path / "resources"
    (folder / "backbones").mkdir(parents=True)
    monkeypatch.setattr(paths, "resources_dir", lambda: folder)
    return folder


def trained(name: str) -> nn.Module:
    """A network whose weights and batch-norm statistics are nothing special."""
    torch.manual_seed(1)
    model = build_model(get_spec(name), 4)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.bias, std=0.1)
            nn.init.uniform_(module.running_var, 0.5, 2)  # type: ignore[arg-type]
    return model.eval()


def ship(model: nn.Module, resources: Path, name: str) -> None:
    state = {k: v for k, v in model.state_dict().items() if not k.startswith("classifier")}
    save_file(state, resources / "backbones" / f"{name}.safetensors")


# Which published model gives, and how much.


@pytest.mark.parametrize("variant", VARIANTS)
def test_that_a_published_scaling_inherits_everything_from_itself(variant: int) -> None:
    found = inheritance(published(variant))

    assert (found.variant, found.share, found.stages) == (variant, 1.0, 9)
    assert found.worthwhile


def test_that_the_width_chooses_the_donor_and_the_work_among_equals() -> None:
    assert nearest(Scaling(1.0, 0.5)) is get_spec("efficientnet_b0")  # not B1, which fits as well
    assert nearest(Scaling(1.0, 2.0)) is get_spec("efficientnet_b1")
    assert nearest(Scaling(1.2, 1.0, 128)) is get_spec("efficientnet_b3")
    assert nearest(Scaling(2.0, 0.3)) is get_spec("efficientnet_b7")
    assert inheritance(Scaling(1.0, 2.0)).stages == 9  # its added blocks do nothing at first
    assert inheritance(Scaling(1.0, 0.3)).stages == 2  # stem and the stage of a single block
    assert not inheritance(Scaling(0.5)).worthwhile


@given(st.builds(Scaling, st.floats(0.3, 2.2), st.floats(0.3, 2.0)))
@settings(max_examples=6)
@example(Scaling(1.154, 1.315))
@example(Scaling(1.0, 0.4))
def test_that_the_account_is_what_really_fits(scaling: Scaling) -> None:
    own = shapes_of(scaling)
    found = inheritance(scaling)
    fitting = []
    for variant in VARIANTS:
        given_shapes = shapes_of(published(variant))
        same = [shape for name, shape in own.items() if given_shapes.get(name) == shape]
        fitting.append(sum(shape.numel() for shape in same))

    assert found.parameters == fitting[found.variant] == max(fitting)
    assert found.share == pytest.approx(max(fitting) / sum(s.numel() for s in own.values()))


def test_that_the_neighbours_have_less_and_more_work() -> None:
    assert [row.name for row in neighbours(published(2))] == ["efficientnet_b1", "efficientnet_b2"]
    assert [row.name for row in neighbours(Scaling(0.5))] == ["efficientnet_b0"]
    assert [row.name for row in neighbours(Scaling(2.2, 3.5, 700))] == ["efficientnet_b7"]


# Weights.


def test_that_a_deeper_network_starts_as_its_donor(resources: Path) -> None:
    donor = trained("efficientnet_b1")
    ship(donor, resources, "efficientnet_b1")
    spec = get_spec("efficientnet:w1-d1.6-r240")
    events: list[Event] = []

    found = resolve_weights(spec, "starter")
    model = build_model(spec, 3)
    report = load_weights(model, spec, found, on_event=events.append)

    x = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(model.eval().features(x), donor.features(x))  # type: ignore[operator]
    assert "EfficientNet-B1" in str(found.description)
    assert spec.scaling is not None
    assert report.backbone_share == pytest.approx(inheritance(spec.scaling).share)
    assert (report.unexpected, report.mismatched) == ((), ())
    (note,) = events
    assert isinstance(note, Noted)
    assert "Inherited from EfficientNet-B1: 81 % of the backbone" in str(note.message)
    assert "passing on what they get: 6" in str(note.message)


def test_that_added_blocks_learn_although_they_start_as_nothing(resources: Path) -> None:
    ship(trained("efficientnet_b1"), resources, "efficientnet_b1")
    spec = get_spec("efficientnet:w1-d1.6-r240")
    model = build_model(spec, 3)
    load_weights(model, spec, resolve_weights(spec, "starter"))

    added = model.get_submodule("features.6.5.block")  # the sixth block of five
    assert not added.get_parameter("3.1.weight").any()
    model.train()(torch.randn(4, 3, 64, 64)).square().sum().backward()
    moved = {n for n, p in added.named_parameters() if p.grad is not None and p.grad.any()}
    assert "3.1.weight" in moved


def test_that_another_width_takes_what_fits_and_says_so(resources: Path) -> None:
    donor = trained("efficientnet_b0")
    ship(donor, resources, "efficientnet_b0")
    spec = get_spec("efficientnet:w0.909-d0.833-r64")
    model, events = build_model(spec, 3), list[Event]()

    report = load_weights(model, spec, resolve_weights(spec, "auto"), on_event=events.append)

    given_state, own = donor.state_dict(), model.state_dict()
    assert 0 < report.backbone_share < 0.1
    assert all(torch.equal(own[name], given_state[name]) for name in report.matched)
    assert report.mismatched
    (warning,) = events
    assert isinstance(warning, Warned)
    assert "2 % of the backbone" in str(warning.message)
    assert "EfficientNet-B0" in str(warning.hint)


def test_that_imagenet_weights_are_the_donor_s() -> None:
    spec, donor = get_spec("efficientnet:w1.2-d1.0-r128"), get_spec("efficientnet_b3")

    assert imagenet_url(spec) == imagenet_url(donor)
    assert cached_imagenet(spec) is None


def test_that_nothing_is_fetched_where_nothing_fits(resources: Path) -> None:
    ship(trained("efficientnet_b0"), resources, "efficientnet_b0")
    spec, events = get_spec("efficientnet:w0.5-d0.5-r64"), list[Event]()

    assert resolve_weights(spec, "auto", on_event=events.append).kind == "none"
    (warning,) = events
    assert isinstance(warning, Warned)
    assert "1, 1.1, 1.2, 1.4, 1.6, 1.8, 2" in str(warning.hint)
    with pytest.raises(ModelError, match="fits"):
        load_weights(build_model(spec, 3), spec, resolve_weights(spec, "starter"))


def test_that_own_weights_are_left_as_they_are(tmp_path: Path) -> None:
    spec = get_spec("efficientnet:w0.5-d2.0-r64")
    model = build_model(spec, 3)
    save_file(model.state_dict(), tmp_path / "a.safetensors")
    found = ResolvedWeights(
        "file", tmp_path / "a.safetensors", resolve_weights(spec, "none").description
    )

    report = load_weights(other := build_model(spec, 3), spec, found)

    assert report.backbone_share == 1
    assert all(torch.equal(t, model.state_dict()[n]) for n, t in other.state_dict().items())


def test_that_a_preset_does_not_freeze_random_stages() -> None:
    config = make_config("instant", model="efficientnet:w1.2-d0.9-r224")
    assert config.freeze == 9

    fitted, changed = fit_to_partial_weights(config, share=0.8, stages=3)
    assert (fitted.freeze, changed) == (3, ("freeze",))
    scratch, changed = fit_to_partial_weights(config, share=0.2, stages=3)
    assert scratch.freeze == 0
    assert "learning_rate" in changed
    chosen = make_config("instant", freeze=5)
    assert fit_to_partial_weights(chosen, share=0.8, stages=3) == (chosen, ())


# As a row.


def test_that_a_scaled_network_has_stages_like_its_family() -> None:
    spec = get_spec("efficientnet:w0.25-d0.5-r64")
    model = build_model(spec, 3).eval()

    assert len(stage_modules(model, spec)) == 9
    x = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        split = forward_split(model, spec, 4)
        torch.testing.assert_close(split.rest(split.trunk(x)), model(x))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with twelve pictures of each class of the built-in sample."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # for networks this small more threads cost more than they bring
    pictures = make_sample(tmp_path / "sample")
    for folder in pictures.iterdir():
        for file in sorted(folder.glob("*"))[12:]:
            file.unlink()
    with Project.create(tmp_path / "p.effnet") as made:
        import_folder(made, pictures, val=0.25)
        yield made
    torch.set_num_threads(threads)


TINY: dict[str, Any] = {"batch_size": 16, "precision": "fp32", "device": "cpu"}


def test_that_a_scaled_network_is_trained_resumed_and_asked_by_its_name(project: Project) -> None:
    config = make_config(model="EfficientNet:w0.2-d0.3-r48", weights="none", epochs=2, **TINY)
    token = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, EpochFinished):
            token.cancel()

    first = launch.train(project, config, on_event=stop, cancel=token)
    second = launch.resume(project, first.run_id)
    run = load_run(second.run_dir)
    predictor = load_predictor(second.run_dir, device="cpu")
    image = load_dataset(project).subset("val")[0].path
    answer, explained = predictor.predict(image), explain_image(predictor, image)

    assert (first.stopped, first.epochs, second.stopped, second.epochs) == (True, 1, False, 2)
    assert first.run_id.endswith("-efficientnet_w0.2_d0.3_r48")
    assert (run.model, run.config.model) == ("efficientnet_w0.2_d0.3_r48",) * 2
    assert (run.preprocess.size, run.config.image_size) == (48, None)
    assert answer.top(1)[0].label == explained.label


def test_that_training_freezes_only_what_was_inherited_whole(
    project: Project, resources: Path
) -> None:
    ship(trained("efficientnet_b0"), resources, "efficientnet_b0")
    config = make_config(model="efficientnet:w1-d0.6-r32", weights="starter", epochs=1, **TINY)
    assert config.freeze == 7
    events: list[Event] = []

    result = launch.train(project, config, on_event=events.append)

    said = [str(event.message) for event in events if isinstance(event, Noted)]
    assert any("inherits 100 % of its weights" in text for text in said)
    assert any("Changed from the preset: Frozen stages 4" in text for text in said)
    assert load_run(result.run_dir).config.freeze == 4
    assert result.weights == "starter"
