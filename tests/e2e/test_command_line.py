"""The whole job from the command line, once and tiny; then each command on its results."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from PIL import Image

from effnet_studio.cli import demo
from effnet_studio.cli.main import run
from effnet_studio.engine.data.sample import samples
from effnet_studio.engine.explain.health import Verdict
from effnet_studio.engine.explain.names import Method

REPOSITORY = Path(__file__).resolve().parents[2]

TINY: dict[str, Any] = {
    **demo.SETTINGS,
    "weights": "none",
    "image_size": 32,
    "epochs": 1,
    "batch_size": 8,
}


@dataclass(frozen=True)
class Demo:
    """A finished demonstration."""

    folder: Path
    document: Any
    remarks: str

    @property
    def project(self) -> Path:
        return self.folder / demo.PROJECT

    @property
    def image(self) -> Path:
        return next((self.folder / demo.PICTURES).rglob("*.jpg"))

    @property
    def onnx(self) -> Path:
        return Path(self.document["export"][0]["file"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration with five pictures a class, one epoch and a small network."""
    folder = tmp_path_factory.mktemp("demo") / "my demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "SETTINGS", TINY)
        patch.setattr(samples, "IMAGES_PER_CLASS", 5)
        code, out, err = call("demo", "--out", folder, "--epochs", 1, "--json")
    assert code == 0, err
    return Demo(folder, json.loads(out), err)


def call(*arguments: object) -> tuple[int, str, str]:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return code, out.getvalue(), err.getvalue()


def size_of(picture: Path | str) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size


def documents(*arguments: object) -> Any:
    code, out, err = call(*arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_that_the_demo_does_the_whole_job(made: Demo) -> None:
    found = made.document
    assert found["train"]["epochs"] == 1
    assert found["evaluate"]["images"] >= 6
    assert len(found["predict"]) == 6
    assert all(size_of(path) == (520, 256) for path in found["explain"])
    plain, small = found["export"]
    assert plain["format"] == "onnx"
    assert plain["agreement"] == 1.0
    assert plain["ok"]
    assert small["format"] == "onnx-int8"
    assert small["bytes"] < plain["bytes"] / 2
    assert "Epoch 1/1" in made.remarks
    assert "Warning" not in made.remarks  # a first look needs no worry


def test_that_evaluating_gives_the_same_figures_as_the_demo(made: Demo) -> None:
    found = documents("evaluate", made.project)
    assert found["accuracy"] == made.document["evaluate"]["accuracy"]
    assert found["run"] == made.document["train"]["run"]
    confusion = np.array(found["confusion"])
    assert confusion.shape == (len(found["classes"]),) * 2
    assert confusion.sum() == found["images"]
    assert np.trace(confusion) / found["images"] == pytest.approx(found["accuracy"])
    assert {row["label"] for row in found["per_class"]} == set(found["classes"])
    code, out, _ = call("evaluate", made.project)
    assert code == 0
    assert "Precision" in out


def test_that_project_run_and_exported_file_give_the_same_answers(
    made: Demo, tmp_path: Path
) -> None:
    run_dir = made.document["train"]["folder"]
    table = tmp_path / "answers.csv"
    answers = [
        documents("predict", model, made.image, "--top", 3)
        for model in (made.project, run_dir, made.onnx)
    ]
    answers.append(documents("predict", made.project, made.image, "--top", 3, "--csv", table))
    labels = [[answer["label"] for answer in found[0]["top"]] for found in answers]
    assert all(row == labels[0] for row in labels)
    assert len(labels[0]) == 3
    probabilities = [[answer["probability"] for answer in found[0]["top"]] for found in answers]
    np.testing.assert_allclose(probabilities, [probabilities[0]] * 4, atol=1e-4)
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert rows[0]["path"] == str(made.image)
    assert rows[0]["label_1"] == labels[0][0]


def test_that_the_lines_for_python_do_what_the_page_says(made: Demo, tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "python.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {
        "project": made.project,
        "photo": made.image,
        "folder": made.image.parent,
        "out": tmp_path,
    }
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    assert names["answer"].best.label in names["predictor"].classes
    pictures = list(made.image.parent.glob("*.jpg"))
    assert len(names["verdicts"]) == len(pictures) == len(names["table"].splitlines()) - 1
    assert size_of(tmp_path / "why.png") == (32, 32)
    assert names["health"].verdict in Verdict
    assert names["neighbour"].path.is_file()
    assert names["found"].accuracy.low < names["checked"].accuracy + 1e-9


def test_that_the_training_images_most_alike_are_named(made: Demo, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"nothing")
    found, refused = documents("predict", made.project, made.image, bad, "--nearest", 3)
    assert len(found["nearest"]) == 3
    similar = [each["similarity"] for each in found["nearest"]]
    assert similar == sorted(similar, reverse=True)
    assert all(Path(each["path"]).parent.name == each["label"] for each in found["nearest"])
    assert found["like_none"] in {True, False}
    assert "nearest" not in refused
    code, out, _ = call("predict", made.project, made.image, "--nearest", 2)
    assert code == 0
    assert "Most like these training images" in out
    code, _, err = call("predict", made.onnx, made.image, "--nearest", 2)
    assert code == 1
    assert "knows no training images" in err


def test_that_a_folder_gets_one_verdict_for_each_file(made: Demo, tmp_path: Path) -> None:
    folder = tmp_path / "bunt 🐝"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(made.image.read_bytes())
    (folder / "b.jpg").write_bytes(b"nothing")
    found = documents("predict", made.project, folder)
    assert [Path(entry["path"]).name for entry in found] == ["a.jpg", "b.jpg"]
    assert "top" in found[0]
    assert found[1]["error"]
    code, out, err = call("predict", made.project, folder / "b.jpg", "--json")
    assert code == 1
    assert json.loads(out)[0]["error"]
    assert err.splitlines()[-1].startswith("error: none of 1 files")


@pytest.mark.parametrize("method", list(Method))
def test_that_explanations_are_pictures(method: Method, made: Demo, tmp_path: Path) -> None:
    file, numbers = tmp_path / f"{method}.png", tmp_path / "raw.npy"
    wishes = ("--method", method, "--out", file, "--save-array", numbers)
    found = documents("explain", made.project, made.image, *wishes)
    assert found["file"] == str(file)
    assert found["method"] == method
    assert size_of(file) == (520, 256)
    raw = np.load(numbers, allow_pickle=False)
    assert raw.dtype == np.float32
    assert raw.ndim == 2
    assert "health" not in found
    assert found.get("channels") == (256 if method is Method.SCORECAM else None)


def test_that_layer_class_and_rival_can_be_chosen(made: Demo, tmp_path: Path) -> None:
    first, second = made.document["evaluate"]["classes"][:2]
    shown = ("explain", made.project, made.image, "--out", tmp_path / "x.png")
    arrays = []
    for number, rival in enumerate(((), ("--against", second))):
        file = tmp_path / f"{number}.npy"
        wishes = ("--class", first, "--layer", "Stage 3", "--save-array", file, *rival)
        found = documents(*shown, *wishes)
        assert found["label"] == first
        assert found["against"] == (second if rival else None)
        assert found["layer"] != documents(*shown)["layer"]
        arrays.append(np.load(file))
    assert arrays[0].shape == arrays[1].shape
    assert not np.array_equal(*arrays)
    code, out, _ = call(*shown, "--class", first, "--against", second)
    assert code == 0
    assert f"and not {second}" in out


def test_that_a_map_is_checked_on_request(made: Demo, tmp_path: Path) -> None:
    shown = ("explain", made.project, made.image, "--out", tmp_path / "x.png", "--health")
    health = documents(*shown)["health"]
    assert Verdict(health["verdict"])
    assert health["reason"]
    assert len(health["deletion"]) == len(health["shares"])
    assert health["gain"] == pytest.approx(health["insertion_area"] - health["deletion_area"])
    code, out, _ = call(*shown)
    assert code == 0
    assert health["reason"] in out


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (("--class", "unicorn"), "unicorn"),
        (("--against", "unicorn"), "unicorn"),
        (("--layer", "Stage 99"), "no layer named Stage 99"),
        (("--layer", "classifier"), "no map that could be shown"),
        (("--method", "se", "--health"), "Only class activation maps"),
        (("--method", "eigencam", "--class", "CLASS"), "does not depend on a class"),
        (("--class", "CLASS", "--against", "CLASS"), "compared with itself"),
        (("--save-array", "nowhere/x.npy"), "cannot be reached"),
    ],
)
def test_that_impossible_explanations_are_refused_in_words(
    wishes: tuple[str, ...], words: str, made: Demo, tmp_path: Path
) -> None:
    name = made.document["evaluate"]["classes"][0]
    chosen = [name if wish == "CLASS" else wish for wish in wishes]
    code, out, err = call("explain", made.project, made.image, "--out", tmp_path / "x.png", *chosen)
    assert code == 1
    assert not out
    assert words in err.splitlines()[-1]
    assert "Traceback" not in err


