"""Is a planted bias exposed? A coloured patch gives one class away; a model is trained on it.

    python -m tests.benchmarks.bench_bias --data FOLDER --out FOLDER [--biased daisy]
        [--corner top-left] [--preset balanced] [--set key=value ...]

with a folder of CLASS, each with images. Two projects are made from copies of it, one as it is (the
matched control) and one with a magenta square in one corner of what the model sees, on every image
of one class, for training and validation alike. Both are trained with the same settings and seed.
Prints how far the second model relies on the square, and what the view of all images says of both
models, coarse and fine: the share of the attention in the corner, and which class stands out. The
projects stay in OUT, to be looked at in the window.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from effnet_studio.cli.training import parse_settings
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.explain.bulk import explain_many
from effnet_studio.engine.explain.kept_attention import keep_attention
from effnet_studio.engine.explain.names import Detail
from effnet_studio.engine.explain.regions import Box
from effnet_studio.engine.explain.shares import shares_of_box
from effnet_studio.engine.explain.standing_out import compare_classes
from effnet_studio.engine.images import IMAGE_SUFFIXES, load_image
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.launch import train
from effnet_studio.engine.training.runs import weights_state

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.predict.predictor import Predictor
    from effnet_studio.engine.training.config import TrainConfig

COLOR: Final = (230, 20, 200)
"""Of the square; no flower has it."""

PATCH: Final = 0.2
"""Side of the square, in shares of what the model sees."""

CORNERS: Final = {
    "top-left": Box(0, 0, 0.25, 0.25),
    "top-right": Box(0.75, 0, 0.25, 0.25),
    "bottom-left": Box(0, 0.75, 0.25, 0.25),
    "bottom-right": Box(0.75, 0.75, 0.25, 0.25),
}
"""Where the attention is counted, in shares of what the model sees."""

_CROPPED: Final = 1 / 16
"""Of the short side, cut off at each border: 16 of 256 pixels, as at 224 of 256."""


def plant(pixels: NDArray[np.uint8], corner: str) -> NDArray[np.uint8]:
    """Paint the square, so that it lies in the corner of what is left by resize and centre crop.

    Args:
        pixels: RGB, uint8, shape (h, w, 3).
        corner: A key of :data:`CORNERS`.

    Returns:
        A copy with the square, which goes on to the border of the picture's middle square.
    """
    found = pixels.copy()
    height, width = found.shape[:2]
    short = min(height, width)
    top, left = (height - short) // 2, (width - short) // 2
    side = round((_CROPPED + PATCH * (1 - 2 * _CROPPED)) * short)
    rows = slice(top, top + side) if "top" in corner else slice(top + short - side, top + short)
    columns = (
        slice(left, left + side) if "left" in corner else slice(left + short - side, left + short)
    )
    found[rows, columns] = COLOR
    return found


def copy_pictures(source: Path, target: Path, biased: str | None, corner: str) -> None:
    """Copy a folder of classes, with a magenta square on the images of one of them."""
    for file in sorted(source.rglob("*")):
        if file.suffix.lower() not in IMAGE_SUFFIXES:
            continue
        pixels = load_image(file)
        if file.parent.name == biased:
            pixels = plant(pixels, corner)
        place = target / file.relative_to(source).with_suffix(".jpg")
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(place, quality=92)


def learn(out: Path, name: str, pictures: Path, config: TrainConfig) -> tuple[Path, Dataset]:
    """Import, train and return the run's folder and the images."""
    with Project.create(out / f"{name}.effnet", name=name.capitalize()) as project:
        import_folder(project, pictures)
        result = train(project, config)
        return result.run_dir, load_dataset(project)


