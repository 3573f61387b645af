"""The catalog's figures against the built networks and the library's own metadata."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import PurePosixPath

import pytest

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models import catalog_timm, catalog_torchvision
from effnet_studio.engine.models.catalog import CATALOG, get_spec, preprocess_for
from effnet_studio.engine.models.probe import probe_model
from effnet_studio.engine.models.spec import ModelSpec
from effnet_studio.engine.torchvision_compat import import_timm, import_torchvision
from tests import models_table

every_model = pytest.mark.parametrize("spec", CATALOG.values(), ids=CATALOG)


@every_model
def test_that_a_row_agrees_with_the_built_network(spec: ModelSpec) -> None:
    facts = probe_model(spec)

    assert facts.parameters == spec.parameters
    assert round(facts.macs / 1e9, 3) == spec.macs
    assert [stage.name for stage in facts.stages] == [*(s.name for s in spec.stages), "Head"]


@pytest.mark.parametrize("spec", catalog_torchvision.ROWS, ids=lambda spec: spec.name)
def test_that_a_row_agrees_with_the_library_s_metadata(spec: ModelSpec) -> None:
    models = import_torchvision("models")
    weights = models.get_weight(spec.weights)
    transforms = weights.transforms()

    assert weights is models.get_model_weights(spec.builder).DEFAULT
    assert spec.parameters == weights.meta["num_params"]
    assert spec.macs == weights.meta["_ops"]
    assert spec.top1 == weights.meta["_metrics"]["ImageNet-1K"]["acc@1"]
    assert len(weights.meta["categories"]) == 1000
    assert [spec.input_size] == transforms.crop_size
    assert [spec.resize] == transforms.resize_size
    assert spec.interpolation == transforms.interpolation.value
    preprocess = preprocess_for(spec)
    assert preprocess.mean == tuple(transforms.mean)
    assert preprocess.std == tuple(transforms.std)


@pytest.mark.parametrize("spec", catalog_timm.ROWS, ids=lambda spec: spec.name)
def test_that_a_row_of_timm_agrees_with_its_configuration(spec: ModelSpec) -> None:
    config = import_timm().get_pretrained_cfg(spec.builder)
    assert spec.weights == f"{config.architecture}.{config.tag}"
    assert (3, spec.input_size, spec.input_size) == config.input_size
    assert spec.resize == math.floor(spec.input_size / config.crop_pct)
    assert spec.interpolation == config.interpolation
    preprocess = preprocess_for(spec)
    assert preprocess.mean == config.mean
    assert preprocess.std == config.std
    assert spec.classifier == config.classifier
    assert config.license == "apache-2.0"
    assert spec.licence.startswith("Apache-2.0")
    named = PurePosixPath(spec.weights_url).name
    addresses = (config.url, f"https://huggingface.co/{config.hf_hub_id}/resolve/main/{named}")
    if config.url or named == "model.safetensors":
        assert any(PurePosixPath(each).name == named for each in addresses)


def test_that_every_family_of_the_field_is_there() -> None:
    names = {
        *(f"efficientnet_b{n}" for n in range(8)),
        *(f"efficientnet_v2_{size}" for size in "sml"),
        *(f"efficientnet_lite{n}" for n in range(5)),
        *(f"resnet{n}" for n in (18, 34, 50, 101, 152)),
        *("resnetv2_50", "se_resnet50", "resnext50_32x4d"),
        *(f"densenet{n}" for n in (121, 169, 201)),
        *("mobilenet_v1", "mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large"),
        "convnext_tiny",
    }
    assert set(CATALOG) == names


def test_that_all_parameters_of_the_published_family_are_there() -> None:
    """Parameters of B0–B7 as in the project's design table (torchvision's models page)."""
    published = (
        5_288_548,
        7_794_184,
        9_109_994,
        12_233_232,
        19_341_616,
        30_389_784,
        43_040_704,
        66_347_960,
    )
    assert tuple(CATALOG[f"efficientnet_b{i}"].parameters for i in range(8)) == published


def test_that_the_catalog_can_be_read_without_a_deep_learning_library() -> None:
    code = (
        "import sys, effnet_studio.engine.models.catalog as c; assert len(c.CATALOG) >= 13;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'torchvision', 'onnxruntime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_that_names_are_found_however_they_are_written() -> None:
    assert get_spec(" EfficientNet-B0 ") is CATALOG["efficientnet_b0"]


def test_that_a_misspelt_name_is_answered_with_the_closest_ones() -> None:
    with pytest.raises(ModelError) as caught:
        get_spec("efficentnet_b3")
    assert "efficientnet_b3" in str(caught.value.hint)
    with pytest.raises(ModelError, match="resnet18"):
        get_spec("???")


def test_that_another_image_size_keeps_the_share_of_the_picture() -> None:
    spec = get_spec("resnet18")

    assert (preprocess_for(spec).size, preprocess_for(spec).resize) == (224, 256)
    assert (preprocess_for(spec, 112).size, preprocess_for(spec, 112).resize) == (112, 128)
    assert preprocess_for(get_spec("efficientnet_b7"), 64).resize == 64


def test_that_the_table_in_the_documentation_is_fresh() -> None:
    assert models_table.PAGE.read_text(encoding="utf-8") == models_table.page()
