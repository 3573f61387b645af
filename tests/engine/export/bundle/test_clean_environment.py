"""Programs beside an exported file, each in an environment that has what it asks for and no more.

``pytest -m bundle -n 0 -s`` on this file. It needs the package index and photographs; the program
in C++ also CMake, a compiler, and the folder of onnxruntime's headers in ``ONNXRUNTIME_INCLUDE``.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
import pytest

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.rejection import keep_threshold
from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
from effnet_studio.engine.export.bundle.cpp import cpp_part
from effnet_studio.engine.export.bundle.python import python_part
from effnet_studio.engine.export.bundle.server import server_part
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import Score
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.launch import train
from tests.engine.export.bundle.hard_pictures import draw_jpeg_and_png, draw_others
from tests.engine.export.bundle.test_server import huge_png

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.export.bundle.part import Part
    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.preprocess import Preprocess

pytestmark = [pytest.mark.bundle, pytest.mark.timeout(1800)]

LEARNED, ASKED = 16, 10
"""Images of each of the five flowers that the model learns from, and that it is asked about."""

Told = tuple[bool, list[tuple[str, float]]]
"""Whether a program said "none of these", and its classes in order with what it gave each,
percent."""


@dataclass(frozen=True)
class Flowers:
    """An exported model, photographs it has not seen, and what the app says of them."""

    model: Path
    preprocess: Preprocess
    photographs: list[Path]
    answers: list[Prediction]
    hard: list[Path]
    hard_answers: list[Prediction]


@pytest.fixture(scope="module")
def flowers(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Flowers:
    folder = tmp_path_factory.mktemp("flowers")
    photographs = []
    for source in sorted((shared_data / "photos" / "flowers").iterdir()):
        files = sorted(source.glob("*.jpg"))
        target = folder / "photos" / source.name
        target.mkdir(parents=True)
        for file in files[:LEARNED]:
            shutil.copy(file, target)
        photographs += files[LEARNED : LEARNED + ASKED]
    hard = draw_jpeg_and_png(folder / "hard")
    with Project.create(folder / "flowers.effnet") as project:
        import_folder(project, folder / "photos", val=0.25)
        train(project, make_config(Preset.INSTANT, model="efficientnet_b0"))
        run = project.find_run(None)
        found = evaluate_run(run, load_dataset(project), device="cpu")
        keep_threshold(run, found, float(np.median(found.confidence)), Score.CONFIDENCE)
        result = export_model(project, out=folder / "export")
        app = load_predictor(project.root, device="cpu")
        return Flowers(
            result.file,
            app.preprocess,
            photographs,
            [app.predict(file) for file in photographs],
            hard,
            [app.predict(file) for file in hard],
        )


def lay_out(folder: Path, model: Path, part: Part) -> None:
    """Write a bundle."""
    folder.mkdir()
    shutil.copy(model, folder)
    for name, text in part.files.items():
        (folder / name).write_text(text, encoding="utf-8")


def clean_python(folder: Path) -> Path:
    """Make an environment that has what a bundle asks for."""
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    requirements = str(folder / "requirements.txt")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--requirement", requirements]
    subprocess.run(pip, check=True)
    return python


def told_in(line: str) -> Told:
    """What a program printed of a picture."""
    told = line.split("\t")[1:]
    found = [re.fullmatch(r"(.*) (\d+\.\d) %", each) for each in told]
    return told[0] == "none of these", [(match[1], float(match[2])) for match in found if match]


def check(program: str, answers: list[Prediction], told: list[Told]) -> None:
    """A program must give the app's five likeliest classes, in their order."""
    assert len(told) == len(answers)
    worst = 0.0
    for answer, (none, given) in zip(answers, told, strict=True):
        assert none is answer.rejected
        expected = answer.top(5)
        assert [label for label, _ in given] == [each.label for each in expected]
        worst = max(
            worst,
            *(
                abs(share - 100 * each.probability)
                for (_, share), each in zip(given, expected, strict=True)
            ),
        )
    assert worst <= 0.0501, "printed with one decimal"
    none = sum(answer.rejected for answer in answers)
    assert 0 < none < len(answers)
    print(
        f"\n{program}: {len(told)} pictures, the same top 5 and the same {none} are none of these; "
        f"at most {worst:.6f} points apart"
    )


