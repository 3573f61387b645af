"""One way up everywhere: browser, training, cache and prediction see the same upright pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw

from effnet_studio.engine.data.files.thumbnails import thumbnail
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.data.loading.loader import Reader, RoomyReader
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.images import load_image
from effnet_studio.engine.predict.predictor import read_pixels
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from pathlib import Path

STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores an upright picture that it marks with an orientation (EXIF 2.3, 4.6.4)."""
PREPROCESS = Preprocess(size=48, resize=56, interpolation="bicubic")


def upright() -> Image.Image:
    """A picture in which every turn and mirror image shows."""
    picture = Image.new("RGB", (200, 120), (30, 90, 60))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(20, 10), (120, 30), (40, 100)], fill=(240, 200, 40))
    draw.rectangle((150, 70, 190, 110), fill=(200, 30, 30))
    return picture


def everything_sees(project: Project, folder: Path) -> dict[str, dict[str, np.ndarray]]:
    """Pixels of each picture by its name, as each part of the app reads them."""
    import_folder(project, folder, val=0.5)
    samples = load_index(project).dataset().samples
    seen: dict[str, dict[str, np.ndarray]] = {}
    readers = {"training": RoomyReader(PREPROCESS), "validation": Reader(PREPROCESS)}
    with DecodeCache(project.cache_dir) as cache:
        stores = {name: cache.store(samples, reader) for name, reader in readers.items()}
        for place, sample in enumerate(samples):
            for name, reader in readers.items():
                stores[name].put(place, reader.read(sample.path))
            assert (sample.width, sample.height) == load_image(sample.path).shape[1::-1]
            seen[sample.path.name] = {
                "browser": thumbnail(project, sample),
                "viewer": load_image(sample.path),
                "prediction": PREPROCESS.geometry(read_pixels(sample.path, PREPROCESS)),
                **{f"{name} from the cache": stores[name].get(place) for name in readers},
                **{name: reader.read(sample.path) for name, reader in readers.items()},
            }
    return seen


@pytest.mark.parametrize("kind", ["png", "tif", "webp"])
def test_that_every_part_of_the_app_sees_the_same_upright_picture(
    tmp_path: Path, kind: str
) -> None:
    for orientation, turn in STORED.items():
        folder = tmp_path / "photos" / ("odd" if orientation % 2 else "even")
        folder.mkdir(parents=True, exist_ok=True)
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = upright() if turn is None else upright().transpose(turn)
        options = {"lossless": True} if kind == "webp" else {}
        stored.save(folder / f"{orientation}.{kind}", exif=exif, **options)
    with Project.create(tmp_path / "P.effnet") as project:
        seen = everything_sees(project, tmp_path / "photos")
    assert len(seen) == 8
    first = seen[f"1.{kind}"]
    np.testing.assert_array_equal(first["viewer"], np.asarray(upright()))
    np.testing.assert_array_equal(first["prediction"], first["validation"])
    for name, parts in seen.items():
        for part, pixels in parts.items():
            np.testing.assert_array_equal(pixels, first[part], err_msg=f"{name} in {part}")


def test_that_real_files_of_every_orientation_are_the_same_everywhere(
    tmp_path: Path, shared_data: Path
) -> None:
    """JPEGs of a camera: what each part reads differs in size only, never in which way is up."""
    folder = tmp_path / "photos"
    for shape in ("Landscape", "Portrait"):
        (folder / shape).mkdir(parents=True)
        for path in (shared_data / "hostile" / "exif").glob(f"{shape}_[1-8].jpg"):
            (folder / shape / path.name).write_bytes(path.read_bytes())
    with Project.create(tmp_path / "P.effnet") as project:
        seen = everything_sees(project, folder)
    assert len(seen) == 16
    for name, parts in seen.items():
        np.testing.assert_array_equal(parts["prediction"], parts["validation"], err_msg=name)
        for part in ("training", "validation"):
            np.testing.assert_array_equal(parts[part], parts[f"{part} from the cache"])
        whole = Image.fromarray(parts["viewer"])
        wide = whole.width > whole.height
        assert wide == name.startswith("Landscape")
        for part in ("browser", "training"):
            small = np.asarray(whole.resize(parts[part].shape[1::-1], Image.Resampling.BOX))
            apart = np.abs(small.astype(int) - parts[part].astype(int)).mean()
            assert apart < 6, f"{name} in {part}"
