"""Statistics of the gates: as a plain loop would find them, kept, and without a trace."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.errors import Cancelled, DatasetError, ModelError
from effnet_studio.engine.events import Progress, Warned, ignore
from effnet_studio.engine.explain.channels import TOP, channel_statistics
from effnet_studio.engine.explain.gate_statistics import (
    LEAST_SPREAD,
    ChannelStatistics,
    beyond_class,
    openers,
)
from effnet_studio.engine.explain.squeeze_excitation import se_explain, se_titles
from effnet_studio.engine.models.build import se_blocks, se_gate
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CLASSES = ("blue", "green", "red", "white")


@pytest.fixture(scope="module")
def network(make_run: Any) -> TorchPredictor:
    found = load_predictor(make_run(), device="cpu")
    assert isinstance(found, TorchPredictor)
    return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Thirty small pictures that differ."""
    folder = tmp_path_factory.mktemp("channels")
    rng = np.random.default_rng(0)
    for number in range(30):
        pixels = rng.integers(0, 256, (64, 64, 3)) * rng.random(3) + rng.integers(0, 60, 3)
        image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
        image.save(folder / f"{number:02d}.png")
    return tuple(sorted(folder.iterdir()))


def samples_of(files: Sequence[Path], labels: Sequence[int]) -> list[Sample]:
    return [
        Sample(100 + place, files[place], label, "train", 64, 64)
        for place, label in enumerate(labels)
    ]


@cache
def gates_of(network: TorchPredictor, path: Path) -> NDArray[np.float64]:
    """The gates by hooks of our own, image by image."""
    found: list[NDArray[np.float32]] = []
    handles = [
        se_gate(module).register_forward_hook(
            lambda _module, _inputs, output: found.append(output.numpy().ravel().copy())
        )
        for _, module in se_blocks(network.model)
    ]
    with torch.inference_mode():
        network.model(torch.from_numpy(network.preprocess.normalize(network.picture(path)[None])))
    for handle in handles:
        handle.remove()
    return np.concatenate(found).astype(np.float64)


def looked(network: TorchPredictor, samples: Sequence[Sample]) -> ChannelStatistics:
    return channel_statistics(samples, network, classes=CLASSES)


@settings(max_examples=6, deadline=None)
@given(labels=st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_that_statistics_are_those_of_a_plain_loop(
    network: TorchPredictor, files: tuple[Path, ...], labels: list[int]
) -> None:
    samples = samples_of(files, labels)
    found = looked(network, samples)
    rows = np.stack([gates_of(network, sample.path) for sample in samples])
    own = np.array(labels)
    np.testing.assert_allclose(found.overall, rows.mean(axis=0), atol=2e-5)
    within = np.zeros(rows.shape[1])
    for label, name in enumerate(CLASSES):
        some = rows[own == label]
        assert found.counts[label] == len(some)
        if len(some):
            np.testing.assert_allclose(found.usual(name), some.mean(axis=0), atol=2e-5)
            within += ((some - some.mean(axis=0)) ** 2).sum(axis=0)
        else:
            np.testing.assert_array_equal(found.usual(name), found.overall)
    freedom = max(1, len(rows) - len(set(labels)))
    np.testing.assert_allclose(found.spread, np.sqrt(within / freedom), atol=1e-4)
    np.testing.assert_allclose(
        found.top_values, -np.sort(-rows.T, axis=1)[:, :TOP], rtol=0, atol=2e-5
    )
    for channel in range(0, rows.shape[1], 97):  # each named image has the gate that is told
        named = [found.images[image] for image in found.top_images[channel]]
        gates = [gates_of(network, sample.path)[channel] for sample in named]
        np.testing.assert_allclose(gates, found.top_values[channel], atol=2e-5)
        assert len({sample.id for sample in named}) == len(named)


def test_that_the_model_is_untouched(network: TorchPredictor, files: tuple[Path, ...]) -> None:
    model = network.model
    modules = list(model.modules())
    modules[3].training = True  # an odd mode has to come back too
    before = {name: value.clone() for name, value in model.state_dict().items()}
    modes = [module.training for module in modules]
    try:
        looked(network, samples_of(files, [0, 1, 2]))
        assert [module.training for module in modules] == modes
    finally:
        modules[3].training = False
    assert not any(module._forward_hooks for module in modules)
    assert all(parameter.grad is None for parameter in model.parameters())
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_that_channels_beyond_the_class_follow_the_formula(
    network: TorchPredictor, files: tuple[Path, ...]
) -> None:
    samples = samples_of(files, [0] * 10 + [1] * 10)
    statistics = looked(network, samples)
    gates = se_explain(network, files[25]).gates
    found = beyond_class(gates, statistics, "green", count=7)
    values = np.concatenate([gate.values for gate in gates])
    usual = statistics.means[1]
    scores = (values - usual) / np.maximum(statistics.spread, LEAST_SPREAD)
    np.testing.assert_allclose([each.score for each in found], np.sort(scores)[::-1][:7], rtol=1e-6)
    first = found[0]
    place = statistics.part(first.block).start + first.channel
    assert first.gate == pytest.approx(values[place])
    assert first.usual == pytest.approx(usual[place])
    assert first.openers == openers(statistics, first.block, first.channel)
    assert first.openers[0].gate == pytest.approx(float(statistics.top_values[place][0]))
    one = beyond_class(gates, statistics, "green", block=gates[2].name, count=500)
    assert {each.block for each in one} == {gates[2].name}
    assert all(each.score > 0 for each in one)


def test_that_a_channels_own_map_is_its_gate_times_its_activation(
    network: TorchPredictor, files: tuple[Path, ...]
) -> None:
    block = next(iter(se_titles(network)))
    whole = se_explain(network, files[0], block=block)
    gate = whole.gates[0]
    maps = [
        se_explain(network, files[0], block=block, channel=channel).raw
        for channel in range(len(gate.values))
    ]
    np.testing.assert_allclose(np.mean(maps, axis=0), whole.raw, atol=1e-5)
    with pytest.raises(ModelError, match="has no channel"):
        se_explain(network, files[0], block=block, channel=len(gate.values))


def test_that_unreadable_images_are_counted_and_none_at_all_is_an_error(
    network: TorchPredictor, files: tuple[Path, ...], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"nothing")
    samples = [*samples_of(files, [0, 1]), Sample(7, broken, 1, "train", 1, 1)]
    events: list[object] = []
    found = channel_statistics(samples, network, classes=CLASSES, on_event=events.append)
    assert found.counts.tolist() == [1, 1, 0, 0]
    assert any(isinstance(event, Warned) for event in events)
    assert [event.done for event in events if isinstance(event, Progress)][-1] == 3
    with pytest.raises(DatasetError):
        looked(network, samples[2:])


def test_that_it_stops_when_asked(network: TorchPredictor, files: tuple[Path, ...]) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        channel_statistics(
            samples_of(files, [0, 1]), network, classes=CLASSES, on_event=ignore, cancel=token
        )


def test_that_a_model_without_blocks_is_refused(make_run: Any, files: tuple[Path, ...]) -> None:
    plain = load_predictor(make_run("resnet18"), device="cpu")
    with pytest.raises(ModelError, match="no squeeze-and-excitation"):
        channel_statistics(samples_of(files, [0]), plain, classes=CLASSES)
