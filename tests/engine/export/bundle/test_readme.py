"""A folder of an export explains itself."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.export.bundle.cpp import cpp_part
from effnet_studio.engine.export.bundle.python import python_part
from effnet_studio.engine.export.bundle.readme import readme_text
from effnet_studio.engine.export.bundle.requirements import requirements_text
from effnet_studio.engine.export.bundle.server import server_part
from effnet_studio.engine.export.certificate.record import ExportFormat
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from effnet_studio.engine.export.bundle.part import Part

MODEL = "my flowers.onnx"
PARTS = [python_part(MODEL, Preprocess(size=64, resize=72)), server_part(MODEL), cpp_part(MODEL)]


def test_that_packages_are_pinned_to_what_the_app_runs_with() -> None:
    lines = requirements_text({"fastapi": "1.2.3"}).splitlines()
    assert lines[0] == "fastapi==1.2.3"
    assert f"onnxruntime=={importlib.metadata.version('onnxruntime')}" in lines
    assert f"pillow=={importlib.metadata.version('pillow')}" in lines
    assert lines == sorted(lines)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: str(part.title))
def test_that_every_file_of_a_program_is_told_of(part: Part) -> None:
    assert part.files.keys() == part.about.keys()
    text = readme_text("Flowers", [MODEL], [part])
    for name in (MODEL, *part.files):
        assert f"\n  {name}\n      " in text
    for number, step in enumerate(part.steps, start=1):
        assert f"\n  {number}. {step.text}\n         {step.command}" in text


def test_that_it_is_told_in_the_readers_language() -> None:
    names = [MODEL, "a.labels.txt", "certificate.html", "MODEL_CARD.md", "unknown.dat"]
    text = readme_text("Flowers", names, PARTS, words=lambda message: f"«{message}»")
    assert "unknown.dat" not in text
    names_and_commands = (MODEL, "Flowers", *names, *(name for p in PARTS for name in p.files))
    for line in filter(None, map(str.strip, text.splitlines())):
        told = line.endswith("»")
        command = any(line == step.command for part in PARTS for step in part.steps)
        assert told or command or line in names_and_commands


def test_that_the_network_alone_takes_no_images_whatever_it_is_called() -> None:
    text = readme_text("Flowers", [MODEL], [], format=ExportFormat.ONNX_TENSOR)
    assert f"{MODEL}\n      The model. It takes prepared images" in text
    assert "takes images as they are" in readme_text("Flowers", [MODEL], [])
