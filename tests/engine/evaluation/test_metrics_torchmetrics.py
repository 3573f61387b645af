"""A second opinion on the figures, from a library that shares no code with the first oracle.

Only here, for its import takes five seconds.
"""

from __future__ import annotations

import importlib
from types import ModuleType

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.torchvision_compat import import_torchvision

SHAPES = [(2, 30), (3, 40), (7, 60), (40, 300)]


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    import_torchvision()  # torchmetrics imports it too, which fails beside another build of torch
    return importlib.import_module("torchmetrics.functional.classification")


def judged(classes: int, images: int, seed: int) -> tuple[Evaluation, NDArray[np.float32]]:
    """Answers of which about half are right; every class has images and answers."""
    generator = np.random.default_rng(seed)
    true = np.concatenate([np.arange(classes), generator.integers(0, classes, images - classes)])
    logits = generator.normal(size=(images, classes)).astype(np.float32)
    logits[np.arange(images), true] += 1.5
    names = tuple(f"class {number}" for number in range(classes))
    found = summarize(logits, true, classes=names, sample_ids=tuple(range(images)), split="val")
    return found, logits


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("classes", "images"), SHAPES)
def test_that_figures_equal_torchmetrics(
    oracle: ModuleType, classes: int, images: int, seed: int
) -> None:
    found, logits = judged(classes, images, seed)
    scores, true = torch.from_numpy(logits), torch.from_numpy(found.true)
    about = {"num_classes": classes}
    expected = {
        "accuracy": oracle.multiclass_accuracy(scores, true, average="micro", **about),
        "macro_f1": oracle.multiclass_f1_score(scores, true, average="macro", **about),
        "weighted_f1": oracle.multiclass_f1_score(scores, true, average="weighted", **about),
        "balanced_accuracy": oracle.multiclass_recall(scores, true, average="macro", **about),
        "kappa": oracle.multiclass_cohen_kappa(scores, true, **about),
        "mcc": oracle.multiclass_matthews_corrcoef(scores, true, **about),
    }
    if classes > 5:
        expected["top5"] = oracle.multiclass_accuracy(
            scores, true, average="micro", top_k=5, **about
        )
    for name, value in expected.items():
        assert getattr(found, name) == pytest.approx(float(value), abs=1e-6), name
    assert (found.top5 is None) == (classes <= 5)
    for name in ("precision", "recall", "f1"):
        score = "f1_score" if name == "f1" else name
        per_class = getattr(oracle, f"multiclass_{score}")(scores, true, average="none", **about)
        mine = [getattr(report, name) for report in found.per_class]
        np.testing.assert_allclose(mine, per_class.numpy(), atol=1e-6)


def test_that_confusion_equals_torchmetrics(oracle: ModuleType) -> None:
    found, logits = judged(6, 80, 1)
    expected = oracle.multiclass_confusion_matrix(
        torch.from_numpy(logits), torch.from_numpy(found.true), num_classes=6
    )
    np.testing.assert_array_equal(found.confusion, expected.numpy())