def test_that_the_python_program_gives_the_apps_answers(flowers: Flowers, tmp_path: Path) -> None:
    part = python_part(flowers.model.name, flowers.preprocess)
    lay_out(tmp_path / "bundle", flowers.model, part)
    python = clean_python(tmp_path / "bundle")
    program = next(name for name in part.files if name.endswith(".py"))
    done = subprocess.run(
        [str(python), "-X", "utf8", program, *map(str, flowers.photographs)],
        cwd=tmp_path / "bundle",
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    check("Python", flowers.answers, [told_in(line) for line in done.stdout.splitlines()])


def test_that_the_program_in_cpp_gives_the_apps_answers(flowers: Flowers, tmp_path: Path) -> None:
    headers = os.environ.get("ONNXRUNTIME_INCLUDE")
    if headers is None or shutil.which("cmake") is None:
        pytest.skip("needs CMake, and ONNXRUNTIME_INCLUDE: the folder of onnxruntime_cxx_api.h")
    lay_out(tmp_path / "bundle", flowers.model, cpp_part(flowers.model.name))
    root = tmp_path / "onnxruntime"
    (root / "lib").mkdir(parents=True)
    (root / "include").symlink_to(headers)
    library = next(Path(onnxruntime.__file__).parent.glob("capi/libonnxruntime.so.1*"))
    for name in ("libonnxruntime.so", "libonnxruntime.so.1"):
        (root / "lib" / name).symlink_to(library)
    warnings = "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"
    configure = ["cmake", "-S", ".", "-B", "build", f"-DONNXRUNTIME_ROOT={root}", warnings]
    for command in (configure, ["cmake", "--build", "build"]):
        subprocess.run(command, cwd=tmp_path / "bundle", check=True)
    (tmp_path / "cut.jpg").write_bytes(flowers.photographs[0].read_bytes()[:3000])
    (tmp_path / "huge.png").write_bytes(huge_png(40_000))
    files = [*flowers.photographs, *flowers.hard]
    refused = [tmp_path / "cut.jpg", tmp_path / "huge.png", tmp_path / "none.jpg"]
    done = subprocess.run(
        ["build/classify", flowers.model.name, *map(str, files + refused)],
        cwd=tmp_path / "bundle",
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    expected = flowers.answers + flowers.hard_answers
    check("C++", expected, [told_in(line) for line in done.stdout.splitlines()])
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{refused[0]}: The picture is damaged: Premature end of JPEG file.",
        f"{refused[1]}: The picture is too large.",
        f"{refused[2]}: There is no such file.",
    ]


@contextlib.contextmanager
def running(python: Path, folder: Path) -> Iterator[int]:
    """Start the server as its README says, on a port of this computer that is free."""
    command = [str(python), "-m", "uvicorn", "server:app", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stderr is not None
            started = (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in server.stderr)
            yield next(int(match[1]) for match in started if match)
        finally:
            server.terminate()


def post(port: int, content: bytes, field: str = "file", query: str = "") -> tuple[int, Any]:
    """Send a picture as a browser does."""
    edge = "a-line-that-is-in-no-picture"
    form = (
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="picture"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode() + content
    body = form + f"\r\n--{edge}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    with contextlib.closing(connection):
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        connection.request("POST", f"/predict{query}", body, kind)
        reply = connection.getresponse()
        return reply.status, json.loads(reply.read())


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    with contextlib.closing(connection):
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()


def told_by_server(reply: tuple[int, Any]) -> Told:
    assert reply[0] == 200, reply
    answers = [(each["label"], 100 * each["probability"]) for each in reply[1]["answers"]]
    return reply[1]["none_of_these"], answers


def test_that_the_server_gives_the_apps_answers(flowers: Flowers, tmp_path: Path) -> None:
    lay_out(tmp_path / "bundle", flowers.model, server_part(flowers.model.name))
    python = clean_python(tmp_path / "bundle")
    files = [*flowers.photographs, *flowers.hard]
    with running(python, tmp_path / "bundle") as port:
        assert json.loads(get(port, "/health")[1])["classes"] == 5
        status, page = get(port, "/")
        assert status == 200
        assert "<form>" in page
        with ThreadPoolExecutor(4) as several:
            replies = list(several.map(lambda file: post(port, file.read_bytes()), files))
        told = [told_by_server(reply) for reply in replies]
        check("Server", flowers.answers + flowers.hard_answers, told)
        for file in draw_others(tmp_path / "others"):
            assert post(port, file.read_bytes())[0] == 200
        photograph = flowers.photographs[0].read_bytes()
        assert len(post(port, photograph, query="?top=2")[1]["answers"]) == 2
        check_refusals(port, photograph)
        assert get(port, "/health")[0] == 200, "it lives on"


def check_refusals(port: int, photograph: bytes) -> None:
    replies = {
        "no picture": post(port, b"no picture"),
        "cut short": post(port, photograph[:3000]),
        "too many pixels": post(port, huge_png(40_000)),
        "too many bytes": post(port, bytes(20_000_001)),
        "another field": post(port, photograph, field="image"),
        "no answers wanted": post(port, photograph, query="?top=0"),
    }
    assert {name: status for name, (status, _) in replies.items()} == {
        "no picture": 415,
        "cut short": 422,
        "too many pixels": 413,
        "too many bytes": 413,
        "another field": 422,
        "no answers wanted": 422,
    }
    for _, body in replies.values():
        assert body.keys() == {"detail"}
        assert body["detail"].endswith(".")
