"""``watch`` in a process of its own: answers come line by line, Ctrl+C ends it well."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A run of a small random network."""
    with Project.create(tmp_path / "p.effnet") as project:
        return write_run(project, ("ant", "bee"), size=32)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process there")
def test_that_pictures_are_answered_as_they_come_until_ctrl_c(model: Path, tmp_path: Path) -> None:
    folder, table = tmp_path / "in", tmp_path / "answers.csv"
    folder.mkdir()
    Image.new("RGB", (40, 30), "red").save(folder / "old.png")
    words = [sys.executable, "-m", "effnet_studio", "watch", model, folder, "--existing", "--json"]
    more = ["--csv", table, "--seconds", "0.02", "--top", "1"]
    with subprocess.Popen(
        [str(word) for word in [*words, *more]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = json.loads(process.stdout.readline())
        Image.new("RGB", (40, 30), "blue").save(tmp_path / "new.png")
        shutil.move(tmp_path / "new.png", folder / "new.png")
        second = json.loads(process.stdout.readline())
        (folder / "broken.jpg").write_bytes(b"no image")
        third = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait(30) == 0
    assert [each["path"].rpartition("/")[2] for each in (first, second, third)] == [
        "old.png",
        "new.png",
        "broken.jpg",
    ]
    assert first["top"][0]["label"] in {"ant", "bee"}
    assert third["error"]
    assert "2 pictures judged, 1 could not be judged" in said
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [row["path"] for row in rows] == [each["path"] for each in (first, second, third)]
    assert rows[0]["label_1"] == first["top"][0]["label"]
    assert rows[2]["error"]


def test_that_a_folder_that_is_not_there_is_said(
    command: Command, model: Path, tmp_path: Path
) -> None:
    done = command("watch", model, tmp_path / "nowhere")
    assert done.code == 1
    assert "no folder" in done.err
