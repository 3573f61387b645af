"""Which of the copies that were tried is handed out."""

from __future__ import annotations

from pathlib import Path

import pytest

from effnet_studio.engine.export.certificate.record import Attempt
from effnet_studio.engine.export.int8.judge import first_that_keeps


@pytest.mark.parametrize(
    ("tried", "chosen"),
    [
        ({"fast": (0.944, 0.0, False), "safe": (0.986, 0.0, True), "safest": (1, 0, True)}, "safe"),
        ({"fast": (0.944, -0.014, False), "safe": (0.972, 0.0, False)}, "safe"),
        ({"fast": (0.972, 0.014, False), "safe": (0.944, 0.0, False)}, "safe"),
        ({"fast": (0.972, -0.014, False), "safe": (0.972, 0.0, False)}, "fast"),
    ],
    ids=[
        "the first that keeps the promise",
        "accuracy won by chance is no merit",
        "the loss counts first",
        "the faster of two alike",
    ],
)
def test_that_the_copy_handed_out_is_the_one_closest_to_the_app(
    tried: dict[str, tuple[float, float, bool]], chosen: str
) -> None:
    def judge(recipe: str, _: Path) -> Attempt:
        agreement, loss, kept = tried[recipe]
        return Attempt(recipe, agreement, 8.0, 5_000_000, loss=loss, kept_promise=kept)

    made = first_that_keeps(((recipe, Path(recipe)) for recipe in tried), judge)
    assert made.recipe == chosen
    assert made.file == Path(chosen)
