"""A batch of photographs beside the plain loop that everybody writes, and one image by itself.

    python -m tests.benchmarks.bench_batch --data FOLDER [--images 2000] [--size 224]

The plain loop decodes with Pillow, resizes and crops with torchvision in a ``DataLoader`` with two
workers, and runs the same EfficientNet-B0 on batches of 32. Both begin with the paths and end with
a probability for each class; they take turns, and the folder's photographs are repeated until there
are enough. Then single images are judged by the warm model, one after the other.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader
from torch.utils.data import Dataset as TorchDataset

from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.state import load_weights
from effnet_studio.engine.models.weights import resolve_weights
from effnet_studio.engine.predict.answers import Prediction
from effnet_studio.engine.predict.batch import predict_batch
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

pytestmark = pytest.mark.benchmark

CLASSES = ("daisy", "dandelion", "roses", "sunflowers", "tulips")


class Photographs(TorchDataset[torch.Tensor]):
    """Files as the tutorials read them."""

    def __init__(self, paths: Sequence[Path], preprocess: Preprocess) -> None:
        import_torchvision()
        from torchvision.transforms import v2

        self.paths = paths
        self.transform = v2.Compose(
            [
                v2.PILToTensor(),
                v2.Resize(preprocess.resize, antialias=True),
                v2.CenterCrop(preprocess.size),
                v2.ToDtype(torch.float32, scale=True),
                v2.Normalize(preprocess.mean, preprocess.std),
            ]
        )

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> Tensor:
        found: Tensor = self.transform(Image.open(self.paths[index]).convert("RGB"))
        return found


def plain_loop(predictor: TorchPredictor, paths: Sequence[Path]) -> NDArray[np.float32]:
    """The loop of the tutorials; the network in PyTorch's own layout."""
    model = build_model(predictor.spec, len(predictor.classes)).eval()
    model.load_state_dict(predictor.model.state_dict())
    loader = DataLoader(Photographs(paths, predictor.preprocess), batch_size=32, num_workers=2)
    with torch.inference_mode():
        found = [torch.softmax(model(batch), dim=1) for batch in loader]
    return torch.cat(found).numpy()


def own_batch(predictor: TorchPredictor, paths: Sequence[Path]) -> NDArray[np.float32]:
    """What the app does."""
    verdicts = predict_batch(predictor, paths)
    return np.stack([each.probabilities for each in verdicts if isinstance(each, Prediction)])


def seconds(
    job: Callable[[TorchPredictor, Sequence[Path]], NDArray[np.float32]],
    predictor: TorchPredictor,
    paths: Sequence[Path],
) -> tuple[float, NDArray[np.float32]]:
    """Time one pass over all photographs."""
    began = time.perf_counter()
    found = job(predictor, paths)
    return time.perf_counter() - began, found


def compare(paths: Sequence[Path], size: int, rounds: int) -> float:
    """Print both side by side, and how long one image takes.

    Returns:
        How many times as fast the app is.
    """
    predictor = make_predictor(size)
    spec = predictor.spec
    print(f"{len(paths)} photographs, {spec.title} at {size} px, {torch.get_num_threads()} threads")
    times: dict[str, list[float]] = {"own": [], "plain": []}
    for _ in range(rounds):
        taken, own = seconds(own_batch, predictor, paths)
        times["own"].append(taken)
        taken, plain = seconds(plain_loop, predictor, paths)
        times["plain"].append(taken)
        print(f"  app {times['own'][-1]:.1f} s, plain loop {times['plain'][-1]:.1f} s", flush=True)
    app, loop = (len(paths) / float(np.median(times[name])) for name in ("own", "plain"))
    print(f"app {app:.1f} images/s, plain loop {loop:.1f} images/s: {app / loop:.2f} times")
    same = float((own.argmax(axis=1) == plain.argmax(axis=1)).mean())
    print(f"same answer on {100 * same:.1f} % (the app lets JPEG files be decoded smaller)")
    one_by_one(predictor, paths[:100], own)
    return app / loop


def make_predictor(size: int) -> TorchPredictor:
    """The starter backbone with a last layer by chance; its answers differ between images."""
    spec = get_spec("efficientnet_b0")
    torch.manual_seed(0)
    model = build_model(spec, len(CLASSES)).requires_grad_(requires_grad=False)
    load_weights(model, spec, resolve_weights(spec, "starter"))
    last = [module for module in model.modules() if isinstance(module, nn.Linear)][-1]
    last.weight.normal_(std=0.3)
    return TorchPredictor(
        model,
        spec,
        name="starter",
        path=Path(),
        classes=CLASSES,
        preprocess=Preprocess(size=size, resize=round(size * 256 / 224), interpolation="bilinear"),
        device=torch.device("cpu"),
    )


def one_by_one(
    predictor: TorchPredictor, paths: Sequence[Path], batch: NDArray[np.float32]
) -> None:
    """Print how long single images take, and how far their answers are from the batch's."""
    for path in paths[:5]:
        predictor.predict(path)  # warm
    taken, apart = [], 0.0
    for path, expected in zip(paths, batch, strict=False):
        began = time.perf_counter()
        found = predictor.predict(path).probabilities
        apart = max(apart, float(np.abs(found - expected).max()))
        taken.append(1000 * (time.perf_counter() - began))
    median, late = np.quantile(taken, [0.5, 0.95])
    print(f"one image, warm: {median:.0f} ms in the median, {late:.0f} ms at the 95th percentile")
    print(f"largest difference of a probability from the batch's: {apart:.1e}")


def batch_sizes(device: str) -> None:
    """Print milliseconds an image of networks as they are, in batches of several sizes."""
    for name in ("efficientnet_b0", "resnet18", "mobilenet_v3_large", "convnext_tiny"):
        model = build_model(get_spec(name), len(CLASSES)).eval().to(device)
        model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        best = dict.fromkeys((1, 4, 8, 16, 32), float("inf"))
        with torch.inference_mode():
            for turn in range(4):  # the first warms
                for size in best:
                    batch = torch.randn(size, 3, 224, 224, device=device)
                    batch = batch.contiguous(memory_format=torch.channels_last)
                    began = time.perf_counter()
                    for _ in range(64 // size):
                        model(batch).cpu()
                    taken = 1000 * (time.perf_counter() - began) / (64 // size * size)
                    best[size] = min(best[size], taken) if turn else best[size]
        shown = ", ".join(f"{size}: {taken:.1f}" for size, taken in best.items())
        print(f"{name} on {device}, ms an image in batches of {shown}", flush=True)


def read_paths(folder: Path, count: int) -> list[Path]:
    """``count`` photographs of a folder, repeated as often as needed."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg"})
    return [found[number % len(found)] for number in range(count)]


def test_that_a_batch_is_not_slower_than_the_plain_loop(shared_data: Path) -> None:
    paths = read_paths(shared_data / "photos" / "flowers", 200)
    assert compare(paths, 224, rounds=1) > 1


def main() -> None:
    """Compare on a folder of photographs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--data", type=Path)
    which.add_argument("--sizes", metavar="DEVICE", help="such as cpu")
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    if given.sizes is not None:
        batch_sizes(given.sizes)
    else:
        compare(read_paths(given.data, given.images), given.size, given.rounds)


if __name__ == "__main__":
    main()
