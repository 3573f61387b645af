"""The server beside an exported file: what can be said of it without installing FastAPI."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from effnet_studio.engine.export.bundle.server import server_part
from effnet_studio.engine.predict.predictor import load_predictor, read_pixels
from tests.engine.export.bundle.hard_pictures import draw_jpeg_and_png, draw_others

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.export.conftest import Exported

ASK = """
import hashlib, json, sys
from pathlib import Path
from classifier import Classifier, PictureError, read_picture

model = Classifier(Path(sys.argv[1]))
for name in sys.argv[2:]:
    try:
        with open(name, "rb") as file:
            pixels = read_picture(file, model.enough)
        verdict = model.judge(pixels)
        answers = {each.label: each.probability for each in verdict.answers}
        digest = hashlib.sha256(pixels.tobytes()).hexdigest()
        print(json.dumps([pixels.shape, digest, verdict.none_of_these, answers]))
    except PictureError as error:
        print(json.dumps([type(error).__name__, str(error)]))
"""


@pytest.fixture(scope="module")
def folder(exported: Exported, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's files beside a model."""
    folder = tmp_path_factory.mktemp("server")
    model = exported.result.file
    shutil.copy(model, folder)
    for name, text in server_part(model.name).files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def ask(folder: Path, model: str, files: list[Path]) -> list[list[Any]]:
    """Read pictures and answer with the server's own functions, in a program of its own."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", ASK, model, *map(str, files)],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_that_it_reads_every_kind_of_picture_as_the_app_does(
    folder: Path, exported: Exported, tmp_path: Path
) -> None:
    files = draw_jpeg_and_png(tmp_path / "usual") + draw_others(tmp_path / "others")
    app = load_predictor(exported.project.root, device="cpu")
    found = ask(folder, exported.result.file.name, files)
    for file, (shape, digest, rejected, answers) in zip(files, found, strict=True):
        pixels = read_pixels(file, app.preprocess)
        assert (tuple(shape), digest) == (pixels.shape, sha256(pixels.tobytes()).hexdigest()), file
        expected = app.predict(file)
        assert rejected is expected.rejected
        told = [answers[label] for label in app.classes]
        np.testing.assert_allclose(told, expected.probabilities, atol=1e-4, err_msg=str(file))
        assert list(answers.values()) == sorted(told, reverse=True)


def test_that_what_is_no_picture_is_refused_with_a_sentence(
    folder: Path, exported: Exported, tmp_path: Path
) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    whole = draw_jpeg_and_png(tmp_path / "usual")[0].read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "bomb.png").write_bytes(huge_png(40_000))
    (tmp_path / "empty.png").write_bytes(b"")
    names = ["text.jpg", "empty.png", "cut.jpg", "bomb.png"]
    found = ask(folder, exported.result.file.name, [tmp_path / name for name in names])
    assert [kind for kind, _ in found] == [
        "UnknownFormatError",
        "UnknownFormatError",
        "DamagedError",
        "TooLargeError",
    ]
    assert all(sentence.endswith(".") for _, sentence in found)
    assert "40000 × 40000 pixels" in found[3][1]


def huge_png(side: int) -> bytes:
    """A small file that says it is a very large picture."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(name + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + name + content + checksum

    size = side.to_bytes(4, "big")
    head = chunk(b"IHDR", size + size + bytes([8, 2, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_that_it_answers_what_its_page_and_its_health_check_ask(folder: Path) -> None:
    tree = ast.parse((folder / "server.py").read_text(encoding="utf-8"))
    routes = {
        (decorator.func.attr, decorator.args[0].value): node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and isinstance(decorator.args[0], ast.Constant)
    }
    assert routes == {("post", "/predict"): "predict", ("get", "/health"): "health",
                      ("get", "/"): "page"}  # fmt: skip
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert 'fetch("predict", { method: "POST"' in page
    assert "innerHTML" not in page, "class names are text"
    assert "//" not in page.replace("<!--", ""), "nothing is loaded from elsewhere"


def test_that_the_container_holds_what_the_server_needs_and_no_more(folder: Path) -> None:
    kept = {
        line[1:]
        for line in (folder / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    lies_there = {file.name for file in folder.iterdir()}
    assert lies_there - kept == {".dockerignore", "Dockerfile"}
    assert kept <= lies_there
    recipe = (folder / "Dockerfile").read_text(encoding="utf-8")
    assert recipe.index("USER server") > recipe.index("COPY . .")
    assert "HEALTHCHECK" in recipe
    assert "/health" in recipe


def test_that_any_file_name_stays_inside_its_quotes() -> None:
    name = 'a "b" \\ 蜜蜂.onnx'
    tree = ast.parse(server_part(name).files["server.py"])
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert strings.count(name) == 2
