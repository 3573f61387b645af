"""Batches are decoded ahead, in order, once, and without the pictures that are gone."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.loading.augment import RECIPES, Augmenter
from effnet_studio.engine.data.loading.cache import DecodeCache, PixelStore
from effnet_studio.engine.data.loading.loader import (
    PictureLoader,
    Reader,
    RoomyReader,
    plain_plan,
    shuffled_plan,
)
from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.events import Event, Warned
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training.feeds import to_input

if TYPE_CHECKING:
    from numpy.typing import NDArray

PREPROCESS = Preprocess(size=32, resize=36, interpolation="bilinear")


class CountingReader(Reader):
    """Counts how often each file is read."""

    def __init__(self, preprocess: Preprocess) -> None:
        super().__init__(preprocess)
        self.reads: Counter[str] = Counter()
        self._lock = threading.Lock()

    def read(self, path: Path) -> NDArray[np.uint8]:
        with self._lock:
            self.reads[path.name] += 1
        return super().read(path)


def in_memory(samples: list[Sample], reader: Reader) -> PixelStore:
    """Keeps every picture."""
    return DecodeCache(None).store(samples, reader)


def nowhere(samples: list[Sample], reader: Reader) -> PixelStore:
    """Keeps nothing."""
    return DecodeCache(None).store(samples, reader, again=False)


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    """Thirteen JPEGs of different sizes."""
    rng = np.random.default_rng(0)
    result = []
    for number in range(13):
        width, height = 50 + 7 * number, 90 - 3 * number
        squares = rng.integers(0, 256, (5, 5, 3), dtype=np.uint8)
        path = tmp_path / f"{number:02}.jpg"
        Image.fromarray(squares).resize((width, height)).save(path, quality=92)
        result.append(Sample(number, path, number % 3, "train", width, height))
    return result


def test_that_batches_come_in_order_and_each_file_is_read_once(samples: list[Sample]) -> None:
    reader = CountingReader(PREPROCESS)
    with PictureLoader(samples, reader, in_memory(samples, reader), size=32, workers=4) as loader:
        for epoch in range(3):
            plan = shuffled_plan(13, 4, seed=1, epoch=epoch)
            batches = list(loader.batches(plan, epoch=epoch))
            assert [list(batch.indices) for batch in batches] == plan
            for batch in batches:
                assert batch.labels.tolist() == [index % 3 for index in batch.indices]
    assert set(reader.reads.values()) == {1}
    assert len(reader.reads) == 13


def test_that_validation_pixels_are_bit_for_bit_those_of_prediction(samples: list[Sample]) -> None:
    reader = Reader(PREPROCESS)
    with PictureLoader(samples, reader, in_memory(samples, reader), size=32) as loader:
        for _ in range(2):  # read, then kept
            for batch in loader.batches(plain_plan(13, 5)):
                inputs = to_input(batch.pixels, PREPROCESS, batch.pixels.device)
                for index, tensor in zip(batch.indices, inputs, strict=True):
                    expected = PREPROCESS(load_for(PREPROCESS, samples[index].path))
                    assert np.array_equal(tensor.numpy(), expected)


def test_that_inputs_are_channels_last(samples: list[Sample]) -> None:
    import torch

    reader = Reader(PREPROCESS)
    with PictureLoader(samples, reader, in_memory(samples, reader), size=32) as loader:
        (batch, *_) = loader.batches([[0, 1]])
    inputs = to_input(batch.pixels, PREPROCESS, torch.device("cpu"))
    assert inputs.is_contiguous(memory_format=torch.channels_last)


def test_that_variants_do_not_depend_on_threads_or_stores(
    tmp_path: Path, samples: list[Sample]
) -> None:
    reader = RoomyReader(PREPROCESS)
    vary = Augmenter(RECIPES["strong"], 32, seed=3)
    plan = shuffled_plan(13, 4, seed=1, epoch=1)

    def variants(store: Any, workers: int) -> list[bytes]:
        with PictureLoader(
            samples, reader, store, size=32, variation=vary, workers=workers
        ) as loader:
            list(loader.batches(plan, epoch=0))
            return [batch.pixels.numpy().tobytes() for batch in loader.batches(plan, epoch=1)]

    expected = variants(in_memory(samples, reader), 1)
    assert variants(nowhere(samples, reader), 3) == expected
    for _ in range(2):  # filled, then only read
        with DecodeCache(tmp_path / "cache") as cache:
            assert variants(cache.store(samples, reader), 6) == expected


def test_that_a_picture_that_comes_again_is_varied_anew_and_decoded_once(
    samples: list[Sample],
) -> None:
    reader = CountingReader(PREPROCESS)
    vary = Augmenter(RECIPES["strong"], 32, seed=3)
    with PictureLoader(
        samples, reader, in_memory(samples, reader), size=32, variation=vary, workers=4
    ) as loader:
        first, second = loader.batches([[3, 3, 3, 4], [3, 4]])
    pictures = [*first.pixels[:3].numpy(), second.pixels[0].numpy()]
    assert len({picture.tobytes() for picture in pictures}) == 4
    assert reader.reads == {"03.jpg": 1, "04.jpg": 1}


def test_that_a_lost_picture_is_said_once_and_left_out(samples: list[Sample]) -> None:
    samples[2].path.unlink()
    samples[9].path.write_bytes(b"not an image")
    events = list[Event]()
    reader = Reader(PREPROCESS)
    with PictureLoader(
        samples, reader, in_memory(samples, reader), size=32, on_event=events.append
    ) as loader:
        for _ in range(3):
            batches = list(loader.batches([[0, 1, 2], [2], [9, 10]]))
            assert [batch.indices for batch in batches] == [(0, 1), (10,)]
            assert [len(batch.pixels) for batch in batches] == [2, 1]
    assert [event.path for event in events if isinstance(event, Warned)] == [
        samples[2].path,
        samples[9].path,
    ]
    assert loader.lost == {2, 9}


def test_that_little_is_read_ahead_and_nothing_after_the_consumer_left(
    samples: list[Sample],
) -> None:
    reader = CountingReader(PREPROCESS)
    many = samples * 20
    with PictureLoader(many, reader, nowhere(many, reader), size=32, workers=2) as loader:
        batches = loader.batches(plain_plan(len(many), 2))
        next(batches)
        batches.close()  # type: ignore[attr-defined]
    assert reader.reads.total() <= 2 * 6


def test_that_roomy_pictures_leave_room_to_crop_and_keep_their_shape(
    tmp_path: Path, samples: list[Sample]
) -> None:
    reader = RoomyReader(PREPROCESS)
    # Decoded at a fraction, these are a pixel wider than their share.
    for width, height in ((1021, 333), (331, 1999)):
        path = tmp_path / f"{width}.jpg"
        Image.effect_noise((width, height), 50).save(path)
        samples.append(Sample(len(samples), path, 0, "train", width, height))
    shapes = reader.shapes(np.array([(sample.height, sample.width) for sample in samples]))
    for sample, shape in zip(samples, shapes.tolist(), strict=True):
        pixels = reader.read(sample.path)
        assert list(pixels.shape[:2]) == shape
        assert min(shape) == min(40, sample.width, sample.height)


@given(count=st.integers(1, 300), batch_size=st.integers(1, 40), epoch=st.integers(0, 50))
def test_that_an_epoch_holds_each_picture_once_in_nearly_equal_batches(
    count: int, batch_size: int, epoch: int
) -> None:
    plan = shuffled_plan(count, batch_size, seed=1, epoch=epoch)
    assert sorted(index for batch in plan for index in batch) == list(range(count))
    sizes = {len(batch) for batch in plan}
    assert max(sizes) <= batch_size
    assert max(sizes) - min(sizes) <= 1


def test_that_each_epoch_has_an_order_of_its_own() -> None:
    orders = [shuffled_plan(50, 50, seed=0, epoch=epoch)[0] for epoch in range(3)]
    assert orders[0] != orders[1] != orders[2]
    assert shuffled_plan(50, 50, seed=0, epoch=1)[0] == orders[1]
