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

from effnet_studio.engine.data.augment import RECIPES, Augmenter
from effnet_studio.engine.data.cache import DiskStore, MemoryStore, NoStore, pixel_store
from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.loader import (
    PictureLoader,
    Reader,
    RoomyReader,
    plain_plan,
    shuffled_plan,
)
from effnet_studio.engine.data.pixels import load_for
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
    with PictureLoader(samples, reader, MemoryStore(13), size=32, workers=4) as loader:
        for epoch in range(3):
            plan = shuffled_plan(13, 4, seed=1, epoch=epoch)
            batches = list(loader.batches(plan, epoch=epoch))
            assert [list(batch.indices) for batch in batches] == plan
            for batch in batches:
                assert batch.labels.tolist() == [index % 3 for index in batch.indices]
    assert set(reader.reads.values()) == {1}
    assert len(reader.reads) == 13


def test_that_validation_pixels_are_bit_for_bit_those_of_prediction(samples: list[Sample]) -> None:
    with PictureLoader(samples, Reader(PREPROCESS), MemoryStore(13), size=32) as loader:
        for _ in range(2):  # read, then kept
            for batch in loader.batches(plain_plan(13, 5)):
                inputs = to_input(batch.pixels, PREPROCESS, batch.pixels.device)
                for index, tensor in zip(batch.indices, inputs, strict=True):
                    expected = PREPROCESS(load_for(PREPROCESS, samples[index].path))
                    assert np.array_equal(tensor.numpy(), expected)


def test_that_inputs_are_channels_last(samples: list[Sample]) -> None:
    import torch

    with PictureLoader(samples, Reader(PREPROCESS), MemoryStore(13), size=32) as loader:
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

    disk = DiskStore(tmp_path, 13)
    try:
        assert variants(MemoryStore(13), 1) == variants(disk, 6) == variants(NoStore(), 3)
    finally:
        disk.close()


def test_that_a_lost_picture_is_said_once_and_left_out(samples: list[Sample]) -> None:
    samples[2].path.unlink()
    samples[9].path.write_bytes(b"not an image")
    events = list[Event]()
    with PictureLoader(
        samples, Reader(PREPROCESS), MemoryStore(13), size=32, on_event=events.append
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
    with PictureLoader(many, reader, NoStore(), size=32, workers=2) as loader:
        batches = loader.batches(plain_plan(len(many), 2))
        next(batches)
        batches.close()  # type: ignore[attr-defined]
    assert reader.reads.total() <= 2 * 6


def test_that_roomy_pictures_leave_room_to_crop_and_keep_their_shape(
    samples: list[Sample],
) -> None:
    reader = RoomyReader(PREPROCESS)
    for sample in samples:
        pixels = reader.read(sample.path)
        assert pixels.shape[:2] == reader.shape(sample)
        assert min(pixels.shape[:2]) == min(40, sample.width, sample.height)


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


def test_that_pictures_go_to_the_disk_when_memory_is_short(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    pictures = [np.full((4, 5 + i, 3), i, dtype=np.uint8) for i in range(9)]
    shapes = [picture.shape[:2] for picture in pictures]
    with pixel_store(shapes, folder=folder, memory=100) as store:
        assert isinstance(store, DiskStore)
        for index in (3, 1, 8):
            store.put(index, pictures[index])
        for index, picture in enumerate(pictures):
            kept = store.get(index)
            assert (kept is not None) == (index in {3, 1, 8})
            assert kept is None or np.array_equal(kept, picture)
        assert len(list(folder.iterdir())) == 1
    assert not list(folder.iterdir())


def test_that_pictures_stay_in_memory_when_they_fit(tmp_path: Path) -> None:
    with pixel_store([(10, 10)], folder=tmp_path / "cache", memory=300) as store:
        assert isinstance(store, MemoryStore)
    assert not (tmp_path / "cache").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's always full device")
def test_that_a_full_disk_slows_the_run_down_and_is_said_once(
    tmp_path: Path, samples: list[Sample]
) -> None:
    store = DiskStore(tmp_path, 13)
    events = list[Event]()
    with (
        Path("/dev/full").open("r+b", buffering=0) as full,
        PictureLoader(
            samples, Reader(PREPROCESS), store, size=32, on_event=events.append
        ) as loader,
    ):
        store._file.close()
        store._file = full  # type: ignore[assignment]
        for _ in range(2):
            assert sum(len(batch) for batch in loader.batches(plain_plan(13, 4))) == 13
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert "No space left" in str(warned.message)
