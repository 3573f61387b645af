"""Which smaller architecture learns from a larger one."""

from __future__ import annotations

import pytest

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.smaller import smaller_model


@pytest.mark.parametrize(
    ("large", "small"),
    [
        ("efficientnet_b3", "efficientnet_b0"),
        ("resnet50", "efficientnet_b3"),
        ("mobilenet_v2", "mobilenet_v3_small"),
        ("efficientnet:w1.2-d1.4-r300", "efficientnet_b0"),
    ],
)
def test_that_the_best_of_those_half_as_large_is_proposed(large: str, small: str) -> None:
    found = smaller_model(large)
    assert found is not None
    assert found.name == small


@pytest.mark.parametrize("name", CATALOG)
def test_that_a_proposal_is_always_smaller_and_quicker(name: str) -> None:
    spec, found = get_spec(name), smaller_model(name)
    if found is None:
        assert spec.parameters == min(each.parameters for each in CATALOG.values())
    else:
        assert found.parameters < spec.parameters
        assert found.macs < spec.macs


def test_that_an_unknown_model_is_refused() -> None:
    with pytest.raises(ModelError):
        smaller_model("nothing")
