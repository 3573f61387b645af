"""Names of classes that mean something to browsers, programs or tables are only names."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from PIL import Image

from effnet_studio.engine.data.edits import rename_class
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.export.bundle.python import python_part
from effnet_studio.engine.export.certificate.page import write_page
from effnet_studio.engine.export.certificate.record import Difference, read_record
from effnet_studio.engine.export.certificate.staleness import stale_reasons
from effnet_studio.engine.export.export import ExportResult, export_model
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = (
    "<b>&\"'</b>",
    "</script><script>alert(1)</script>",
    "two\nlines",
    "a\r\nb\u2028c\u0085d",
    "tab\tand | pipe",
    "\u202eעברית",
    "蜜蜂 🐝",
    "é" * 400,
    "$model ${x} {name} %s \\n \\",
    "[link](javascript:alert(1)) `code`",
)
ONE_A_LINE = {"two\nlines": "two lines", "a\r\nb\u2028c\u0085d": "a b c d"}


class Page(HTMLParser):
    """What a browser makes of a page: its elements, and the texts between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, ExportResult]]:
    """A web page's export of a model with such classes."""
    root = tmp_path_factory.mktemp("hostile")
    for number in range(len(NAMES)):
        folder = root / "photos" / f"class {number}"
        folder.mkdir(parents=True)
        for each in range(2):
            random = np.random.default_rng([number, each])
            pixels = random.integers(0, 255, (70, 80, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(folder / f"{each}.png")
    with torch_threads(1), Project.create(root / "p.effnet") as project:
        import_folder(project, root / "photos", val=0.5)
        for number, name in enumerate(NAMES):
            rename_class(project, f"class {number}", name)
        write_run(project, NAMES)
        yield project, export_model(project, target="web", out=root / "out")


def test_that_the_file_is_the_app_and_has_the_names(
    hostile: tuple[Project, ExportResult],
) -> None:
    project, result = hostile
    assert result.ok
    inside = {each.key: each.value for each in onnx.load(result.file).metadata_props}
    assert tuple(json.loads(inside[LABELS_KEY])) == NAMES
    assert set(load_dataset(project).classes) == set(NAMES)


def test_that_the_list_has_one_name_a_line(hostile: tuple[Project, ExportResult]) -> None:
    project, result = hostile
    lines = result.labels_file.read_text(encoding="utf-8").splitlines()
    assert lines == [ONE_A_LINE.get(name, name) for name in NAMES]
    older = dataclasses.replace(result, dataset_version="of yesterday")
    told = stale_reasons(older, project.find_run(None), load_dataset(project))
    assert [str(reason) for reason in told] == [
        "Images or labels have changed since; the certificate speaks of those before."
    ]


def test_that_the_certificate_shows_names_as_they_are(
    hostile: tuple[Project, ExportResult], tmp_path: Path
) -> None:
    project, result = hostile
    dataset = load_dataset(project)
    differing = tuple(
        Difference(dataset.samples[0].id, f"{name}/1.png", name, name, name) for name in NAMES
    )
    result = dataclasses.replace(result, file=tmp_path / "m.onnx", differing=differing)
    write_page(result, dataset)
    page = Page(result.page_file.read_bytes().decode("utf-8"))
    assert "script" not in page.elements
    assert page.elements.count("b") == len(NAMES)  # titles of the pictures
    shown = "".join(page.texts)
    for name in NAMES:
        assert f"File: {name}".replace("\u202e", "") in shown  # what turns lines around is left out
    record = tmp_path / "m.certificate.json"
    record.write_text(json.dumps(result.to_json()), encoding="utf-8")
    assert read_record(record) == result


def test_that_the_card_and_the_readme_stay_what_they_are(
    hostile: tuple[Project, ExportResult],
) -> None:
    _, result = hostile
    card = result.file.with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    table = [line for line in card.split("\n") if line.startswith("| tab and ")]
    assert table
    assert all("tab and \\| pipe |" in line for line in table)
    assert "<script" not in card.replace("\\<script", "")
    assert "[link]" not in card
    readme = result.file.with_name("README.txt").read_text(encoding="utf-8")
    assert not any(name in readme for name in NAMES)


def test_that_the_web_page_has_them_as_data(hostile: tuple[Project, ExportResult]) -> None:
    _, result = hostile
    text = result.file.with_suffix(".html").read_text(encoding="utf-8")
    assert "alert(1)</script>" not in text
    assert json.dumps(NAMES[2])[1:-1] in text


def test_that_the_program_prints_them(
    hostile: tuple[Project, ExportResult], tmp_path: Path
) -> None:
    project, result = hostile
    app = load_predictor(project.find_run(None), device="cpu")
    part = python_part(result.file.name, app.preprocess)
    program = result.file.with_name("ask.py")
    program.write_text(next(iter(part.files.values())), encoding="utf-8")
    Image.new("RGB", (70, 60), "red").save(tmp_path / "red.png")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", program, tmp_path / "red.png"],
        check=True,
        capture_output=True,
    )
    program.unlink()
    told = done.stdout.decode("utf-8")
    for answer in app.predict(tmp_path / "red.png").top(5):
        assert f"{answer.label} {100 * answer.probability:.1f} %" in told
