"""Time, memory and checksums are those of the file itself."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.export.certificate import measure
from effnet_studio.engine.export.certificate.measure import checksums, latencies, memory_of
from effnet_studio.engine.export.certificate.record import ExportFormat
from effnet_studio.engine.export.formats import spec_of
from effnet_studio.engine.predict.predictor import load_predictor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.export.conftest import Exported


def test_that_time_and_memory_were_measured(exported: Exported) -> None:
    result = exported.result
    assert [one.threads for one in result.latencies] == sorted({1, len(os.sched_getaffinity(0))})
    for one in result.latencies:
        assert 0 < one.median_ms <= one.p95_ms
        assert one.app_median_ms > 0
        assert one.rounds >= 10
    assert result.peak_memory is not None
    assert 30e6 < result.peak_memory < 2e9


@pytest.mark.parametrize(("seconds", "rounds"), [(2.0, 60), (0.0, 10)])
def test_that_both_sides_have_rounds_until_their_time_is_over(
    seconds: float, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "_SECONDS", seconds)
    ran: list[str] = []
    times = measure._in_turns(
        (lambda: ran.append("file"), lambda: ran.append("app")), CancelToken()
    )
    assert [len(each) for each in times] == [rounds, rounds]
    assert ran == ["file", "app"] * (rounds + 3)  # three of each to warm up


def test_that_the_memory_of_a_file_that_cannot_be_opened_is_unknown(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    picture = np.zeros((8, 8, 3), np.uint8)
    assert memory_of(ExportFormat.ONNX, broken, picture, CancelToken()) is None
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        memory_of(ExportFormat.ONNX, broken, picture, stopped)


def test_that_measuring_can_be_stopped(exported: Exported) -> None:
    cancel = CancelToken()
    cancel.cancel()
    app = load_predictor(exported.project.find_run(None), device="cpu")
    picture = np.zeros((64, 64, 3), np.uint8)
    with pytest.raises(Cancelled):
        latencies(spec_of(ExportFormat.ONNX).open, exported.result.file, app, picture, cancel)


def test_that_every_file_of_a_folder_has_its_checksum(tmp_path: Path) -> None:
    folder = tmp_path / "net.package"
    (folder / "inside").mkdir(parents=True)
    (folder / "a.bin").write_bytes(b"a")
    (folder / "inside" / "b.bin").write_bytes(b"b")
    assert checksums(sorted(folder.rglob("*.bin")), tmp_path) == {
        "net.package/a.bin": hashlib.sha256(b"a").hexdigest(),
        "net.package/inside/b.bin": hashlib.sha256(b"b").hexdigest(),
    }
