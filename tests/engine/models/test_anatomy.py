"""What is inside a network agrees with what is counted without looking inside."""

from __future__ import annotations

import pytest

from effnet_studio.engine.models.anatomy import Anatomy, dissect
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.mbconv import count, scaled_stages
from effnet_studio.engine.models.probe import probe_model
from effnet_studio.engine.models.scaling import from_phi


@pytest.mark.parametrize(
    "name",
    ["efficientnet_b1", "resnet18", "resnet50", "mobilenet_v3_small", "densenet121"],
)
def test_that_layers_sum_up_to_what_the_probe_counts(name: str) -> None:
    spec = CATALOG[name]
    inside, facts = (
        dissect(spec, classes=7, image_size=64),
        probe_model(spec, classes=7, image_size=64),
    )

    assert [stage.name for stage in inside.stages] == [stage.name for stage in facts.stages]
    for stage, expected in zip(inside.stages, facts.stages, strict=True):
        assert stage.parameters == expected.parameters
        assert stage.macs == expected.macs
        if name != "densenet121" or "denseblock" not in stage.layers[-1].name:
            assert stage.shape == expected.shape


@pytest.fixture(scope="module")
def scaled() -> Anatomy:
    return dissect(get_spec(from_phi(1.5).name))


def test_that_a_scaled_network_is_made_of_its_table(scaled: Anatomy) -> None:
    table = scaled_stages(from_phi(1.5))
    for stage, row, counted in zip(scaled.stages, table, count(table).stages, strict=True):
        assert (stage.parameters, stage.macs) == (counted.parameters, counted.macs)
        if row.kind == "blocks":
            assert len(stage.blocks) == row.repeats
            first = stage.blocks[0]
            assert (first.kernel, first.expansion, first.stride) == (
                row.kernel,
                row.expansion,
                row.stride,
            )
            assert first.squeezed == row.squeezed[0]


def test_that_an_inverted_bottleneck_is_seen_layer_by_layer(scaled: Anatomy) -> None:
    first, second = scaled.stages[2].blocks[:2]
    main = [layer.kind for layer in second.layers if layer.kind not in {"norm", "activation"}]

    assert [kind for kind in main if kind != "other"] == [
        "convolution",
        "depthwise",
        "squeeze",
        "convolution",
    ]
    assert (first.shortcut, second.shortcut) == ("", "add")
    assert not first.like(second)
    assert scaled.stages[3].blocks[1].like(scaled.stages[3].blocks[2])


def test_that_shortcuts_of_other_families_are_seen() -> None:
    resnet = dissect(CATALOG["resnet50"], image_size=64).stages[2]
    assert [block.shortcut for block in resnet.blocks] == ["project", "add", "add", "add"]
    assert [block.stride for block in resnet.blocks] == [2, 1, 1, 1]
    assert next(layer.name for layer in resnet.layers if layer.aside) == "layer2.0.downsample.0"

    dense = dissect(CATALOG["densenet121"], image_size=64).stages[1]
    assert {block.kind for block in dense.blocks} == {"_DenseLayer", "_Transition"}
    assert dense.blocks[0].shortcut == "concatenate"


def test_that_the_stem_is_one_group_without_a_block() -> None:
    stem = dissect(CATALOG["resnet18"], image_size=64).stages[0]
    (only,) = stem.blocks
    assert only.kind == ""
    assert [layer.kind for layer in only.layers] == ["convolution", "norm", "activation", "pool"]
    assert stem.shape == (64, 16, 16)
