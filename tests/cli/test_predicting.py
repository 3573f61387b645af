"""Many images from the command line: kept when stopped or killed, written, sorted."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.color_model import write_color_model

if TYPE_CHECKING:
    from tests.cli.conftest import Command

REPOSITORY = Path(__file__).resolve().parents[2]
COLORS = {"red": (250, 10, 10), "green": (10, 250, 10), "blue": (10, 10, 250)}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_color_model(tmp_path / "colours.onnx")


def paint(folder: Path, count: int) -> Path:
    """Pictures in red, green and blue by turns."""
    folder.mkdir()
    for number in range(count):
        color = list(COLORS.values())[number % 3]
        Image.new("RGB", (40, 30), color).save(folder / f"{number:04}.png")
    return folder


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a table as a spreadsheet reads them."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_that_tables_open_in_excel_and_as_json(
    command: Command, model: Path, tmp_path: Path
) -> None:
    photos = paint(tmp_path / "photos", 3)
    (photos / "bad.jpg").write_bytes(b"no image")
    table, document = tmp_path / "a.csv", tmp_path / "a.json"
    done = command("predict", model, photos, "--csv", table, "--json-file", document)
    assert done.code == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_table(table)
    assert [row["label_1"] for row in rows] == ["red", "green", "blue", ""]
    assert rows[3]["error"]
    answers = json.loads(document.read_text(encoding="utf-8"))
    assert [each["path"] for each in answers] == [row["path"] for row in rows]
    assert not list(tmp_path.glob("*.part"))


def test_that_a_killed_batch_goes_on_where_it_was(
    command: Command, model: Path, tmp_path: Path
) -> None:
    photos = paint(tmp_path / "photos", 600)
    table = tmp_path / "answers.csv"
    part = table.with_name("answers.csv.part")
    child = subprocess.Popen(
        [sys.executable, "-m", "effnet_studio", "predict", model, photos, "--csv", table],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while child.poll() is None and not (part.exists() and part.read_bytes().count(b"\n") > 40):
            time.sleep(0.002)
    finally:
        child.kill()
        child.wait()
    kept = part.read_bytes()
    assert 40 < kept.count(b"\n") < 600
    assert not table.exists()

    refused = command("predict", model, photos, "--csv", table)
    assert refused.code == 1
    assert "--resume" in refused.err
    assert part.read_bytes() == kept

    part.write_bytes(kept + b'{"path": "torn')
    done = command("predict", model, photos, "--csv", table, "--resume")
    assert done.code == 0
    before = kept.count(b"\n") - 1  # the first line names the model
    assert f"Going on: {before:,} files" in done.err
    assert [row["label_1"] for row in read_table(table)] == list(COLORS) * 200
    assert not part.exists()


def test_that_sorting_twice_and_into_the_same_folder_doubles_nothing(
    command: Command, model: Path, tmp_path: Path
) -> None:
    photos = paint(tmp_path / "photos", 6)
    (photos / "bad.jpg").write_bytes(b"no image")
    out = photos / "sorted"
    for _ in range(2):
        done = command("predict", model, photos, "--sort-into", out)
        assert done.code == 0
        found = sorted(str(path.relative_to(out)) for path in out.rglob("*.*"))
        assert found == sorted(f"{list(COLORS)[n % 3]}/{n:04}.png" for n in range(6))
        assert "bad.jpg" in done.out
    assert "6 of them were there already" in done.out


def test_that_unsure_images_have_a_folder_of_their_own(
    command: Command, model: Path, tmp_path: Path
) -> None:
    photos = paint(tmp_path / "photos", 3)
    out = tmp_path / "out"
    command("predict", model, photos, "--sort-into", out, "--least", "1", "--how", "symlink")
    links = sorted((out / "unsure").iterdir())
    assert [link.resolve() for link in links] == sorted(photos.iterdir())


def test_that_going_on_needs_a_table(command: Command, model: Path, tmp_path: Path) -> None:
    done = command("predict", model, paint(tmp_path / "photos", 1), "--resume")
    assert done.code == 2
    assert "--csv" in done.err
