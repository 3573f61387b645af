"""``evaluate``: how well classes are told apart at any threshold."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from sklearn import metrics as oracle

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.data.versions import keep_version
from effnet_studio.engine.evaluation.evaluate import evaluate
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.scores import log_softmax
from effnet_studio.engine.project import Project
from tests.cli.conftest import Command
from tests.random_run import write_run


@pytest.fixture
def project(command: Command, pictures: Path, tmp_path: Path) -> Path:
    """A project with a run of a random network."""
    place = tmp_path / "p.effnet"
    assert command("import", pictures, "--project", place, "--val", "0.5").code == 0
    with Project.open(place) as opened:
        write_run(opened, ("ants", "蜜蜂"), size=32)
    return place


def test_that_the_document_has_the_curves_figures(command: Command, project: Path) -> None:
    document = command("evaluate", project, "--json").document
    with Project.open(project) as opened:
        dataset = load_dataset(opened)
        kept = evaluate(load_predictor(opened.find_run(document["run"])), dataset, "val")
    table = np.exp(log_softmax(kept.logits))
    curves = document["curves"]
    for label, row in enumerate(curves["per_class"]):
        truth = kept.true == label
        assert row["label"] == document["classes"][label]
        assert row["roc_auc"] == pytest.approx(oracle.roc_auc_score(truth, table[:, label]))
        steps = oracle.average_precision_score(truth, table[:, label])
        assert row["average_precision"] == pytest.approx(steps)
        assert row["roc_auc_interval"] == [None, None], "two images tell nothing of others"
    for figure in ("roc_auc", "average_precision"):
        mean = np.mean([row[figure] for row in curves["per_class"]])
        assert curves["macro"][figure] == pytest.approx(mean)
        assert 0 <= curves["micro"][figure] <= 1


def test_that_people_read_the_figures_in_a_table(command: Command, project: Path) -> None:
    done = command("evaluate", project)
    assert done.code == 0
    for words in ("AUC", "Average precision", "All classes (mean)", "蜜蜂"):
        assert words in done.out


def test_that_each_image_is_written_with_its_answer_the_worst_first(
    command: Command, project: Path, tmp_path: Path
) -> None:
    table = tmp_path / "answers.csv"
    document = command("evaluate", project, "--csv", table, "--json").document
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == document["images"] == 4
    shares = [float(row["true_probability"]) for row in rows]
    assert shares == sorted(shares)
    assert [row["right"] == "yes" for row in rows] == [row["true"] == row["answer"] for row in rows]
    assert sum(row["right"] == "yes" for row in rows) == round(4 * document["accuracy"])
    assert {Path(row["path"]).parent.name for row in rows} == {"ants", "蜜蜂"}


def test_that_a_run_and_a_file_in_a_project_are_checked_on_its_images(
    command: Command, project: Path
) -> None:
    whole = command("evaluate", project, "--json").document
    run_dir = project / "runs" / whole["run"]
    assert command("evaluate", run_dir, "--json").document["confusion"] == whole["confusion"]
    done = command("export", project, "--format", "onnx", "--json")
    assert done.code == 0
    file = Path(done.document["file"])
    found = command("evaluate", file, "--json").document
    assert (found["run"], found["on"], found["images"]) == (file.name, "val", whole["images"])
    assert found["log_loss"] == pytest.approx(whole["log_loss"], rel=1e-4)


def test_that_images_of_another_project_can_be_named(
    command: Command, project: Path, pictures: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.effnet"
    assert command("import", pictures, "--project", other, "--val", "0.25").code == 0
    document = command("evaluate", project, "--on", other, "--json").document
    assert (document["images"], document["on"]) == (2, f"val, {other}")
    assert not list(other.rglob("answers.safetensors")), "they are of another project's images"


def test_that_it_must_be_clear_which_images_are_meant(
    command: Command, project: Path, pictures: Path, tmp_path: Path
) -> None:
    exported = Path(command("export", project, "--format", "onnx", "--json").document["file"])
    alone = exported.rename(tmp_path / "alone.onnx")
    assert "Nobody has said" in command("evaluate", alone).err
    assert command("evaluate", alone, "--on", project, "--json").document["images"] == 4
    done = command("evaluate", project, "--on", pictures, "--split", "val")
    assert done.code == 2
    assert "no parts" in done.err


def test_that_images_it_has_learned_from_are_told(
    command: Command, project: Path, pictures: Path
) -> None:
    run_dir = next((project / "runs").iterdir())
    about = json.loads((run_dir / "config.json").read_text(encoding="utf-8"))
    with Project.open(project) as opened:
        dataset = load_dataset(opened)
        keep_version(opened, dataset)
    about["dataset_version"] = dataset.version
    (run_dir / "config.json").write_text(json.dumps(about), encoding="utf-8")
    assert command("evaluate", project, "--json").document["learned_from"] == 0
    done = command("evaluate", project, "--on", pictures)
    assert "4 of the 8 images are among those it has learned from" in done.err
    assert f"on 8 images ({pictures})" in done.out
