"""Whatever happens to the files of kept pictures, a picture is right or missing."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.data.loading import pixel_file
from effnet_studio.engine.data.loading.cache import key_of
from effnet_studio.engine.data.loading.cache_space import clear
from effnet_studio.engine.data.loading.pixel_file import DATA_NAME, INDEX_NAME, PixelFile
from tests.engine.data.kept_pictures import CountingReader, run, write

if TYPE_CHECKING:
    from pathlib import Path

ON_WINDOWS = os.name == "nt"


@settings(max_examples=60)
@given(data=st.data())
def test_that_damage_costs_pictures_but_never_makes_a_wrong_one(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    samples = [write(folder / f"{number}.png", number) for number in range(4)]
    cache_dir = folder / "cache"
    run(samples, cache_dir)
    key = cache_dir / "pixels" / key_of(CountingReader())
    for _ in range(data.draw(st.integers(1, 3))):
        file = key / data.draw(st.sampled_from([DATA_NAME, INDEX_NAME]))
        content = bytearray(file.read_bytes())
        place = data.draw(st.integers(0, max(0, len(content) - 1)))
        match data.draw(st.sampled_from(["cut", "flip", "overwrite", "insert", "append"])):
            case "cut":
                del content[place:]
            case "flip" if content:
                content[place] ^= 1 << data.draw(st.integers(0, 7))
            case "overwrite":
                noise = data.draw(st.binary(min_size=1, max_size=100))
                content[place : place + len(noise)] = noise
            case "insert":
                content[place:place] = data.draw(st.binary(min_size=1, max_size=100))
            case "append":
                content += random.Random(place).randbytes(data.draw(st.integers(1, 200)))
        file.write_bytes(content)
    assert max(run(samples, cache_dir).values(), default=0) <= 1  # run() looks at the pixels
    assert run(samples, cache_dir) == {}  # and mends what was damaged
    shutil.rmtree(folder)


def test_that_a_record_of_another_picture_is_seen_through(
    tmp_path: Path,
) -> None:
    samples = [write(tmp_path / f"{number}.png", number) for number in range(10)]
    cache_dir = tmp_path / "cache"
    run(samples, cache_dir)
    file = cache_dir / "pixels" / key_of(CountingReader()) / INDEX_NAME
    content, size = bytearray(file.read_bytes()), pixel_file.RECORD_BYTES
    head = 24  # path, size, time: exchange what they belong to
    content[:head], content[size : size + head] = content[size : size + head], content[:head]
    file.write_bytes(content)
    assert len(run(samples, cache_dir)) == 2


def test_that_a_folder_made_anew_while_it_is_opened_has_one_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_dir = tmp_path / "cache"
    folder = cache_dir / "pixels" / "key"
    take = pixel_file._take
    other: list[PixelFile] = []

    def slow(*args: object) -> object:
        taken = take(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(pixel_file, "_take", take)
        if not ON_WINDOWS:
            clear(cache_dir)
            other.append(PixelFile(folder, write=True))
        return taken

    monkeypatch.setattr(pixel_file, "_take", slow)
    late = PixelFile(folder, write=True)
    assert late.writable is ON_WINDOWS
    for file in (late, *other):
        file.close()
