"""Decoded pictures outlive a run, are never wrong, and never take more room than they may."""

from __future__ import annotations

import errno
import os
import shutil
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.index import Samples
from effnet_studio.engine.data.loading import cache_space, pixel_file
from effnet_studio.engine.data.loading.cache import DecodeCache, key_of
from effnet_studio.engine.data.loading.cache_build import build_cache
from effnet_studio.engine.data.loading.cache_space import (
    CacheUsage,
    clear,
    default_limit,
    estimate,
    usage,
)
from effnet_studio.engine.data.loading.loader import PictureLoader, Reader, RoomyReader, plain_plan
from effnet_studio.engine.data.loading.pixel_file import DATA_NAME, INDEX_NAME
from effnet_studio.engine.errors import Cancelled, ImageError, StorageError
from effnet_studio.engine.events import Event, Progress, Warned
from tests.engine.data.kept_pictures import (
    PREPROCESS,
    CountingReader,
    all_once,
    files,
    run,
    use,
    write,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

ON_WINDOWS = os.name == "nt"


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    """Ten PNGs of different shapes."""
    (tmp_path / "pictures").mkdir()
    return [write(tmp_path / "pictures" / f"{number}.png", number) for number in range(10)]


@pytest.fixture
def cache_dir(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_that_two_runs_decode_no_picture_twice(samples: list[Sample], cache_dir: Path) -> None:
    reader, events = CountingReader(), list[Event]()
    batches = []
    for _ in range(2):
        with (
            DecodeCache(cache_dir, memory=0) as cache,
            PictureLoader(
                samples,
                reader,
                cache.store(samples, reader),
                size=32,
                variation=lambda pixels, **_: pixels[:32, :32],
                on_event=events.append,
            ) as loader,
        ):
            for _ in range(3):
                epoch = loader.batches(plain_plan(10, 4))
                batches.append(np.concatenate([batch.pixels.numpy() for batch in epoch]))
    assert reader.reads == all_once(samples)
    assert not events
    assert all(np.array_equal(epoch, batches[0]) for epoch in batches)


@pytest.mark.parametrize("change", ["size", "time", "both"])
def test_that_a_changed_file_and_only_it_is_decoded_again(
    samples: list[Sample], cache_dir: Path, change: str
) -> None:
    run(samples, cache_dir)
    path = samples[4].path
    before = path.stat()
    if change == "time":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1000))
    else:
        samples[4] = replace(write(path, 99), id=4)
        assert path.stat().st_size != before.st_size
    if change == "size":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run(samples, cache_dir) == {"4.png": 1}
    assert run(samples, cache_dir) == {}
    assert usage(cache_dir).pictures == 10


def test_that_other_pixels_have_another_key(samples: list[Sample], cache_dir: Path) -> None:
    readers = [
        RoomyReader(PREPROCESS),
        Reader(PREPROCESS),
        Reader(PREPROCESS.model_copy(update={"interpolation": "bicubic"})),
        Reader(PREPROCESS.model_copy(update={"resize": 40})),
        RoomyReader(PREPROCESS.model_copy(update={"resize": 44})),
    ]
    assert len({key_of(reader) for reader in readers}) == len(readers)
    other = PREPROCESS.model_copy(update={"mean": (0.0, 0.0, 0.0)})
    assert key_of(Reader(other)) == key_of(Reader(PREPROCESS))
    for number, reader in enumerate(readers, 1):
        build_cache(samples, reader, cache_dir)
        assert usage(cache_dir).pictures == 10 * number
        assert usage(cache_dir).keys == number


def test_that_the_rules_for_pixels_are_those_of_their_number(tmp_path: Path) -> None:
    """When this fails, what is in users' caches is wrong: raise PIXEL_RULES, then the sums here."""
    y, x = np.mgrid[0:300, 0:420]
    pixels = np.stack([x % 256, y % 256, (x * y) % 256], axis=-1).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    readers = (RoomyReader(PREPROCESS), Reader(PREPROCESS))
    sums = [zlib.crc32(reader.read(tmp_path / "a.png").tobytes()) for reader in readers]
    assert [key_of(reader).partition("-")[0] for reader in readers] == ["1", "1"]
    assert sums == SUMS


SUMS = [2395662023, 3830863608]


