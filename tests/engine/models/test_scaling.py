"""Compound scaling: coefficients, rounding, names, and counts against built networks."""

from __future__ import annotations

import dataclasses
import itertools
import math
import subprocess
import sys
import timeit

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.latency import fit_latency
from effnet_studio.engine.models.mbconv import count, memory, scaled_stages
from effnet_studio.engine.models.probe import probe_model
from effnet_studio.engine.models.scaled import spec_for
from effnet_studio.engine.models.scaling import (
    DEPTHS,
    DROPOUTS,
    RESOLUTIONS,
    VARIANTS,
    WIDTHS,
    Scaling,
    constraint,
    from_phi,
    parse_name,
    published,
    round_channels,
    round_repeats,
)
from effnet_studio.engine.torchvision_compat import import_torchvision

every_variant = pytest.mark.parametrize("variant", VARIANTS)
phis = st.floats(-8, 8)
small_scalings = st.builds(
    Scaling, st.floats(0.1, 1.6), st.floats(0.1, 2.0), st.integers(32, 256), st.floats(0, 0.9)
)
any_scaling = st.builds(
    Scaling, st.floats(*WIDTHS), st.floats(*DEPTHS), st.integers(*RESOLUTIONS), st.floats(*DROPOUTS)
)


# Coefficients.


def test_that_phi_0_is_b0_and_phi_1_the_bases() -> None:
    assert from_phi(0) == published(0) == Scaling()
    assert (from_phi(1).depth, from_phi(1).width) == (1.2, 1.1)
    assert from_phi(1).resolution == 256  # 257.6 to a multiple of 8
    assert from_phi(2, base_resolution=128).resolution == 168  # 169.28
    assert constraint() == pytest.approx(1.92, abs=0.001)


def test_that_negative_and_fractional_phi_scale_down_and_between() -> None:
    half, minus = from_phi(0.5), from_phi(-1)

    assert half.depth == pytest.approx(math.sqrt(1.2), abs=5e-4)
    assert minus.width == pytest.approx(1 / 1.1, abs=5e-4)
    assert minus.resolution == 192  # 194.8


@given(phis, phis)
def test_that_more_phi_is_never_less_of_anything(one: float, other: float) -> None:
    small, large = (from_phi(phi) for phi in sorted((one, other)))

    assert small.width <= large.width
    assert small.depth <= large.depth
    assert small.resolution <= large.resolution
    assert small.dropout <= large.dropout
    fewer, more = (count(scaled_stages(scaling)).total for scaling in (small, large))
    assert fewer.parameters <= more.parameters
    assert fewer.macs <= more.macs


def test_that_work_grows_about_as_the_constraint_says() -> None:
    work = [count(scaled_stages(from_phi(phi))).total.macs for phi in range(8)]
    growth = (work[-1] / work[0]) ** (1 / 7)

    assert growth == pytest.approx(constraint(), rel=0.1)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: from_phi(math.nan), "φ"),
        (lambda: from_phi(11), "φ"),
        (lambda: from_phi(1, alpha=0.9), "α"),
        (lambda: from_phi(1, beta=2.1), "β"),
        (lambda: from_phi(1, gamma=math.inf), "γ"),
        (lambda: from_phi(9, gamma=2), "resolution"),
        (lambda: from_phi(-9, gamma=2), "resolution"),
        (lambda: from_phi(-8, alpha=1.5), "depth"),
        (lambda: Scaling(width=0.05), "width"),
        (lambda: Scaling(resolution=31), "resolution"),
        (lambda: Scaling(resolution=100.5), "whole"),  # type: ignore[arg-type]
        (lambda: Scaling(dropout=1.0), "dropout"),
        (lambda: published(8), "B8"),
    ],
)
def test_that_what_is_out_of_bounds_is_refused_by_name(make: object, text: str) -> None:
    with pytest.raises(ModelError) as caught:
        make()  # type: ignore[operator]
    assert text in str(caught.value)


# Rounding.


