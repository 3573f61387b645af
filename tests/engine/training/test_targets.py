"""What a wrong answer costs, for mixed pictures, weighted classes and the focal loss."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.data.loading.mixing import Mix, draw_mix
from effnet_studio.engine.training.targets import count_right, make_targets, target_loss


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_that_the_loss_is_that_of_mixed_answers(smoothing: float) -> None:
    logits = torch.randn(8, 5, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2, 3, 4, 0, 1, 2])
    mix = draw_mix(8, 32, mixup=1.0, cutmix=0.0, seed=5, step=2)
    assert mix is not None
    answers = F.one_hot(labels, 5).float()
    answers = mix.share * answers + (1 - mix.share) * answers[torch.from_numpy(mix.partner)]
    expected = F.cross_entropy(logits, answers, label_smoothing=smoothing)
    loss = target_loss(logits, make_targets(labels, mix), label_smoothing=smoothing)
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)


def test_that_without_mixing_and_weights_the_loss_is_pytorchs_own() -> None:
    logits = torch.randn(8, 5, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2, 3, 4, 0, 1, 2])
    plain = F.cross_entropy(logits, labels, label_smoothing=0.1)
    assert torch.equal(target_loss(logits, make_targets(labels, None), label_smoothing=0.1), plain)


def test_that_weights_count_in_batches_of_one_class_too() -> None:
    logits, labels = torch.tensor([[1.0, 0.0]]), torch.tensor([1])
    plain = target_loss(logits, make_targets(labels, None))
    weighted = target_loss(logits, make_targets(labels, None), weights=torch.tensor([0.5, 4.0]))
    assert weighted.item() == pytest.approx(4 * plain.item())


def test_that_each_label_of_a_mixed_picture_has_its_own_weight() -> None:
    logits, labels = torch.zeros(2, 2), torch.tensor([0, 1])
    mix = Mix(np.array([1, 0]), 0.75)
    loss = target_loss(logits, make_targets(labels, mix), weights=torch.tensor([1.0, 3.0]))
    ones, threes = 0.75 * 1 + 0.25 * 3, 0.75 * 3 + 0.25 * 1
    assert loss.item() == pytest.approx(np.log(2) * (ones + threes) / 2, rel=1e-6)


@pytest.mark.parametrize(("share", "right"), [(0.7, 2), (0.3, 0)])
def test_that_the_larger_share_decides_what_is_right(share: float, right: int) -> None:
    logits, labels = torch.tensor([[2.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 1])
    assert count_right(logits, make_targets(labels, Mix(np.array([1, 0]), share))) == right
    assert count_right(logits, make_targets(labels, None)) == 2


def test_that_the_focal_loss_is_the_papers_formula() -> None:
    logits = torch.randn(6, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    labels = torch.tensor([0, 1, 2, 3, 0, 1])
    p = logits.softmax(1)[range(6), labels]
    expected = -((1 - p) ** 2 * p.log()).mean()
    found = target_loss(logits, make_targets(labels, None), focal_gamma=2.0)
    assert found.item() == pytest.approx(expected.item(), rel=1e-6)


def test_that_the_focal_loss_hardly_counts_what_is_known() -> None:
    logits = torch.tensor([[8.0, 0.0], [0.0, 1.0]], requires_grad=True)
    targets = make_targets(torch.tensor([0, 0]), None)
    target_loss(logits, targets, focal_gamma=2.0).backward()
    known, wrong = logits.grad.norm(dim=1).tolist()
    plain = torch.autograd.grad(target_loss(logits, targets), logits)[0].norm(dim=1).tolist()
    assert known / wrong < 0.01 * plain[0] / plain[1]
    assert np.isfinite(known)


def test_that_a_part_holds_the_answers_of_its_pictures() -> None:
    labels = torch.tensor([0, 1, 2, 3])
    targets = make_targets(labels, Mix(np.array([3, 2, 1, 0]), 0.6))
    part = targets.part(1, 3)
    assert (part.labels.tolist(), part.share) == ([1, 2], 0.6)
    assert part.others is not None
    assert part.others.tolist() == [2, 1]