def test_that_pictures_lie_in_the_file_and_cannot_be_written(
    samples: list[Sample], cache_dir: Path
) -> None:
    run(samples, cache_dir)
    with DecodeCache(cache_dir) as cache:
        pixels = cache.store(samples, CountingReader()).get(0)
    assert pixels is not None
    with pytest.raises(ValueError, match="read-only"):
        pixels[0] = 0
    with pytest.raises(ValueError, match="WRITEABLE"):
        pixels.flags.writeable = True
    clear(cache_dir)  # what was handed out stays
    assert np.array_equal(pixels, CountingReader().read(samples[0].path))


def test_that_a_picture_stays_the_same_during_a_run(samples: list[Sample], cache_dir: Path) -> None:
    first = CountingReader().read(samples[0].path)
    for filled in (False, True):
        with DecodeCache(cache_dir) as cache:
            store = use(samples, CountingReader(), cache)
            write(samples[0].path, 77 + filled)
            kept = store.get(0)
            assert kept is not None
            assert np.array_equal(kept, first)
        write(samples[0].path, 0)


def test_that_a_vanished_file_is_missed_though_its_pixels_are_kept(
    samples: list[Sample], cache_dir: Path
) -> None:
    run(samples, cache_dir)
    samples[3].path.unlink()
    with DecodeCache(cache_dir) as cache:
        assert cache.store(samples, CountingReader()).get(3) is None
    with pytest.raises(ImageError):
        run(samples, cache_dir)


def test_that_a_file_that_changes_while_it_is_read_is_not_kept_for_later(
    samples: list[Sample], cache_dir: Path
) -> None:
    with DecodeCache(cache_dir) as cache:
        store = cache.store(samples, CountingReader())
        assert store.get(0) is None
        pixels = CountingReader().read(samples[0].path)
        write(samples[0].path, 55)
        store.put(0, pixels)
        assert np.array_equal(store.get(0), pixels)  # type: ignore[arg-type]
    assert run(samples[:1], cache_dir) == {"0.png": 1}


def test_that_the_folder_may_be_deleted_at_any_time(samples: list[Sample], cache_dir: Path) -> None:
    run(samples, cache_dir)
    shutil.rmtree(cache_dir)
    assert run(samples, cache_dir) == all_once(samples)
    assert usage(cache_dir).pictures == 10
    clear(cache_dir)
    assert usage(cache_dir) == CacheUsage()
    assert not files(cache_dir)
    clear(cache_dir)
    assert run(samples, cache_dir) == all_once(samples)


@pytest.mark.skipif(ON_WINDOWS, reason="Windows keeps files that are open")
def test_that_the_folder_may_be_deleted_while_it_is_used(
    samples: list[Sample], cache_dir: Path
) -> None:
    reader = CountingReader()
    with DecodeCache(cache_dir, memory=0) as first:
        use(samples[:6], reader, first)
        clear(cache_dir)
        assert run(samples, cache_dir) == all_once(samples)
        use(samples, reader, first)
    assert reader.reads == all_once(samples)
    assert run(samples, cache_dir) == {}