@given(st.floats(1, 5000))
@example(8.0)
@example(11.999)
def test_that_channels_are_multiples_of_8_and_never_10_percent_down(channels: float) -> None:
    rounded = round_channels(channels)

    assert rounded % 8 == 0
    assert rounded >= 0.9 * channels
    assert rounded == 8 or rounded <= channels + 8
    oracle = import_torchvision("models._utils")._make_divisible
    assert rounded == oracle(channels, 8)


def test_that_repeats_are_rounded_up() -> None:
    assert [round_repeats(n) for n in (0.1, 1.0, 1.01, 3.3)] == [1, 1, 2, 4]


# Counts.


@every_variant
def test_that_the_published_models_are_counted_exactly(variant: int) -> None:
    row = CATALOG[f"efficientnet_b{variant}"]
    # B2's weights in the catalog were trained at 288 pixels, not at the paper's 260.
    scaling = dataclasses.replace(published(variant), resolution=row.input_size)
    total = count(scaled_stages(scaling)).total

    assert total.parameters == row.parameters
    assert round(total.macs / 1e9, 3) == row.macs


@given(small_scalings, st.integers(1, 200))
@settings(max_examples=8)
@example(Scaling(1.6, 0.5, 33), 3)  # odd feature maps
def test_that_what_is_counted_is_what_is_built(scaling: Scaling, classes: int) -> None:
    spec = spec_for(scaling)
    stages = scaled_stages(scaling, classes)
    facts = probe_model(spec, classes=classes)
    found = count(stages)

    assert [stage.name for stage in stages] == [stage.name for stage in facts.stages]
    assert [(s.parameters, s.macs) for s in found.stages] == [
        (s.parameters, s.macs) for s in facts.stages
    ]
    assert [(s.out_channels, s.size_out, s.size_out) for s in stages[:-1]] == [
        s.shape for s in facts.stages[:-1]
    ]
    assert (found.total.parameters, found.total.macs) == (facts.parameters, facts.macs)


@every_variant
def test_that_a_published_scaling_builds_torchvision_s_own_network(variant: int) -> None:
    name = f"efficientnet_b{variant}"
    with torch.device("meta"):
        ours = build_model(spec_for(published(variant)), 5)
        theirs = import_torchvision("models").get_model(name, weights=None, num_classes=5)

    shapes = {name: tensor.shape for name, tensor in theirs.state_dict().items()}
    assert {name: tensor.shape for name, tensor in ours.state_dict().items()} == shapes
    assert repr(ours) == repr(theirs)  # dropout, stochastic depth and batch-norm settings too


def test_that_the_table_is_the_paper_s() -> None:
    stages = scaled_stages(published(0))

    assert [stage.repeats for stage in stages[1:8]] == [1, 2, 2, 3, 3, 4, 1]
    assert [stage.out_channels for stage in stages] == [
        *(32, 16, 24, 40, 80, 112, 192, 320, 1280, 1000)
    ]
    assert [stage.size_in for stage in stages[1:8]] == [112, 112, 56, 28, 14, 14, 7]
    assert [stage.kernel for stage in stages[1:8]] == [3, 3, 5, 3, 5, 5, 3]
    assert stages[2].squeezed == (4, 6)


def test_that_counting_is_quick_enough_for_a_slider() -> None:
    scaling = published(7)

    def ask() -> None:
        stages = scaled_stages(scaling)
        count(stages)
        memory(stages)

    assert min(timeit.repeat(ask, number=10, repeat=5)) / 10 < 1e-3