def test_that_an_exported_file_is_not_explained(made: Demo, tmp_path: Path) -> None:
    code, _, err = call("explain", made.onnx, made.image, "--out", tmp_path / "x.png")
    assert code == 1
    assert "is an exported file; nobody can look inside it" in err.splitlines()[-1]


def test_that_a_second_demo_keeps_the_first_and_the_pictures(
    made: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo.is_demo(made.folder)
    monkeypatch.chdir(made.folder.parent)
    assert demo.default_folder() == made.folder.parent / demo.FOLDER
    (made.folder.parent / demo.FOLDER / "precious.txt").write_text("mine")
    assert demo.default_folder() == made.folder.parent / f"{demo.FOLDER}-2"


def test_that_an_exported_file_is_asked_without_loading_torch(made: Demo) -> None:
    script = (
        "import sys; from effnet_studio.cli.main import run; code = run(sys.argv[1:]); "
        "sys.exit(code or 10 * ('torch' in sys.modules))"
    )
    command = [sys.executable, "-c", script, "predict", str(made.onnx), str(made.image), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)[0]["top"]) == 5


def test_that_a_file_opens_in_onnxruntime_alone(made: Demo) -> None:
    session = onnxruntime.InferenceSession(str(made.onnx))
    probabilities, certainty, none = session.run(
        None, {"image": np.zeros((2, 50, 40, 3), dtype=np.uint8)}
    )
    assert probabilities.shape == (2, 6)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(certainty, probabilities.max(axis=1), rtol=1e-5)
    assert not none.any()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to whole consoles only")
def test_that_ctrl_c_stops_training_and_keeps_the_best(made: Demo) -> None:
    settings = [f"--set={key}={TINY[key]}" for key in ("image_size", "batch_size", "augmentation")]
    command = [sys.executable, "-m", "effnet_studio", "train", str(made.project), "--json"]
    command += ["--model", TINY["model"], "--weights", "none", "--epochs", "999", *settings]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ.copy()
    ) as process:
        assert process.stderr is not None
        deadline = time.monotonic() + 120
        while "Epoch 1/" not in (line := process.stderr.readline()):
            assert line, "the training ended by itself"
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopping" in err
    found = json.loads(out)
    assert found["stopped"]
    assert 1 <= found["epochs"] < 999
    evaluated = documents("evaluate", made.project, "--run", found["run"])
    assert evaluated["images"] == made.document["evaluate"]["images"]