def test_that_a_folder_that_cannot_be_deleted_is_said_in_words(
    samples: list[Sample], cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(samples, cache_dir)

    def refuse(_key: Path) -> None:  # as Windows does while a file in it is open
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(cache_space, "drop", refuse)
    with pytest.raises(StorageError, match="while it is in use"):
        clear(cache_dir)
    assert usage(cache_dir).pictures == 10


def test_that_the_estimate_is_exact(samples: list[Sample], cache_dir: Path) -> None:
    for reader in (RoomyReader(PREPROCESS), Reader(PREPROCESS)):
        clear(cache_dir)
        assert build_cache(samples, reader, cache_dir).bytes == estimate(samples, reader)
    assert estimate([], reader) == 0


def test_that_a_million_pictures_are_estimated_at_once(samples: list[Sample]) -> None:
    sizes = np.array([(sample.height, sample.width) for sample in samples])

    class Columns(Samples):
        def __init__(self, times: int) -> None:
            self._times = times

        def __len__(self) -> int:
            return self._times * len(samples)

        def sizes(self) -> NDArray[np.int64]:
            return np.tile(sizes, (self._times, 1))

    one = estimate(samples, RoomyReader(PREPROCESS))
    assert estimate(Columns(100_000), RoomyReader(PREPROCESS)) == 100_000 * one


def test_that_a_build_reports_and_leaves_a_run_nothing_to_decode(
    samples: list[Sample], cache_dir: Path
) -> None:
    samples[5].path.write_bytes(b"no picture")
    events, reader = list[Event](), CountingReader()
    built = build_cache(samples, reader, cache_dir, on_event=events.append)
    assert built == usage(cache_dir)
    assert built.pictures == 9
    assert all(isinstance(event, Progress) for event in events)
    last = events[-1]
    assert isinstance(last, Progress)
    assert (last.done, last.total) == (10, 10)
    del samples[5]
    assert run(samples, cache_dir) == {}
    again = CountingReader()
    assert build_cache(samples, again, cache_dir) == built
    assert not again.reads


def test_that_a_build_that_is_stopped_keeps_what_it_has(
    samples: list[Sample], cache_dir: Path
) -> None:
    many = [write(samples[0].path.with_name(f"many{n}.png"), n) for n in range(80)]
    cancel = CancelToken()

    class Stopping(CountingReader):
        def read(self, path: Path) -> NDArray[np.uint8]:
            if self.reads.total() >= 20:
                cancel.cancel()
            return super().read(path)

    with pytest.raises(Cancelled):
        build_cache(many, Stopping(), cache_dir, cancel=cancel)
    kept = usage(cache_dir).pictures
    assert 20 <= kept < 80
    assert sum(run(many, cache_dir).values()) == 80 - kept


def test_that_what_was_used_longest_ago_makes_room(samples: list[Sample], cache_dir: Path) -> None:
    exact = [Reader(PREPROCESS.model_copy(update={"resize": size})) for size in (40, 41, 42)]
    for reader in exact:
        build_cache(samples, reader, cache_dir)
    one = estimate(samples, exact[0])
    for age, reader in enumerate(exact):  # the first was used last
        moment = 1_000_000 - age
        os.utime(cache_dir / "pixels" / key_of(reader) / INDEX_NAME, (moment, moment))
    needed = estimate(samples, CountingReader())
    limit = needed + one + 10
    run(samples, cache_dir, limit=limit)
    assert usage(cache_dir).bytes <= limit
    left = {folder.name for folder in (cache_dir / "pixels").iterdir()}
    assert left == {key_of(exact[0]), key_of(CountingReader())}
    assert not list(cache_dir.glob(".tmp-*"))


def test_that_what_does_not_fit_is_decoded_again_and_said_once(
    samples: list[Sample], cache_dir: Path
) -> None:
    reader = CountingReader()
    limit = estimate(samples, reader) // 2
    with DecodeCache(cache_dir, limit=limit, memory=0) as cache:
        store = use(samples, reader, cache)
    assert store.trouble is not None
    assert "a part of the decoded images" in str(store.trouble.message)
    assert limit * 0.5 < usage(cache_dir).bytes <= limit
    kept = usage(cache_dir).pictures
    assert Counter(reader.reads.values()) == {1: kept, 2: 10 - kept}
    events = list[Event]()
    build_cache(samples, CountingReader(), cache_dir, limit=limit, on_event=events.append)
    assert [event for event in events if isinstance(event, Warned)] == [store.trouble]


def test_that_memory_takes_what_the_disk_may_not(samples: list[Sample], cache_dir: Path) -> None:
    for folder in (cache_dir, None):
        reader = CountingReader()
        with DecodeCache(folder, limit=0) as cache:
            assert use(samples, reader, cache).trouble is None
        assert reader.reads == all_once(samples)


def test_that_garbage_never_outweighs_what_is_kept(samples: list[Sample], cache_dir: Path) -> None:
    run(samples, cache_dir)
    whole = usage(cache_dir).bytes
    for times in range(1, 8):
        for sample in samples[:7]:
            os.utime(sample.path, ns=(times, times))
        assert run(samples, cache_dir) == all_once(samples[:7])
        assert usage(cache_dir).pictures == 10
        assert usage(cache_dir).bytes < 2.8 * whole
    assert not list(cache_dir.glob(".tmp-*"))


def test_that_pictures_of_another_set_make_room_where_it_is_short(
    samples: list[Sample], cache_dir: Path
) -> None:
    limit = estimate(samples, CountingReader()) + 100
    run(samples, cache_dir, limit=limit)
    others = [write(samples[0].path.with_name(f"other{n}.png"), n) for n in range(10)]
    assert run(others, cache_dir, limit=limit) == all_once(others)
    assert run(others, cache_dir, limit=limit) == {}
    assert usage(cache_dir).bytes <= limit


def test_that_the_bound_is_a_share_of_a_small_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, limit in ((8 * 2**30, 2 * 2**30), (2**40, 20 * 2**30)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        assert default_limit(tmp_path / "not" / "there") == limit


def test_that_a_second_run_reads_along_and_adds_nothing(
    samples: list[Sample], cache_dir: Path
) -> None:
    writer, reader = CountingReader(), CountingReader()
    with DecodeCache(cache_dir, memory=0) as first, DecodeCache(cache_dir) as second:
        use(samples[:3], writer, first)
        store = second.store(samples, reader)
        use(samples[:6], writer, first)  # added after the second was opened
        size = usage(cache_dir).bytes
        use(samples, reader, second)
        assert store.trouble is None
        assert usage(cache_dir).bytes == size
        assert usage(cache_dir).pictures == 6
    assert reader.reads == all_once(samples[6:])
    assert run(samples, cache_dir) == all_once(samples[6:])


def test_that_two_parts_of_a_set_are_kept_side_by_side(
    samples: list[Sample], cache_dir: Path
) -> None:
    for decoded in (all_once(samples), {}):
        reader = CountingReader()
        with DecodeCache(cache_dir, memory=0) as cache:
            for part in (samples[:7], samples[7:]):
                use(part, reader, cache)
        assert reader.reads == decoded


def test_that_a_key_in_use_is_not_dropped(samples: list[Sample], cache_dir: Path) -> None:
    exact = Reader(PREPROCESS)
    with DecodeCache(cache_dir) as other:
        store = other.store(samples, exact)
        for index, sample in enumerate(samples):
            store.get(index)
            store.put(index, exact.read(sample.path))
        run(samples, cache_dir, limit=estimate(samples, exact) + 100)
        assert all(store.get(index) is not None for index in range(10))
    assert usage(cache_dir).bytes == estimate(samples, exact)


def test_that_a_read_only_project_is_read_and_not_written(
    samples: list[Sample], cache_dir: Path
) -> None:
    assert sum(run(samples, cache_dir, write=False).values()) == 20
    assert not cache_dir.exists()
    run(samples[:6], cache_dir)
    before = [(file, file.stat().st_mtime_ns, file.read_bytes()) for file in files(cache_dir)]
    assert run(samples, cache_dir, write=False) == {s.path.name: 2 for s in samples[6:]}
    assert before == [
        (file, file.stat().st_mtime_ns, file.read_bytes()) for file in files(cache_dir)
    ]


def test_that_a_cache_that_cannot_be_made_is_done_without(
    samples: list[Sample], cache_dir: Path
) -> None:
    cache_dir.write_text("a file where the folder should be")
    assert set(run(samples, cache_dir).values()) == {2}
    reader = CountingReader()
    with DecodeCache(cache_dir, memory=0) as cache:
        trouble = use(samples, reader, cache).trouble
    assert trouble is not None
    assert "cannot be kept" in str(trouble.message)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's always full device")
@pytest.mark.parametrize("name", ["_data", "_index"])
def test_that_a_full_disk_slows_the_run_down_and_is_said_once(
    samples: list[Sample], cache_dir: Path, name: str
) -> None:
    run(samples[:5], cache_dir)
    events, reader = list[Event](), CountingReader()
    with (
        Path("/dev/full").open("r+b", buffering=0) as full,
        DecodeCache(cache_dir, memory=0) as cache,
    ):
        store = cache.store(samples, reader)
        file = store._file
        assert file is not None
        getattr(file, name).close()
        setattr(file, name, full)
        if name == "_data":  # what is there is still mapped
            with (cache_dir / "pixels" / key_of(reader) / DATA_NAME).open("rb") as whole:
                file._map = pixel_file.mmap.mmap(whole.fileno(), 0, access=1)
        with PictureLoader(
            samples,
            reader,
            store,
            size=32,
            variation=lambda pixels, **_: pixels[:32, :32],
            on_event=events.append,
        ) as loader:
            for _ in range(2):
                assert sum(len(batch) for batch in loader.batches(plain_plan(10, 4))) == 10
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert "No space left" in str(warned.message)
    assert reader.reads == {sample.path.name: 2 for sample in samples[5:]}
    assert run(samples, cache_dir) == all_once(samples[5:])
