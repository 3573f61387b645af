"""Choosing from the command line below what certainty the answer is "none of these"."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.evaluate import evaluate
from effnet_studio.engine.evaluation.measures.calibration import measure_calibration
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import (
    REJECTION_FILE,
    RejectOption,
    Score,
    read_reject_option,
)
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.launch import train
from tests.color_model import write_color_model

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def project(command: Command, pictures: Path, tmp_path: Path) -> Path:
    """Twenty validation images and a run that has learned a little."""
    random = np.random.default_rng(1)
    for name in ("蜜蜂", "ants"):
        for number in range(4, 20):
            pixels = random.integers(0, random.integers(2, 256), (40, 50, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(pictures / name / f"{number}.png")
    path = tmp_path / "p.effnet"
    assert command("import", pictures, "--project", path, "--val", 0.5).code == 0
    with Project.open(path) as opened:
        train(
            opened,
            make_config(
                model="efficientnet_b0",
                weights="starter",
                image_size=64,
                batch_size=8,
                epochs=2,
                freeze=20,
                augmentation="none",
                device="cpu",
            ),
        )
    return path


def run_of(project: Path) -> Path:
    (run,) = (project / "runs").iterdir()
    return run


def test_that_the_choices_are_shown_and_nothing_is_changed(command: Command, project: Path) -> None:
    done = command("threshold", project, "--json")
    assert done.code == 0
    assert done.document["kept"] is None
    coverages = [point["coverage"] for point in done.document["points"]]
    assert coverages[0] == 1.0
    assert coverages == sorted(coverages, reverse=True)
    assert len(coverages) > 4
    assert 0 <= done.document["area_under_risk_coverage"] <= 1
    assert not (run_of(project) / REJECTION_FILE).exists()
    told = command("threshold", project).out
    assert "every image is answered" in told


@pytest.mark.parametrize("score", list(Score))
def test_that_a_limit_is_chosen_used_and_taken_back(
    command: Command, project: Path, pictures: Path, tmp_path: Path, score: Score
) -> None:
    done = command("threshold", project, "--coverage", 0.5, "--score", score, "--json")
    assert done.code == 0
    kept = read_reject_option(run_of(project))
    assert kept is not None
    assert done.document["kept"] == kept.to_json()
    assert kept.score is score
    (few,) = done.document["cautions"]
    assert f"Images answered: {round(kept.coverage * kept.images)}." in few
    assert 0.5 <= kept.coverage < 1
    predictor = load_predictor(project, device="cpu")
    with Project.open(project) as opened:
        samples = load_dataset(opened).subset("val")
    said = {str(sample.path): predictor.predict(sample.path).rejected for sample in samples}
    assert sum(said.values()) == round(len(samples) * (1 - kept.coverage))
    table = tmp_path / "a.csv"
    told = command("predict", project, pictures, "--csv", table)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["path"]: row["rejected"] for row in csv.DictReader(stream)}
    assert {path: rows[path] == "yes" for path in said} == said
    assert told.out.count("none of these") == sum(value == "yes" for value in rows.values())
    document = command("threshold", project, "--off", "--json").document
    assert (document["kept"], document["points"]) == (None, [])
    assert read_reject_option(run_of(project)) is None


def test_that_accuracy_is_a_wish_that_may_not_come_true(command: Command, project: Path) -> None:
    points = command("threshold", project, "--json").document["points"]
    most = points[0]["accuracy"]
    done = command("threshold", project, "--accuracy", most, "--json")
    assert done.document["kept"]["accuracy"] >= most
    assert command("threshold", project, "--accuracy", 0.9, "--coverage", 0.9).code == 2
    assert command("threshold", project, "--off", "--coverage", 0.9).code == 2


def test_that_evaluate_says_whether_the_probabilities_hold(command: Command, project: Path) -> None:
    with Project.open(project) as opened:
        dataset = load_dataset(opened)
        found = evaluate(load_predictor(run_of(opened.root), device="cpu"), dataset)
    truth = measure_calibration(found.logits, found.true)
    document = command("evaluate", project, "--json").document["calibration"]
    assert document["ece"] == pytest.approx(truth.ece)
    assert [document["ece_low"], document["ece_high"]] == pytest.approx(
        [truth.ece_low, truth.ece_high]
    )
    assert document["brier"] == pytest.approx(truth.brier)
    told = " ".join(command("evaluate", project).out.split())
    assert f"calibration error (ECE) {100 * truth.ece:.1f} %" in told


def test_that_evaluate_says_what_the_threshold_makes_of_the_images(
    command: Command, project: Path
) -> None:
    assert command("evaluate", project, "--json").document["rejection"] is None
    command("threshold", project, "--coverage", 0.6)
    kept = read_reject_option(run_of(project))
    assert kept is not None
    found = command("evaluate", project, "--json").document
    assert found["rejection"]["answered"] == round(kept.coverage * found["images"])
    assert found["rejection"]["right"] == round(kept.accuracy * found["rejection"]["answered"])
    told = " ".join(command("evaluate", project).out.split())
    assert f'{found["rejection"]["rejected"]} get "none of these"' in told


def test_that_watch_and_compare_say_it_too(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    always = RejectOption(Score.CONFIDENCE, 1.1, 0.0, 0.0, 10, "", "")
    (tmp_path / "b").mkdir()
    first = write_color_model(tmp_path / "a.onnx")
    second = write_color_model(tmp_path / "b" / "b.onnx", always)
    table = tmp_path / "c.csv"
    done = command("compare", first, second, pictures / "ants" / "0.jpg", "--csv", table, "--json")
    assert [each["rejected"] for each in done.document["answers"]] == [[False, True]]
    assert ",no,yes," in table.read_text(encoding="utf-8-sig")
    told = " ".join(command("compare", first, second, pictures / "ants" / "0.jpg").out.split())
    assert "none of these (" in told
