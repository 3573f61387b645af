"""Certificates as exports have them, with figures of one's choice, for the window's tests."""

from __future__ import annotations

from pathlib import Path

from effnet_studio.engine.export.certificate.record import (
    ExportFormat,
    ExportResult,
    Latency,
    PartCheck,
    Target,
)


def part(name: str = "val", images: int = 200, **facts: object) -> PartCheck:
    """File and app on the images of a part; all the same unless told otherwise."""
    common: dict[str, object] = {
        "part": name,
        "images": images,
        "skipped": 0,
        "same": images,
        "correct": round(0.94 * images),
        "app_correct": round(0.94 * images),
        "lost": 0,
        "won": 0,
        "largest_difference": 4e-7,
    }
    return PartCheck(**{**common, **facts})  # type: ignore[arg-type]


def export_result(file: str = "resnet18.onnx", **facts: object) -> ExportResult:
    """An export that passed, in full precision, unless told otherwise."""
    common: dict[str, object] = {
        "file": Path(file),
        "format": ExportFormat.ONNX,
        "target": Target.PYTHON,
        "run": "20260721-101500-resnet18",
        "model": "resnet18",
        "classes": 3,
        "bytes": 44_700_000,
        "sha256": {Path(file).name: "9f" * 32},
        "weights": "ab" * 32,
        "dataset_version": "3f0c9a",
        "program": "onnxruntime 1.31.1",
        "notes_fit": True,
        "parts": (part(), part("test", 100)),
        "differing": (),
        "latencies": (Latency(1, 9.1, 9.9, 25.0, 60), Latency(2, 4.0, 4.6, 12.0, 60)),
        "peak_memory": 310_000_000,
        "environment": {"system": "Linux", "processor": "AMD EPYC", "cores": "2"},
        "ok": True,
        "recipe": "",
        "attempts": (),
        "seconds": 3.0,
        "created": "2026-07-21T10:15:00+00:00",
    }
    return ExportResult(**{**common, **facts})  # type: ignore[arg-type]