def test_that_scaling_needs_no_deep_learning_library() -> None:
    code = (
        "import sys, effnet_studio.engine.models.scaled as s, effnet_studio.engine.models.latency;"
        "s.spec_for(s.published(3));"
        "sys.exit(any(name in sys.modules for name in ('torch', 'torchvision', 'onnxruntime')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# Memory.


def kept_bytes(scaling: Scaling, images: int) -> float:
    """What autograd really keeps for each picture, every piece of memory once, without weights."""
    model = build_model(spec_for(scaling), 5).train()
    weights = {p.untyped_storage().data_ptr() for p in model.parameters()}
    kept: dict[int, torch.UntypedStorage] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        kept[storage.data_ptr()] = storage  # held, so that no address is used twice
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        loss = model(torch.randn(images, 3, scaling.resolution, scaling.resolution)).sum()
    assert loss.requires_grad
    return sum(s.nbytes() for pointer, s in kept.items() if pointer not in weights) / images


@pytest.mark.parametrize("scaling", [Scaling(0.5, 1.0, 128), Scaling(1.1, 0.6, 97)])
def test_that_the_memory_is_what_autograd_keeps(scaling: Scaling) -> None:
    estimate = memory(scaled_stages(scaling, 5))

    assert estimate.activation_bytes == pytest.approx(kept_bytes(scaling, 4), rel=0.02)
    assert estimate.weights_bytes == 4 * count(scaled_stages(scaling, 5)).total.parameters
    assert estimate.training_bytes(8) - estimate.training_bytes(0) == 8 * estimate.activation_bytes


# Names.


@given(any_scaling)
def test_that_a_name_gives_its_scaling_back(scaling: Scaling) -> None:
    assert parse_name(scaling.name) == scaling
    assert not set(scaling.name) & set('<>:"/\\|?* ')


def test_that_names_may_be_written_by_hand() -> None:
    spec = get_spec("EfficientNet:w1.2-d1.4-r300")

    assert spec.name == "efficientnet_w1.2_d1.4_r300"
    assert get_spec(spec.name) == spec
    assert spec.scaling == Scaling(1.2, 1.4, 300, 0.26)
    assert (spec.parameters, spec.macs) == (12_233_232, 1.827)
    assert parse_name("efficientnet:w1-d1-r224-p0.5") == Scaling(1, 1, 224, 0.5)
    assert parse_name("efficientnet_b0") is None
    assert parse_name("efficientnet_widese_b0") is None


@pytest.mark.parametrize("name", ["efficientnet:w1.2", "efficientnet_w1_d1_r224x"])
def test_that_half_a_name_is_answered_with_a_whole_one(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        get_spec(name)
    shown = str(caught.value.hint).rpartition(" ")[2].rstrip(".")
    assert parse_name(shown) is not None
    with pytest.raises(ModelError, match="width = 9"):
        get_spec("efficientnet:w9-d1-r224")


# Latency.


def test_that_a_power_law_is_found_in_spite_of_a_wild_measurement() -> None:
    points = [(macs, 0.02 * macs**0.8) for macs in (0.4, 0.7, 1.1, 1.8, 4.4, 10.3)]
    points[2] = (1.1, 5.0)
    fit = fit_latency(points)

    assert fit is not None
    assert fit.slope == pytest.approx(0.8, abs=0.1)
    assert fit.seconds(2.5) == pytest.approx(0.02 * 2.5**0.8, rel=0.1)
    assert fit.range == pytest.approx((0.4, 10.3))
    assert 1 <= fit.spread < 1.2


@pytest.mark.parametrize(
    "points",
    [[], [(1.0, 1.0)], [(1.0, 1.0), (1.0, 2.0)], [(1.0, 1.0), (2.0, 0.0), (3.0, math.nan)]],
)
def test_that_nothing_is_predicted_from_too_little(points: list[tuple[float, float]]) -> None:
    assert fit_latency(points) is None


@given(st.lists(st.tuples(st.floats(1e6, 1e11), st.floats(1e-4, 10)), min_size=2, max_size=8))
def test_that_more_work_is_never_predicted_to_be_faster(points: list[tuple[float, float]]) -> None:
    fit = fit_latency(points)
    if fit is not None:
        times = [fit.seconds(macs) for macs in (1e7, 1e8, 1e9, 1e10)]
        assert all(one <= other * (1 + 1e-9) for one, other in itertools.pairwise(times))
