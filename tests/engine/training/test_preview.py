"""The preview shows what training will see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from effnet_studio.engine.data.loading.loader import PictureLoader
from effnet_studio.engine.data.loading.mixing import mix_pictures
from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.images import load_image
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.preview import Kept, choose_pictures, preview_variants
from effnet_studio.engine.training.variation import augmenter_of, mix_of_step

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig


@pytest.mark.parametrize("augmentation", ["none", "light", "strong"])
def test_that_a_variant_is_bit_for_bit_what_a_run_sees(
    tmp_path: Path,
    stripes: Dataset,
    tiny_config: MakeConfig,
    monkeypatch: pytest.MonkeyPatch,
    augmentation: str,
) -> None:
    seen: dict[tuple[int, int], NDArray[np.uint8]] = {}
    batches = PictureLoader.batches

    def listen(loader: PictureLoader, plan: Any, *, epoch: int = 0, first: int = 0) -> Any:
        for batch in batches(loader, plan, epoch=epoch, first=first):
            if loader.samples[0].split == "train":
                for index, pixels in zip(batch.indices, batch.pixels.numpy(), strict=True):
                    seen[epoch, loader.samples[index].id] = pixels.copy()
            yield batch

    monkeypatch.setattr(PictureLoader, "batches", listen)
    (tmp_path / "run").mkdir()
    config = tiny_config(augmentation=augmentation)
    fit(config, stripes, run_dir=tmp_path / "run")
    rows = preview_variants(stripes.subset("train"), config, rows=3, columns=2, first=4)
    assert [row.sample.id for row in rows] == [4, 5, 6]
    for row in rows:
        for epoch, variant in enumerate(row.variants):
            assert np.array_equal(variant.pixels, seen[epoch, row.sample.id])


@pytest.mark.parametrize("kind", ["mixup", "cutmix"])
def test_that_mixed_variants_name_both_classes_and_their_shares(
    stripes: Dataset, tiny_config: MakeConfig, kind: str
) -> None:
    config = tiny_config(augmentation="none", **{kind: 1.0})
    samples = choose_pictures(stripes.subset("train"))
    preprocess = preprocess_for(get_spec(config.model), config.image_size)
    ready = [preprocess.geometry(load_for(preprocess, sample.path)) for sample in samples[:6]]
    rows = preview_variants(samples, config, columns=8)
    mixed = 0
    for place, row in enumerate(rows):
        for step, variant in enumerate(row.variants):
            mix = mix_of_step(config, 6, preprocess.size, step)
            assert mix is not None
            partner = int(mix.partner[place])
            if partner == place:
                assert (variant.other, variant.share) == (None, 1.0)
                continue
            mixed += 1
            expected = mix_pictures(ready[place], ready[partner], mix)
            assert np.array_equal(variant.pixels, expected)
            assert variant.other == samples[partner].label
            assert variant.share == mix.share
    assert mixed > 8


def test_that_settings_change_the_variants_and_the_same_ones_do_not(
    stripes: Dataset, tiny_config: MakeConfig
) -> None:
    def shown(series: int = 0, **values: Any) -> bytes:
        rows = preview_variants(
            stripes.subset("train"), tiny_config(augmentation="light", **values), series=series
        )
        return b"".join(variant.pixels.tobytes() for row in rows for variant in row.variants)

    first = shown()
    assert shown() == first
    others = [shown(1), shown(flip="none"), shown(seed=1), shown(mixup=0.5), shown(image_size=48)]
    assert len({first, *others}) == 6


def test_that_the_original_is_the_whole_picture(stripes: Dataset, tiny_config: MakeConfig) -> None:
    (row, *_) = preview_variants(stripes.subset("train"), tiny_config())
    whole = load_image(row.sample.path)
    assert row.whole.shape[1] / row.whole.shape[0] == pytest.approx(
        whole.shape[1] / whole.shape[0], abs=0.03
    )


def test_that_kept_pictures_are_not_read_again(stripes: Dataset, tiny_config: MakeConfig) -> None:
    kept: Kept = {}
    samples = stripes.subset("train")
    first = preview_variants(samples, tiny_config(mixup=0.5), kept=kept)
    for sample in samples:
        sample.path.unlink()
    again = preview_variants(samples, tiny_config(mixup=0.5), kept=kept)
    for before, after in zip(first, again, strict=True):
        assert np.array_equal(before.variants[0].pixels, after.variants[0].pixels)
    with pytest.raises(DatasetError, match="None of the images can be read"):
        preview_variants(samples, tiny_config(mixup=0.5))


def test_that_few_pictures_are_kept(stripes: Dataset, tiny_config: MakeConfig) -> None:
    kept: Kept = {}
    for first in range(0, 20, 2):
        preview_variants(stripes.subset("train"), tiny_config(mixup=0.5), first=first, kept=kept)
    assert len(kept) <= 16


def test_that_unreadable_pictures_are_passed_over(
    stripes: Dataset, tiny_config: MakeConfig
) -> None:
    samples = stripes.subset("train")
    samples[19].path.write_bytes(b"no image")
    rows = preview_variants(samples, tiny_config(), first=18)
    assert [row.sample.id for row in rows] == [18, 0]


def test_that_a_single_picture_is_not_mixed_and_shown_once(
    stripes: Dataset, tiny_config: MakeConfig
) -> None:
    (row,) = preview_variants(stripes.samples[:1], tiny_config(mixup=1.0))
    assert all(variant.other is None for variant in row.variants)


def test_that_neighbours_are_of_different_classes(stripes: Dataset) -> None:
    many = stripes.samples[0:20:2]
    few = (stripes.samples[1], stripes.samples[3])
    chosen = choose_pictures((*many, *few))
    assert {sample.label for sample in chosen[:2]} == {0, 1}
    assert {sample.label for sample in chosen[2:4]} == {0, 1}
    assert sorted(sample.id for sample in chosen) == sorted(s.id for s in (*many, *few))
    assert len(choose_pictures([replace(stripes.samples[0], id=n) for n in range(5000)])) == 64


def test_that_no_augmentation_means_no_augmenter(tiny_config: MakeConfig) -> None:
    assert augmenter_of(tiny_config(augmentation="none"), 32) is None
    augmenter = augmenter_of(tiny_config(augmentation="light", flip="both"), 32)
    assert augmenter is not None
    assert augmenter.recipe.flip == "both"
