"""Make the starter backbone that ships with the app from a run that was trained for it.

    python packaging/starter_backbone.py RUN/best.safetensors --val FOLDER

Leaves the classifier out, rounds the weights of convolutions and linear layers to 16 bits (norms
stay in 32: their statistics may be large), writes ``resources/backbones/MODEL.safetensors``, and
says how well the rounded network still answers the validation images. How the run was trained is
told in ``docs/starter-backbone.md``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import safetensors.torch
import torch

from effnet_studio.engine.images import load_image
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training.checkpoint import load_best

BACKBONES = Path(__file__).parents[1] / "resources" / "backbones"
MOST_BYTES = 12 * 2**20
BATCH = 64


def main() -> int:
    """Convert, measure, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("best", type=Path, help="best.safetensors of the run")
    parser.add_argument(
        "--val", type=Path, required=True, help="folder with a folder for each class"
    )
    parser.add_argument("--source", default="tiny-imagenet", help="what it was trained on")
    given = parser.parse_args()
    model, about = load_best(given.best)
    spec = get_spec(about.model)
    classifier = f"{spec.classifier}."
    tensors = {}
    for name, tensor in model.state_dict().items():
        if tensor.ndim > 1:
            tensor.copy_(tensor.half().float())  # the same rounding in the network that is measured
        if not name.startswith(classifier):
            tensors[name] = (tensor.half() if tensor.ndim > 1 else tensor).contiguous()
    top1, count = accuracy(model, about.classes, about.preprocess, given.val)
    metadata = {
        "format": "1",
        "model": about.model,
        "trained_on": given.source,
        "classes": str(len(about.classes)),
        "input_size": str(about.preprocess.size),
        "top1": f"{top1:.4f}",
        "images": str(count),
    }
    data = safetensors.torch.save(tensors, metadata)
    if len(data) > MOST_BYTES:
        print(f"{len(data) / 2**20:.1f} MiB is more than {MOST_BYTES / 2**20:.0f}", file=sys.stderr)
        return 1
    BACKBONES.mkdir(exist_ok=True)
    path = BACKBONES / f"{about.model}.safetensors"
    path.write_bytes(data)
    print(f"{path}: {len(data) / 2**20:.1f} MiB, top-1 {100 * top1:.1f} % of {count} images")
    return 0


@torch.no_grad()
def accuracy(
    model: torch.nn.Module, classes: tuple[str, ...], preprocess: Preprocess, folder: Path
) -> tuple[float, int]:
    """Share of a folder's images that are answered right, and how many there are."""
    files = [
        (path, label)
        for label, name in enumerate(classes)
        for path in sorted((folder / name).iterdir())
    ]
    right = 0
    for start in range(0, len(files), BATCH):
        part = files[start : start + BATCH]
        inputs = np.stack([preprocess(load_image(path)) for path, _ in part])
        answers = model(torch.from_numpy(inputs)).argmax(1)
        right += int((answers == torch.tensor([label for _, label in part])).sum())
    return right / len(files), len(files)


if __name__ == "__main__":
    sys.exit(main())
