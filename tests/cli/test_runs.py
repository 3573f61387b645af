"""Trainings named, found, compared, repeated, continued and deleted from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from safetensors.numpy import load_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

TINY = ("--model", "mobilenet_v3_small", "--weights", "none", "--epochs", "1")
SMALL = ("--set", "image_size=32", "--set", "batch_size=4", "--set", "device=cpu")


@pytest.fixture
def project(command: Command, pictures: Path, tmp_path: Path) -> Path:
    path = tmp_path / "p.effnet"
    assert command("import", pictures, "-p", path, "--val", "0.5").code == 0
    return path


@pytest.fixture
def run(command: Command, project: Path) -> str:
    name: str = command("train", project, *TINY, *SMALL, "--json").document["run"]
    return name


def test_that_a_run_is_named_annotated_and_found(command: Command, project: Path, run: str) -> None:
    assert (
        command("runs", "rename", project, run, "spring ants").out.strip().endswith("spring ants")
    )
    done = command("runs", "note", project, "spring ants", "blurred\nones left out", "--json")
    assert (done.document["run"], done.document["name"]) == (run, "spring ants")
    assert done.document["note"] == "blurred\nones left out"
    found = command("runs", "list", project, "--search", "BLURRED ants", "--json").document
    assert [each["run"] for each in found] == [run]
    assert command("runs", "list", project, "--search", "autumn", "--json").document == []
    shown = command("runs", "list", project).out
    assert "spring ants" in shown
    assert "blurred" in shown


def test_that_a_run_is_repeated_and_compared(command: Command, project: Path, run: str) -> None:
    done = command("runs", "reproduce", project, run, "--json")
    again = done.document["run"]
    assert done.document["from"] == run
    one, other = (load_file(project / "runs" / name / "best.safetensors") for name in (run, again))
    assert all((one[name] == other[name]).all() for name in one)
    document = command("runs", "compare", project, run, again, "--json").document
    assert document["settings"] == document["disagreements"] == []
    assert document["p_value"] == 1
    assert document["first"]["interval"][0] < document["first"]["accuracy"] + 1e-9
    assert document["outcome"] == "same"
    gains = {each["figure"]: each for each in document["gains"]}
    assert set(gains) == {"accuracy", "balanced_accuracy", "macro_f1", "log_loss"}
    accuracy = gains["accuracy"]
    assert accuracy["first"] == accuracy["second"] == document["first"]["accuracy"]
    assert accuracy["interval"][0] < 0 < accuracy["interval"][1]
    assert accuracy["better"] is None
    assert document["changed_between"] == {"added": 0, "removed": 0, "relabelled": 0, "moved": 0}
    shown = command("runs", "compare", project, run, again).out
    assert "no difference" in shown
    assert "Macro F1" in shown
    refused = command("runs", "compare", project, run, again, "--split", "test")
    assert refused.code == 1
    assert "no images in the part test" in refused.err
    assert "Both runs are right on the same images." in shown


def test_that_a_run_goes_on_with_other_settings(command: Command, project: Path, run: str) -> None:
    assert command("data", "rename", project, "ants", "emmets").code == 0
    done = command("runs", "continue", project, run, "--set", "learning_rate=0.01", "--json")
    assert done.document["weights"] == "file"
    document = command("runs", "compare", project, run, done.document["run"], "--json").document
    changed = {each["field"]: each["second"] for each in document["settings"]}
    assert changed == {"weights": run, "learning_rate": "0.01"}
    assert document["left_out"]["unknown_class"] == 2
    newest = command("runs", "list", project, "--json").document[0]
    assert newest["from"] == {"run": run, "how": "continued"}
    shown = command("runs", "compare", project, run, done.document["run"]).out
    assert "2 of classes that one does not know" in shown
    refused = command("runs", "continue", project, run, "--set", "model=resnet18")
    assert refused.code == 1
    assert "keeps its model" in refused.err


def test_that_a_deleted_run_waits_in_the_trash(command: Command, project: Path, run: str) -> None:
    assert command("runs", "delete", project, run[:8], "--json").document == {"deleted": run}
    assert command("runs", "list", project).out.strip() == "No runs."
    assert run in command("runs", "list", project, "--trash").out
    assert command("runs", "restore", project, run, "--json").document == {"restored": run}
    assert command("runs", "delete", project, run).code == 0
    assert command("runs", "empty-trash", project, run[:8], "--json").document == {"deleted": 1}
    assert command("runs", "empty-trash", project, "--json").document == {"deleted": 0}
    lost = command("runs", "restore", project, run)
    assert lost.code == 1
    assert "in the trash" in lost.err
