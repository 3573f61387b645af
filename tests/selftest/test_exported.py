"""What an installation that works may make of a model that is hard to round."""

from __future__ import annotations

import pytest

from effnet_studio.engine.export.certificate.record import Attempt, ExportFormat
from effnet_studio.selftest.exported import judge_export
from effnet_studio.selftest.hands import CheckError
from tests.export_results import export_result, part

EVERY_WAY = tuple(
    Attempt(recipe, 0.94, 8.0, 4_500_000) for recipe in ("least-error", "tuned", "weights")
)


def rounded(same: int, **facts: object) -> object:
    common = {
        "format": ExportFormat.ONNX_INT8,
        "bytes": 4_500_000,
        "budget_points": 5.0,
        "parts": (part(images=72, same=same, correct=same, app_correct=72, lost=72 - same),),
        "attempts": EVERY_WAY,
        "ok": False,
    }
    return judge_export(export_result(**{**common, **facts}))


def test_that_a_file_that_keeps_the_promise_is_right() -> None:
    assert rounded(71, ok=True) == "4.5 MB, same answer for 98.6% of the images"


def test_that_a_model_that_is_hard_to_round_is_no_fault_where_the_app_says_so() -> None:
    said = rounded(68)
    assert said == "4.5 MB, same answer for 94.4% of the images; said to be not close enough"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"same": 12}, "far from the model"),
        ({"same": 68, "attempts": EVERY_WAY[:2]}, "Not every way"),
        ({"same": 68, "attempts": ()}, "Not every way"),
        ({"same": 68, "notes_fit": False}, "did not pass its check"),
        ({"same": 68, "parts": ()}, "could not be opened"),
        ({"same": 71, "budget_points": None}, "another answer than the app on 1 of 72"),
    ],
)
def test_that_a_file_with_a_fault_is_named(facts: dict[str, object], words: str) -> None:
    with pytest.raises(CheckError, match=words):
        rounded(**facts)  # type: ignore[arg-type]
