"""Maps by covering places: of runs and of exported files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.explain.covering import PLACES, explain_by_covering
from effnet_studio.engine.predict.predictor import load_predictor

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def spot(row: int, column: int) -> NDArray[np.uint8]:
    """The mean of ImageNet with a red square whose top left corner is at a place."""
    pixels = np.full((32, 32, 3), (124, 116, 104), dtype=np.uint8)
    pixels[row : row + 8, column : column + 8] = (255, 0, 0)
    return pixels


@pytest.mark.parametrize(("row", "column"), [(0, 0), (0, 24), (20, 8)])
def test_that_the_place_that_the_answer_depends_on_is_bright(
    color_model: Path, row: int, column: int
) -> None:
    found = explain_by_covering(load_predictor(color_model), spot(row, column))
    assert found.label == "red"
    assert found.raw.shape == (PLACES, PLACES)
    brightest = np.unravel_index(found.heatmap.argmax(), found.heatmap.shape)
    assert row - 4 <= brightest[0] < row + 12
    assert column - 4 <= brightest[1] < column + 12
    assert found.heatmap.max() > 0.99  # enlarged, it may miss the peak by a hair


def test_that_an_image_all_alike_gives_an_empty_map(color_model: Path) -> None:
    plain = np.full((32, 32, 3), (200, 10, 10), dtype=np.uint8)
    assert not explain_by_covering(load_predictor(color_model), plain).heatmap.any()


def test_that_the_loss_is_that_of_the_chosen_class(
    make_run: Any, picture: NDArray[np.uint8]
) -> None:
    predictor = load_predictor(make_run())
    answer = predictor.predict(picture)
    for index in range(3):
        found = explain_by_covering(predictor, picture, class_index=index)
        assert found.probability == pytest.approx(answer.probabilities[index], abs=1e-6)
        assert found.label == answer.classes[index]
        assert np.abs(found.raw).max() <= 1


def test_that_cancel_stops_it(color_model: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        explain_by_covering(load_predictor(color_model), spot(0, 0), cancel=token)
