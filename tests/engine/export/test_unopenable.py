"""Formats that are made here but open elsewhere: said before, and the file is not called ready."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.events import Event, ExportStep, StepStarted, Warned
from effnet_studio.engine.export.certificate.record import (
    RECORD_SUFFIX,
    ExportFormat,
    ExportResult,
    read_record,
)
from effnet_studio.engine.export.converters.coreml import unopenable
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.export.formats import FORMATS, spec_of
from effnet_studio.engine.export.place import is_file_name
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.engine.export.conftest import Exported


@dataclass(frozen=True)
class Unopened:
    """An export of a real file that this computer is said not to open."""

    result: ExportResult
    events: list[Event]


@pytest.fixture(scope="module")
def unopened(exported: Exported, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unopened]:
    spec = replace(spec_of(ExportFormat.ONNX_FP16), unopenable=lambda: msg("Only a Mac opens it."))
    events: list[Event] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMATS, ExportFormat.ONNX_FP16, spec)
        out = tmp_path_factory.mktemp("unopened")
        result = export_model(exported.project, format="onnx-fp16", out=out, on_event=events.append)
        yield Unopened(result, events)


def test_that_it_is_said_before_the_work_begins_and_once_more_after(unopened: Unopened) -> None:
    kinds = [event for event in unopened.events if isinstance(event, StepStarted | Warned)]
    before, *between, after = kinds
    assert isinstance(before, Warned)
    assert "not compared with the app: Only a Mac opens it." in str(before.message)
    steps = [event.step for event in between if isinstance(event, StepStarted)]
    assert steps == [ExportStep.WRITE, ExportStep.FINISH]
    assert isinstance(after, Warned)
    assert "is not ready. It could not be opened" in str(after.message)
    assert before.hint == after.hint
    assert "report" not in str(after.hint)


def test_that_the_certificate_knows_the_file_and_nothing_of_its_answers(unopened: Unopened) -> None:
    result = unopened.result
    assert not result.ok
    assert not result.checked
    assert (result.parts, result.latencies, result.peak_memory) == ((), (), None)
    assert result.bytes == result.file.stat().st_size > 0
    assert list(result.sha256) == [result.file.name]
    record = result.file.with_name(result.file.stem + RECORD_SUFFIX)
    assert read_record(record) == result
    assert json.loads(record.read_text(encoding="utf-8"))["ok"] is False


def test_that_the_page_does_not_speak_of_a_comparison(unopened: Unopened) -> None:
    html = unopened.result.page_file.read_text(encoding="utf-8")
    assert "Not ready." in html
    assert "It could not be opened on this computer" in html
    for absent in ("Compared with the app", "Time and memory", "Same answers"):
        assert absent not in html
    for digest in unopened.result.sha256.values():
        assert digest in html


@pytest.mark.parametrize(
    ("system", "version", "opens"),
    [
        ("linux", "", False),
        ("win32", "", False),
        ("darwin", "12.7", False),
        ("darwin", "13.0", True),
        ("darwin", "26.1", True),
    ],
)
def test_that_core_ml_opens_on_macs_that_are_new_enough(
    monkeypatch: pytest.MonkeyPatch, system: str, version: str, *, opens: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "mac_ver", lambda: (version, ("", "", ""), "arm64"))
    assert (unopenable() is None) is opens


def test_that_an_earlier_package_is_a_model_and_no_folder_for_others(
    exported: Exported, tmp_path: Path
) -> None:
    package = tmp_path / "flowers.mlpackage"
    package.mkdir()
    assert is_file_name(package, spec_of(ExportFormat.COREML))
    with pytest.raises(ExportError, match=r"flowers.mlpackage cannot be ONNX"):
        export_model(exported.project, format="onnx-fp16", out=package)
    assert list(package.iterdir()) == []
