"""``compare``, and ``evaluate`` with a model of other classes than the data."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from tests.cli.conftest import Command

CLASSES = ("ants", "蜜蜂")


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pictures, and a project of them with two runs."""
    import torch

    torch.set_num_threads(1)  # for networks this small more cost more than they bring
    folder = tmp_path_factory.mktemp("compared")
    random = np.random.default_rng(5)
    for name in CLASSES:
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(4):
            pixels = random.integers(0, 256, (40, 50, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(folder / "pictures" / name / f"{number}.jpg")
    (folder / "pictures" / "ants" / "broken.jpg").write_bytes(b"\xff\xd8 not an image")
    (folder / "pictures" / "ants" / "notes.txt").write_text("seen in May", encoding="utf-8")
    with Project.create(folder / "p.effnet", name="Insects") as opened:
        import_folder(opened, folder / "pictures", val=0.5)
        for seed in (1, 2):
            write_run(opened, CLASSES, size=32, seed=seed)
    return folder


@pytest.fixture
def pictures(_made: Path) -> Path:
    """Two classes with four pictures each, a broken one and a text file; not to be changed."""
    return _made / "pictures"


@pytest.fixture
def project(_made: Path, tmp_path: Path) -> Path:
    """A copy of the project for one test."""
    return shutil.copytree(_made / "p.effnet", tmp_path / "p.effnet")


def runs(project: Path) -> list[str]:
    return sorted(folder.name for folder in (project / "runs").iterdir())


def test_that_two_runs_of_a_project_are_compared(
    command: Command, project: Path, pictures: Path
) -> None:
    one, other = runs(project)
    done = command("compare", project, project / "runs" / other, pictures, "--run-a", one, "--json")
    assert done.code == 0, done.err
    found = done.document
    assert [one in found["models"][0]["name"], other in found["models"][1]["name"]] == [True] * 2
    assert found["images"] == 8
    assert {Path(each["path"]).name for each in found["failed"]} == {"broken.jpg", "notes.txt"}
    models = [load_predictor(project / "runs" / name) for name in (one, other)]
    for answer in found["answers"]:
        said = [model.predict(Path(answer["path"])) for model in models]
        assert answer["labels"] == [each.best.label for each in said]
        gap = np.abs(said[0].probabilities - said[1].probabilities).max()
        assert answer["difference"] == pytest.approx(gap, abs=1e-5)
    same = sum(len(set(answer["labels"])) == 1 for answer in found["answers"])
    assert found["agreeing"] == same
    # Only pictures that were held back say something about accuracy.
    with Project.open(project, read_only=True) as opened:
        assert found["accuracy"]["images"] == len(load_dataset(opened).subset("val"))


def test_that_without_images_those_for_validation_are_taken(
    command: Command, project: Path, tmp_path: Path
) -> None:
    one, other = runs(project)
    table = tmp_path / "answers.csv"
    done = command("compare", project, project, "--run-a", one, "--run-b", other, "--csv", table)
    assert done.code == 0, done.err
    assert "They agree on" in done.out
    assert "Most different images" in done.out
    assert "thread(s)" in done.out
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    assert {row["truth"] for row in rows} == set(CLASSES)
    assert all((row["agree"] == "yes") == (row["label_a"] == row["label_b"]) for row in rows)


def test_that_nothing_to_compare_on_is_said_in_words(
    command: Command, project: Path, pictures: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "elsewhere"
    (project / "runs" / runs(project)[0]).rename(alone)
    done = command("compare", alone, alone)
    assert done.code == 1
    assert "no images to compare on" in done.err
    done = command("compare", alone, alone, pictures / "ants" / "notes.txt")
    assert done.code == 1
    assert "none of 1 files" in done.err


def test_that_models_without_a_shared_class_are_refused(
    command: Command, project: Path, pictures: Path
) -> None:
    with Project.open(project) as opened:
        other = write_run(opened, ("cat", "dog"), size=32, seed=3)
    done = command("compare", project / "runs" / runs(project)[0], other, pictures, "--json")
    assert done.code == 1
    assert "none of the same classes" in done.document["error"]
    assert "cat, dog" in done.document["hint"]


@pytest.mark.parametrize("kind", ["text", "cut", "pickle", "folder", "unfinished", "nothing"])
def test_that_what_is_no_model_is_refused_in_words(
    command: Command, project: Path, pictures: Path, tmp_path: Path, kind: str
) -> None:
    wrong = tmp_path / {"pickle": "weights.pt", "folder": "folder"}.get(kind, "model.onnx")
    content = {"text": b"Hello", "cut": b"\x08\x08\x12\x07pytorch", "pickle": b"\x80\x04N."}
    if kind == "folder":
        wrong.mkdir()
    elif kind == "unfinished":
        wrong = project / "runs" / runs(project)[0]
        (wrong / "best.safetensors").unlink()
    elif kind in content:
        wrong.write_bytes(content[kind])
    good = project / "runs" / runs(project)[1]
    for models in ((wrong, good), (good, wrong)):
        done = command("compare", *models, pictures)
        assert done.code == 1
        assert done.err.startswith("error: ")
        assert "fault of the app" not in done.err
        assert done.out == ""


def test_that_evaluate_refuses_a_model_that_lacks_a_class(command: Command, project: Path) -> None:
    with Project.open(project) as opened:
        run = write_run(opened, ("ants", "wasps"), size=32, seed=3).name
    done = command("evaluate", project, "--run", run, "--json")
    assert done.code == 1
    assert "does not know 1 of the classes of these images: 蜜蜂" in done.document["error"]
    assert "ants, wasps" in done.document["hint"]
    assert not (project / "runs" / run / "answers.safetensors").exists()


def test_that_evaluate_says_that_a_model_knows_more_classes(
    command: Command, project: Path
) -> None:
    with Project.open(project) as opened:
        run = write_run(opened, ("wasps", "蜜蜂", "ants"), size=32, seed=3)
        samples = load_dataset(opened).subset("val")
    done = command("evaluate", project, "--run", run.name, "--json")
    assert done.code == 0
    assert "note: This model also knows wasps, which your data does not have." in done.err
    predictor = load_predictor(run)
    right = sum(
        predictor.predict(sample.path).best.label == sample.path.parent.name for sample in samples
    )
    assert done.document["accuracy"] == right / len(samples)


def test_that_evaluate_gives_every_figure_with_its_interval(
    command: Command, project: Path
) -> None:
    run = runs(project)[0]
    found = command("evaluate", project, "--run", run, "--json").document
    figures = ("accuracy", "balanced_accuracy", "macro_f1", "weighted_f1", "kappa", "mcc")
    for name in (*figures, "log_loss"):
        low, high = found["intervals"][name]
        assert low <= found[name] <= high, name
    assert (found["top5"], found["intervals"]["top5"]) == (None, None)  # two classes
    for report, ends in zip(found["per_class"], found["intervals"]["per_class"], strict=True):
        for name, (low, high) in ends.items():
            assert low - 1e-12 <= report[name] <= high + 1e-12
    out = command("evaluate", project, "--run", run).out
    for words in ("95 % interval", "Balanced accuracy", "Cohen's kappa", "Matthews", "Log-loss"):
        assert words in out
    assert "Top-5" not in out


def test_that_one_image_is_said_to_be_too_few(
    command: Command, project: Path, tmp_path: Path
) -> None:
    with Project.open(project) as opened:
        picture = load_dataset(opened).subset("val")[0].path
    (tmp_path / "one" / picture.parent.name).mkdir(parents=True)
    shutil.copy(picture, tmp_path / "one" / picture.parent.name)
    asked = ("evaluate", project, "--on", tmp_path / "one")
    assert command(*asked, "--json").document["intervals"]["log_loss"] == [0.0, None]
    assert "too few images" in command(*asked).out


def test_that_a_model_is_tried_on_a_folder_that_is_not_in_the_project(
    command: Command, project: Path, pictures: Path
) -> None:
    run = runs(project)[0]
    found = command("evaluate", project, "--run", run, "--on", pictures, "--json").document
    assert (found["split"], found["images"]) == ("test", 8)
    assert [Path(failed["path"]).name for failed in found["failed"]] == ["broken.jpg"]
    alone = command("evaluate", project / "runs" / run, "--on", pictures, "--json").document
    assert alone["confusion"] == found["confusion"]
    assert "no such folder" in command("evaluate", project, "--on", pictures / "x").err


def test_that_images_worth_a_label_are_chosen(
    command: Command, project: Path, pictures: Path
) -> None:
    chosen = command("data", "label-next", project, pictures, "--count", "3", "--json").document
    paths = [Path(each["path"]) for each in chosen["images"]]
    assert len(set(paths)) == 3
    assert all(path.suffix == ".jpg" and path.name != "broken.jpg" for path in paths)
    first = chosen["images"][0]
    probabilities = sorted(
        load_predictor(project).predict(paths[0]).probabilities.tolist(), reverse=True
    )
    assert first["margin"] == pytest.approx(probabilities[0] - probabilities[1], abs=1e-5)
    nothing = command("data", "label-next", project, pictures / "ants" / "notes.txt")
    assert nothing.code == 1
    assert "None of the 1 files is an image" in nothing.err


def test_that_each_image_and_its_answer_are_written_worst_first(
    command: Command, project: Path, pictures: Path, tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    done = command("evaluate", project, "--on", pictures, "--csv", file, "--json").document
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == done["images"] == 8
    assert all(Path(row["path"]).parent.name == row["true"] for row in rows)
    shares = [float(row["true_probability"]) for row in rows]
    assert shares == sorted(shares)
    right = [row["right"] == "yes" for row in rows]
    assert sum(right) / 8 == done["accuracy"]
    assert right == [row["true"] == row["answer"] for row in rows]
    predictor = load_predictor(project)
    answer = predictor.predict(Path(rows[0]["path"])).top(1)[0]
    assert answer.label == rows[0]["answer"]
    assert answer.probability == pytest.approx(float(rows[0]["confidence"]), abs=1e-4)
