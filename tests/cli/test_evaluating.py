"""``evaluate``: how well classes are told apart at any threshold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn import metrics as oracle

from effnet_studio.engine.data.store import load_dataset
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
