"""Learning from a teacher: its losses, its answers, and what it does for a student."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.data.dataset import Dataset
from effnet_studio.engine.errors import ModelError, TrainingError
from effnet_studio.engine.events import Event, Noted, RunStarted
from effnet_studio.engine.images import load_image
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training.catalog_teacher import FILE
from effnet_studio.engine.training.checkpoint import load_best, save_best
from effnet_studio.engine.training.distill import (
    Teacher,
    attention_loss,
    listening,
    load_teacher,
    soft_loss,
)
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.runs import BEST_FILE, load_run
from tests.engine.training.conftest import draw_stripes
from tests.engine.training.test_fit import assert_same, new_run, weights_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.training.conftest import MakeConfig

SPEC = get_spec("mobilenet_v3_small")
PLAIN = Preprocess(size=32, resize=32, interpolation="bilinear")
OTHER = Preprocess(
    size=48, resize=48, interpolation="bilinear", mean=(0.5, 0.5, 0.5), std=(0.5, 0.25, 0.5)
)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 99), temperature=st.floats(1.0, 12.0))
def test_that_the_soft_loss_is_hintons(seed: int, temperature: float) -> None:
    generator = torch.Generator().manual_seed(seed)
    own, other = torch.randn(2, 5, 4, generator=generator, dtype=torch.float64)
    p, q = (other / temperature).softmax(1), (own / temperature).softmax(1)
    expected = temperature**2 * (p * (p / q).log()).sum(1).mean()
    assert soft_loss(own, other, temperature).item() == pytest.approx(expected.item(), rel=1e-6)
    assert soft_loss(own, own, temperature).item() == pytest.approx(0, abs=1e-12)


def test_that_attention_is_compared_whatever_the_width_and_size() -> None:
    narrow, wide = torch.rand(3, 4, 8, 8), torch.rand(3, 10, 4, 4)
    assert 0 < attention_loss([narrow], [wide]).item() < 4
    assert attention_loss([narrow], [narrow * 7]).item() == pytest.approx(0, abs=1e-6)


def test_that_listening_leaves_no_hooks_and_hears_the_last_stages() -> None:
    model = build_model(SPEC, 3).eval()
    with listening(model, SPEC) as maps:
        model(torch.zeros(2, 3, 64, 64))
        model(torch.zeros(1, 3, 64, 64))
        assert [len(each) for each in maps] == [1, 1]
    assert not any(module._forward_hooks for module in model.modules())


def test_that_a_teacher_sees_the_picture_as_it_was_trained_to() -> None:
    model = build_model(SPEC, 2).eval()
    pixels = torch.rand(2, 3, 48, 48, generator=torch.Generator().manual_seed(3))
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in (PLAIN.mean, PLAIN.std))
    teacher = Teacher(model, SPEC, OTHER, [1, 0], student=PLAIN)
    own = torch.tensor(OTHER.mean).view(1, 3, 1, 1), torch.tensor(OTHER.std).view(1, 3, 1, 1)
    with torch.no_grad():
        expected = model((pixels - own[0]) / own[1])[:, [1, 0]]
    assert torch.allclose(teacher.logits((pixels - mean) / std), expected, atol=1e-5)


def test_that_a_teacher_answers_from_memory_what_it_was_asked_before() -> None:
    teacher = Teacher(build_model(SPEC, 2), SPEC, PLAIN, [0, 1], student=PLAIN, remember=4)
    inputs = torch.rand(2, 3, 32, 32)
    first = teacher.logits(inputs, (3, 1))
    assert torch.equal(teacher.logits(torch.zeros_like(inputs), (3, 1)), first)
    assert not torch.equal(teacher.logits(torch.zeros_like(inputs), (0, 1)), first)


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Dataset]:
    """A teacher trained on stripes, and the stripes."""
    from effnet_studio.engine.training.config import make_config

    root = tmp_path_factory.mktemp("teacher")
    stripes = draw_stripes(root / "pictures", train=24, val=8)
    run_dir = root / "run"
    run_dir.mkdir()
    config = make_config(
        model="mobilenet_v3_small",
        weights="none",
        image_size=32,
        batch_size=8,
        epochs=3,
        freeze=0,
        augmentation="none",
        label_smoothing=0,
        learning_rate=3e-3,
        precision="fp32",
        device="cpu",
    )
    fit(config, stripes, run_dir=run_dir)
    return run_dir, stripes


def test_that_a_student_believes_its_teacher_as_far_as_it_is_told_to(
    tmp_path: Path, taught: tuple[Path, Dataset], tiny_config: MakeConfig
) -> None:
    run_dir, stripes = taught
    stubborn = shutil.copytree(run_dir, tmp_path / "stubborn")
    model, about = load_best(stubborn / BEST_FILE)
    with torch.no_grad():
        model.get_submodule(SPEC.classifier).bias.copy_(torch.tensor([-4.0, 4.0]))
    save_best(stubborn / BEST_FILE, model, about)
    losses = {}
    for share in (0.0, 0.5, 1.0):
        folder = new_run(tmp_path, str(share))
        config = tiny_config(
            teacher=str(stubborn),
            teacher_share=share,
            freeze=20,
            augmentation="none",
            epochs=4,
            learning_rate=0.05,
            label_smoothing=0.0,
        )
        fit(config, stripes, run_dir=folder)
        losses[share] = load_run(folder).epochs[-1].val_loss
    # Always answering with one of two classes that are equally frequent costs more than guessing.
    assert losses[0.0] < losses[0.5] < losses[1.0]
    assert losses[1.0] > 1.2 * losses[0.0]


def test_that_a_taught_run_remembers_alike_and_continues_alike(
    tmp_path: Path, taught: tuple[Path, Dataset], tiny_config: MakeConfig
) -> None:
    from tests.engine.training.test_survival import stopping

    run_dir, stripes = taught
    config = tiny_config(teacher=str(run_dir / BEST_FILE), teacher_attention=10.0)
    calm, wild = new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    fit(config, stripes, run_dir=calm)
    fit(config, stripes, run_dir=wild, **stopping(9))
    fit(load_run(wild).config, stripes, run_dir=wild)
    assert_same(weights_of(calm), weights_of(wild))


def test_that_attention_changes_what_is_learnt(
    tmp_path: Path, taught: tuple[Path, Dataset], tiny_config: MakeConfig
) -> None:
    run_dir, stripes = taught
    folders = []
    for weight in (0.0, 50.0):
        folders.append(new_run(tmp_path, str(weight)))
        config = tiny_config(epochs=1, teacher=str(run_dir), teacher_attention=weight)
        fit(config, stripes, run_dir=folders[-1])
    plain, matched = (weights_of(folder)["features.0.0.weight"] for folder in folders)
    assert not torch.equal(plain, matched)


def test_that_a_teacher_of_other_classes_is_refused_in_words(
    taught: tuple[Path, Dataset],
) -> None:
    with pytest.raises(TrainingError, match="does not know: cats"):
        load_teacher(taught[0], ["upright", "cats"], student=PLAIN, device=torch.device("cpu"))


def test_that_a_file_that_is_no_model_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.safetensors").write_bytes(b"no")
    with pytest.raises(ModelError, match="not a model trained with this app"):
        load_teacher(tmp_path / "x.safetensors", ["a"], student=PLAIN, device=torch.device("cpu"))


def test_that_a_model_of_the_catalog_learns_the_classes_and_then_teaches_them(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    from tests.engine.training.test_survival import stopping

    config = tiny_config(teacher="efficientnet_b0", teacher_share=1.0)
    calm, wild = new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    events: list[Event] = []
    fit(config, stripes, run_dir=calm, on_event=events.append)
    teacher = load_teacher(calm / FILE, stripes.classes, student=OTHER, device=torch.device("cpu"))
    samples = stripes.subset("val")
    pixels = torch.stack([torch.from_numpy(OTHER(load_image(each.path))) for each in samples])
    right = teacher.logits(pixels).argmax(1) == torch.tensor([each.label for each in samples])
    assert right.float().mean().item() > 0.9
    said = [str(event.message) for event in events if isinstance(event, Noted)]
    assert "EfficientNet-B0 learns the classes first, to teach them." in said
    assert sum(isinstance(event, RunStarted) for event in events) == 1

    fit(config, stripes, run_dir=wild, **stopping(4))
    taught_at = (wild / FILE).stat().st_mtime_ns
    fit(load_run(wild).config, stripes, run_dir=wild)
    assert (wild / FILE).stat().st_mtime_ns == taught_at
    assert_same(weights_of(calm), weights_of(wild))


def test_that_a_teacher_without_weights_is_refused_in_words(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    with pytest.raises(TrainingError, match="MobileNetV3-Small cannot teach"):
        fit(tiny_config(teacher="mobilenet_v3_small"), stripes, run_dir=new_run(tmp_path))
