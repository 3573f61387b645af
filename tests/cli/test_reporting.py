"""``effnet-studio report``: files by their suffix, languages, and what it says when it cannot."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from effnet_studio.gui.i18n import install_language
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes with ten pictures each, half of them for validation, and a random model."""
    import torch

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("report")
    random = np.random.default_rng(2)
    for name in ("ants", "bees"):
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(10):
            pixels = random.integers(0, 256, (40, 50, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(folder / "pictures" / name / f"{name}{number}.png")
    with Project.create(folder / "p.effnet") as opened:
        import_folder(opened, folder / "pictures", val=0.5)
        write_run(opened, ("ants", "bees"), size=32)
    return folder / "p.effnet"


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    app = QCoreApplication.instance()
    if app is not None:
        install_language(app, "en")


def test_that_page_and_card_are_written_and_told(
    command: Command, project: Path, tmp_path: Path
) -> None:
    page, card = tmp_path / "r.html", tmp_path / "card.md"
    done = command("report", project, "--out", page, "--card", card, "--json")
    assert done.code == 0, done.err
    assert done.document["split"] == "val"
    assert done.document["images"] == 10
    assert done.document["report"] == str(page)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert card.read_text(encoding="utf-8").startswith("---\n")
    again = command("report", project, "-o", page, "--no-pictures")
    assert again.code == 0
    assert "chose which epoch" in again.out
    assert "<img" not in page.read_text(encoding="utf-8")


def test_that_a_report_is_written_in_chinese_and_as_pdf(
    command: Command, project: Path, tmp_path: Path, english_again: None, qapp: Any
) -> None:
    page, pdf = tmp_path / "r.htm", tmp_path / "r.PDF"
    done = command("report", project, "--out", page, "--language", "zh_CN")
    assert done.code == 0, done.err
    assert "训练" in page.read_text(encoding="utf-8")
    assert command("report", project, "--out", pdf).code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_that_answers_are_kept_for_the_next_report(
    command: Command, project: Path, tmp_path: Path
) -> None:
    card = tmp_path / "card.md"
    command("evaluate", project)
    done = command("report", project, "--card", card)
    assert done.code == 0
    assert "images" not in done.err, "nothing had to be judged again"


def test_that_a_folder_outside_can_be_measured_on(
    command: Command, project: Path, tmp_path: Path
) -> None:
    card = tmp_path / "card.md"
    pictures = project.parent / "pictures"
    done = command("report", project, "--on", pictures, "--card", card, "--json")
    assert done.code == 0, done.err
    assert done.document["images"] == 20
    assert "images of the folder pictures" in card.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing to write"),
        (("--out", "r.docx"), "cannot be written as r.docx"),
        (("--card", "c.md", "--split", "test"), "no images"),
        (("--card", "c.md", "--run", "nobody"), "no training called"),
        (("--out", "nowhere/r.html"), "There is no folder nowhere"),
    ],
)
def test_that_a_wrong_wish_is_refused_in_words(
    command: Command, project: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = command("report", project, *arguments)
    assert done.code == 1
    assert words in done.err


def test_that_a_folder_has_no_parts(command: Command, project: Path, tmp_path: Path) -> None:
    card = tmp_path / "c.md"
    done = command("report", project, "--card", card, "--on", tmp_path, "--split", "val")
    assert done.code == 2
    assert "no parts" in done.err


def test_that_a_missing_qt_is_told_with_a_way_out(
    command: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = builtins.__import__

    def without_qt(name: str, *rest: Any) -> Any:
        if name.startswith("PySide6"):
            raise ImportError("libEGL.so.1: cannot open shared object file")
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_qt)
    done = command("report", project, "--out", tmp_path / "r.pdf")
    assert done.code == 1
    assert "libEGL" in done.err
    assert "English .html" in done.err
