"""Is a planted bias exposed? A coloured patch gives one class away; a model is trained on it.

    python -m tests.benchmarks.bench_bias --data FOLDER --out FOLDER [--biased daisy]
        [--preset balanced] [--set key=value ...]

with a folder of CLASS, each with images. Two projects are made from copies of it, one as it is and
one with a magenta square in the upper left corner of what the model sees, on every image of one
class, for training and validation alike. Prints what the view of all images says of both models:
the share of the attention in the corner, and which class stands out; and how many images of the
class the second model still recognises without the square, that is, how far it relies on it. The
projects stay in OUT, to be looked at in the window.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.cli.training import parse_settings
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.evaluate import evaluate
from effnet_studio.engine.explain.attention import keep_attention
from effnet_studio.engine.explain.bulk import explain_many
from effnet_studio.engine.explain.regions import Box
from effnet_studio.engine.explain.shares import shares_of_box
from effnet_studio.engine.explain.standing_out import compare_classes
from effnet_studio.engine.images import IMAGE_SUFFIXES, load_image
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.launch import train

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.predict.predictor import Predictor
    from effnet_studio.engine.training.config import TrainConfig

COLOR = (230, 20, 200)
"""Of the square; no flower has it."""

PATCH = 0.25
"""Side of the square, in shares of the short side; an eighteenth of it is cropped away at 224 of
256 pixels."""

CORNER = Box(0, 0, 0.25, 0.25)
"""Where the attention is counted, in shares of what the model sees."""


def copy_pictures(source: Path, target: Path, biased: str | None) -> None:
    """Copy a folder of classes, with a magenta square on the images of one of them."""
    for file in sorted(source.rglob("*")):
        if file.suffix.lower() not in IMAGE_SUFFIXES:
            continue
        pixels = load_image(file).copy()
        if file.parent.name == biased:
            height, width = pixels.shape[:2]
            short = min(height, width)
            top, left = (height - short) // 2, (width - short) // 2
            side = round(PATCH * short)
            pixels[top : top + side, left : left + side] = COLOR
        place = target / file.relative_to(source).with_suffix(".jpg")
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(place, quality=92)


def learn(out: Path, name: str, pictures: Path, config: TrainConfig) -> tuple[Path, Dataset]:
    """Import, train and return the run's folder and the images."""
    with Project.create(out / f"{name}.effnet", name=name.capitalize()) as project:
        import_folder(project, pictures)
        result = train(project, config)
        return result.run_dir, load_dataset(project)


def show(out: Path, name: str, run_dir: Path, predictor: Predictor, dataset: Dataset) -> None:
    """Print what the view of all images says."""
    began = time.perf_counter()
    attention = explain_many(predictor, dataset)
    seconds = time.perf_counter() - began
    with Project.open(out / f"{name}.effnet") as project:
        keep_attention(project, run_dir, attention, None)
    print(
        f"{name}: {len(attention)} images in {seconds:.1f} s, "
        f"{100 * attention.accuracy:.0f} % right"
    )
    for share in shares_of_box(attention, CORNER):
        print(
            f"  {share.label or 'all':12} {share.images:4} images, {100 * share.share:5.1f} % of "
            f"the attention in the corner ({100 * share.low:.1f} to {100 * share.high:.1f}), "
            f"{share.ratio:.2f} times its area"
        )
    for focus in compare_classes(attention):
        print(
            f"  {focus.label:12} distance {focus.distance:.2f} (p = {focus.p_value:.3f}), "
            f"most at {focus.zone}: {100 * focus.share:.0f} %, others {100 * focus.others:.0f} % "
            f"(p = {focus.zone_p_value:.3f}) {'STANDS OUT' if focus.stands_out else ''}"
        )


def main() -> None:
    """Plant, train and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--biased", default="daisy")
    parser.add_argument("--preset", choices=[preset.value for preset in Preset], default="balanced")
    parser.add_argument("--set", dest="settings", nargs="*", default=[], metavar="KEY=VALUE")
    given = parser.parse_args()
    settings = {"weights": "starter", "image_size": 224, **parse_settings(given.settings)}
    config = make_config(Preset(given.preset), **settings)
    judged = {}
    for name, biased in (("biased", given.biased), ("control", None)):
        pictures = given.out / f"{name}-pictures"
        copy_pictures(given.data, pictures, biased)
        run_dir, dataset = learn(given.out, name, pictures, config)
        predictor = load_predictor(run_dir)
        show(given.out, name, run_dir, predictor, dataset)
        judged[name] = (predictor, dataset)
    clean = judged["control"][1]
    label = judged["biased"][0].classes.index(given.biased)
    for name, (predictor, dataset) in judged.items():
        for what, images in ((name, dataset), ("control", clean)):
            found = evaluate(predictor, images)
            right = np.mean(found.predicted[found.true == label] == label)
            print(
                f"{name} model, {what} images: {100 * right:.0f} % of {given.biased} recognised, "
                f"accuracy {100 * found.accuracy:.0f} %"
            )


if __name__ == "__main__":
    main()
