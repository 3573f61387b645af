"""What decoding a file once tells, and that it is read, decoded and hashed as one."""

from __future__ import annotations

import hashlib
import io
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine import images
from effnet_studio.engine.data.files import examine as module
from effnet_studio.engine.data.files.examine import Examined, examine, examine_each
from effnet_studio.engine.data.files.fingerprint import fingerprint, fingerprints
from effnet_studio.engine.data.files.thumbnails import THUMBNAIL_SIDE, shrink
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.images import load_image, probe_image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


def smooth(width: int, height: int, seed: int = 0) -> Image.Image:
    """Soft coloured blobs."""
    blobs = np.random.default_rng(seed).integers(0, 256, (5, 6, 3), dtype=np.uint8)
    return Image.fromarray(blobs).resize((width, height), Image.Resampling.BICUBIC)


def opened(thumbnail: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(thumbnail)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"))


def write_many(folder: Path) -> list[str]:
    """Pictures of several formats, sizes and modes, with some that are none between them."""
    folder.mkdir()
    sizes = [(64, 64), (64, 64), (48, 70), (400, 300), (64, 64), (1, 1), (161, 20), (48, 70)]
    for number, size in enumerate(sizes * 2):
        suffix = ("jpg", "png", "webp")[number % 3]
        mode = ("RGB", "L")[number % 5 == 4]
        smooth(*size, number).convert(mode).save(folder / f"{number:02d}.{suffix}")
    (folder / "03 broken.jpg").write_bytes(b"\xff\xd8\xff and no more")
    (folder / "05 empty.png").touch()
    (folder / "07 folder.png").mkdir()
    return [*map(str, sorted(folder.iterdir())), str(folder / "missing.jpg")]


def test_that_a_picture_is_described_by_its_file_and_its_pixels(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    smooth(400, 300).save(path)
    os.utime(path, ns=(1, 1_700_000_000_123_456_789))
    found = examine(path)
    assert found.info == probe_image(path)
    assert found.mtime_ns == path.stat().st_mtime_ns
    assert found.content == hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
    small = shrink(load_image(path))
    assert small.shape == (120, 160, 3)
    assert found.fingerprint == fingerprint(small)
    assert np.abs(opened(found.thumbnail).astype(int) - small).mean() < 3
    assert (found.taken, found.camera) == (None, "")


def test_that_a_small_jpeg_is_its_own_thumbnail(tmp_path: Path) -> None:
    for mode in ("RGB", "L"):
        path = tmp_path / f"{mode}.jpg"
        smooth(160, 90).convert(mode).save(path)
        assert examine(path).thumbnail == path.read_bytes()


def test_that_other_files_get_a_plain_thumbnail(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    smooth(100, 60).save(tmp_path / "turned.jpg", exif=turned)
    smooth(100, 60).convert("CMYK").save(tmp_path / "cmyk.jpg")
    smooth(100, 60).save(tmp_path / "png.jpg", "PNG")
    smooth(161, 60).save(tmp_path / "large.jpg")
    smooth(100, 60).save(tmp_path / "heavy.jpg", comment=bytes(25_000))
    for path in tmp_path.iterdir():
        found = examine(path)
        small = opened(found.thumbnail)
        assert found.thumbnail != path.read_bytes(), path.name
        assert len(found.thumbnail) < 24_000
        assert max(small.shape) <= THUMBNAIL_SIDE
        assert (small.shape[0] > small.shape[1]) == (path.name == "turned.jpg")


def test_that_a_turned_picture_is_described_upright(shared_data: Path) -> None:
    for shape in ("Landscape", "Portrait"):
        paths = sorted((shared_data / "hostile" / "exif").glob(f"{shape}_[1-8].jpg"))
        assert len(paths) == 8
        upright, *others = (examine(path) for path in paths)
        for found in others:
            assert (found.info.width, found.info.height) == (
                upright.info.width,
                upright.info.height,
            )
            assert (found.fingerprint.dhash ^ upright.fingerprint.dhash).bit_count() <= 6


def test_that_a_huge_file_is_described_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.jpg"
    smooth(500, 300).save(path)
    in_memory = examine(path)
    monkeypatch.setattr(module, "IN_MEMORY", 1000)
    assert examine(path) == in_memory


def test_that_several_are_examined_as_each_is_alone(tmp_path: Path) -> None:
    paths = write_many(tmp_path / "in")
    together = examine_each(paths)
    assert len(together) == len(paths)
    for path, found in zip(paths, together, strict=True):
        if isinstance(found, Examined):
            assert found == examine(Path(path))
            continue
        assert isinstance(found, ImageError)
        assert found.path == Path(path)
        with pytest.raises(ImageError, match=str(found.message)[:20]):
            examine(Path(path))
    assert sum(isinstance(found, ImageError) for found in together) == 4


def test_that_every_file_is_opened_and_decoded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_many(tmp_path / "in")
    decoded: list[object] = []
    convert, begin, began = images.to_rgb_picture, os.open, []

    def counted(image: Image.Image) -> Image.Image:
        decoded.append(image)
        return convert(image)

    def counted_open(path: str, flags: int, *rest: object) -> int:
        began.append(path)
        return begin(path, flags, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(images, "to_rgb_picture", counted)
    monkeypatch.setattr(os, "open", counted_open)
    found = examine_each(paths)
    assert len(decoded) == sum(isinstance(each, Examined) for each in found) == 16
    assert began == paths


def test_that_no_file_is_begun_when_time_is_up(tmp_path: Path) -> None:
    paths = write_many(tmp_path / "in")
    assert len(examine_each(paths, seconds=0)) == 1
    assert len(examine_each(paths, seconds=60)) == len(paths)


def test_that_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="folder"):
        examine(tmp_path)
    with pytest.raises(ImageError, match="does not exist"):
        examine(tmp_path / "missing.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        began = time.monotonic()
        with pytest.raises(ImageError, match="not an ordinary file"):
            examine(tmp_path / "pipe.jpg")
        assert time.monotonic() - began < 5


def test_that_pictures_are_let_go_of_when_only_the_reason_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "half.png"
    smooth(300, 300).save(path)
    path.write_bytes(path.read_bytes()[:-2000])
    (error,) = examine_each([str(path)])
    assert isinstance(error, ImageError)
    assert "cut short" in str(error)
    assert error.__traceback__ is None


def every_size() -> Iterable[tuple[int, int]]:
    yield from ((64, 64), (160, 107), (113, 160), (1, 1), (2, 9), (160, 3), (33, 47))


def test_that_pictures_measured_together_get_the_fingerprint_they_get_alone() -> None:
    pictures = [smooth(*size, seed) for seed in range(30) for size in every_size()]
    assert fingerprints(pictures) == [fingerprint(np.asarray(picture)) for picture in pictures]
    assert fingerprints([]) == []


def test_that_a_wide_picture_is_measured_without_overflow() -> None:
    board = np.zeros((4, 30_000, 3), dtype=np.uint8)
    board[::2, ::2] = board[1::2, 1::2] = 255
    found = fingerprint(board)
    assert found.brightness == pytest.approx(0.5)
    assert found.contrast == pytest.approx(0.5)
    assert found.sharpness == pytest.approx(1020.0**2)