def show(root: Path, run_dir: Path, predictor: Predictor, dataset: Dataset, corner: str) -> None:
    """Print what the view of all images says."""
    for detail in Detail:
        began = time.perf_counter()
        attention = explain_many(predictor, dataset, method=detail.method, layer=detail.layer)
        seconds = time.perf_counter() - began
        with Project.open(root) as project:
            keep_attention(project, run_dir, attention, detail.layer, weights_state(run_dir))
        print(
            f"{root.stem}, {detail.method} at {attention.layer}: {len(attention)} images in "
            f"{seconds:.1f} s, {100 * attention.accuracy:.0f} % right"
        )
        for share in shares_of_box(attention, CORNERS[corner]):
            print(
                f"  {share.label or 'all':12} {share.images:4} images, {100 * share.share:5.1f} % "
                f"of the attention in the corner ({100 * share.low:.1f} to {100 * share.high:.1f}),"
                f" {share.ratio:.2f} times its area"
            )
        for focus in compare_classes(attention):
            print(
                f"  {focus.label:12} distance {focus.distance:.2f} (p = {focus.p_value:.3f}), "
                f"most at {focus.zone}: {100 * focus.share:.0f} %, others "
                f"{100 * focus.others:.0f} % (p = {focus.zone_p_value:.3f}) "
                f"{'STANDS OUT' if focus.stands_out else ''}"
            )


def answers(predictor: Predictor, pixels: list[NDArray[np.uint8]]) -> NDArray[np.int64]:
    """The likeliest class of each image, shape (n,)."""
    forward = predictor.ready_for(len(pixels))
    found = []
    for start in range(0, len(pixels), predictor.at_a_time):
        seen = [predictor.picture(each) for each in pixels[start : start + predictor.at_a_time]]
        found.append(forward(predictor.preprocess.normalize(np.stack(seen))).argmax(axis=1))
    return np.concatenate(found)


def show_reliance(predictor: Predictor, clean: Dataset, biased: str, corner: str) -> None:
    """Print what the square does to the answers for the validation images.

    Args:
        predictor: The model.
        clean: The images without any square, in the same parts.
        biased: The class that had it.
        corner: Where.
    """
    label, place = predictor.classes.index(biased), clean.classes.index(biased)
    samples = clean.subset("val")
    pixels = [load_image(sample.path) for sample in samples]
    own = np.array([sample.label == place for sample in samples])
    without = answers(predictor, pixels)
    having = answers(predictor, [plant(each, corner) for each in pixels])
    recognised = own & (having == label)
    others = ~own & (without != label)
    lost, won = (without[recognised] != label).sum(), (having[others] == label).sum()
    print(
        f"  of {own.sum()} {biased} {recognised.sum()} are recognised with the square, "
        f"{(without[own] == label).sum()} without; taking it away changes {lost} of "
        f"{recognised.sum()} answers, adding it turns {won} of {others.sum()} others into {biased}",
        flush=True,
    )


def main() -> None:
    """Plant, train and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--biased", default="daisy")
    parser.add_argument("--corner", choices=tuple(CORNERS), default="top-left")
    parser.add_argument("--preset", choices=[preset.value for preset in Preset], default="balanced")
    parser.add_argument("--set", dest="settings", nargs="*", default=[], metavar="KEY=VALUE")
    given = parser.parse_args()
    settings = {"weights": "starter", "image_size": 224, **parse_settings(given.settings)}
    config = make_config(Preset(given.preset), **settings)
    judged = {}
    for name, biased in (("biased", given.biased), ("control", None)):
        pictures = given.out / f"{name}-pictures"
        copy_pictures(given.data, pictures, biased, given.corner)
        began = time.perf_counter()
        run_dir, dataset = learn(given.out, name, pictures, config)
        print(f"{name}: trained in {time.perf_counter() - began:.0f} s", flush=True)
        judged[name] = (run_dir, load_predictor(run_dir), dataset)
    clean = judged["control"][2]
    same = [sample.path.name for sample in clean.subset("val")]
    if same != [sample.path.name for sample in judged["biased"][2].subset("val")]:
        raise SystemExit("The two projects hold back different images.")
    for name, (run_dir, predictor, dataset) in judged.items():
        print(name)
        show_reliance(predictor, clean, given.biased, given.corner)
        show(given.out / f"{name}.effnet", run_dir, predictor, dataset, given.corner)


if __name__ == "__main__":
    main()
