"""The built-in sample: six classes of little drawn pictures, made on first use.

Nobody's photographs are shipped; the app draws its own. Things differ in shape, colour, size,
place and turn, and stand in places that often suit them and often do not, so that neither colour
nor background gives the class away. An EfficientNet learns them from scratch in minutes.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from effnet_studio import paths
from effnet_studio.engine import atomic
from effnet_studio.engine.data.sample.sample_scene import PLACES, Pen, background, finish, lay, vary
from effnet_studio.engine.data.sample.sample_things import THINGS
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken

IMAGES_PER_CLASS = 60
SEED = 20240607
_EDITION = 1
_FINER = 2  # things are drawn this much larger, then reduced: smooth edges


def make_sample(
    folder: Path | None = None,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Path:
    """Draw the sample, unless it is there already.

    Args:
        folder: Where to put it, a folder that is empty or does not exist yet; by default in the
            user's cache, shared by all projects.
        on_event: Hears progress.
        cancel: Stops the drawing; nothing is left behind.

    Returns:
        A folder with one sub-folder of JPEGs for each class.

    Raises:
        DatasetError: If the folder holds something else.
        StorageError: If it cannot be written.
        Cancelled: If it was stopped.
    """
    target = (folder or paths.user_cache_dir() / f"sample-{_EDITION}").absolute()
    if _is_complete(target):
        return target
    if folder is not None and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DatasetError(
            msg("{path} is not empty.", path=str(target)),
            hint=msg("Choose a new folder for the sample."),
            path=target,
        )
    with atomic.storage_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    meter = ProgressMeter(Stage.SAMPLE, IMAGES_PER_CLASS * len(THINGS), on_event)
    with atomic.replacing_folder(target) as fresh, ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [
            pool.submit(_draw_file, fresh, name, number)
            for name in THINGS
            for number in range(IMAGES_PER_CLASS)
        ]
        try:
            for job in jobs:
                if cancel is not None:
                    cancel.check()
                job.result()
                meter.advance()
        finally:
            pool.shutdown(cancel_futures=True)
    meter.finish()
    return target


def draw_sample_image(name: str, number: int) -> NDArray[np.uint8]:
    """Draw one picture of the sample.

    Args:
        name: A class of the sample.
        number: Which of its pictures; the same number gives the same picture.

    Returns:
        RGB, uint8, shape (height, width, 3), sides from 160 to 400 pixels.
    """
    rng = np.random.default_rng([SEED, sorted(THINGS).index(name), number])
    width = int(rng.integers(160, 401))
    height = int(np.clip(width * rng.uniform(0.75, 1.3), 160, 400))
    size = (width, height)
    draw, turn, home = THINGS[name]
    everywhere = list(PLACES)
    places = home if rng.random() < 0.5 else everywhere
    picture = background(rng, size, places[int(rng.integers(len(places)))])
    radius = min(size) * rng.uniform(0.26, 0.45)
    slack = [0.6 * max(0.0, side / 2 - radius) for side in size]
    centre = (
        _FINER * (width / 2 + rng.uniform(-1, 1) * slack[0]),
        _FINER * (height / 2 + rng.uniform(-1, 1) * slack[1]),
    )
    squeeze = rng.uniform(0.82, 1.1) * (1 if rng.random() < 0.5 else -1)
    layer = Image.new("RGBA", (width * _FINER, height * _FINER))
    draw(Pen(layer, centre, radius * _FINER, rng.uniform(-1, 1) * turn, squeeze), rng)
    lay(
        picture,
        layer.reduce(_FINER),
        depth=max(1.0, radius * 0.05),
        shadow=rng.uniform(0.15, 0.55),
    )
    if rng.random() < 0.25:
        _blades(picture, rng)
    return finish(rng, picture)


def _draw_file(folder: Path, name: str, number: int) -> None:
    file = folder / name / f"{name}-{number + 1:02d}.jpg"
    file.parent.mkdir(exist_ok=True)
    picture = Image.fromarray(draw_sample_image(name, number))
    picture.save(file, quality=78 + number % 3 * 5)


def _blades(picture: Image.Image, rng: np.random.Generator) -> None:
    """Blades of grass in front of the thing."""
    width, height = picture.width * _FINER, picture.height * _FINER
    layer = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(layer)
    for _ in range(int(rng.integers(2, 6))):
        x, lean, tall = rng.uniform(0, width), rng.normal(0, 0.1) * width, rng.uniform(0.2, 0.6)
        half = rng.uniform(0.008, 0.02) * width
        tip = (x + lean, height * (1 - tall))
        blade = [(x - half, height), (x + half, height), tip]
        draw.polygon(blade, fill=(*vary(rng, (86, 140, 60), 40), 255))
    lay(picture, layer.reduce(_FINER), depth=1.3, shadow=0.3)


def _is_complete(folder: Path) -> bool:
    """Whether every file is there; users may have deleted some."""
    return all(
        (folder / name / f"{name}-{number + 1:02d}.jpg").is_file()
        for name in THINGS
        for number in range(IMAGES_PER_CLASS)
    )
