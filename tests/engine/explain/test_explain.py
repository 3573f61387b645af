"""From an image to an overlay in one call."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.errors import ConfigError, ImageError, ModelError, StorageError
from effnet_studio.engine.explain.explain import explain_image, write_picture
from effnet_studio.engine.explain.names import Method
from effnet_studio.engine.explain.overlay import blend
from effnet_studio.engine.predict.predictor import Predictor, load_predictor

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture
def predictor(make_run: Any) -> Predictor:
    return load_predictor(make_run(), device="cpu")


@pytest.mark.parametrize("method", list(Method))
def test_that_the_overlay_shows_the_heat_map_over_what_the_model_saw(
    method: str, predictor: Predictor, picture: NDArray[np.uint8], tmp_path: Path
) -> None:
    path = tmp_path / "花.png"
    Image.fromarray(picture).save(path)
    found = explain_image(predictor, path, method=method, opacity=0.3, colormap="cividis")
    assert found.method == method
    assert found.raw.ndim == 2
    assert (found.explanation is None) == (method == "se")
    assert found.label in predictor.classes
    np.testing.assert_array_equal(found.picture, predictor.picture(path))
    np.testing.assert_array_equal(
        found.overlay, blend(found.picture, found.heatmap, opacity=0.3, colormap="cividis")
    )
    shown = np.asarray(Image.open(io.BytesIO(found._repr_png_())))  # as in a notebook
    np.testing.assert_array_equal(shown, np.hstack([found.picture, found.overlay]))


def test_that_a_class_can_be_chosen_by_name(
    predictor: Predictor, picture: NDArray[np.uint8]
) -> None:
    by_name = explain_image(predictor, picture, label="blue")
    by_number = explain_image(predictor, picture, class_index=2)
    assert by_name.label == by_number.label == "blue"
    np.testing.assert_array_equal(by_name.heatmap, by_number.heatmap)
    others = [explain_image(predictor, picture, label=label) for label in ("red", "green")]
    assert any(not np.array_equal(other.heatmap, by_name.heatmap) for other in others)
    with pytest.raises(ModelError, match="no class named purple"):
        explain_image(predictor, picture, label="purple")
    other = explain_image(predictor, picture, label="blue", against="red")
    assert other.against_label == "red"
    assert not np.array_equal(other.raw, by_name.raw)


def test_that_impossible_wishes_are_refused_in_words(
    predictor: Predictor, picture: NDArray[np.uint8], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="no explanation method named lime"):
        explain_image(predictor, picture, method="lime")
    with pytest.raises(ConfigError, match="does not depend on a class"):
        explain_image(predictor, picture, method="se", label="red")
    with pytest.raises(ConfigError, match="does not depend on a class"):
        explain_image(predictor, picture, method="se", against="red")
    with pytest.raises(ModelError, match="no class named purple"):
        explain_image(predictor, picture, against="purple")
    with pytest.raises(ImageError):
        explain_image(predictor, tmp_path / "absent.png")


@pytest.mark.parametrize("name", ["out.png", "out.jpg", "图", "out.unknown"])
def test_that_a_picture_is_written_whole(
    name: str, picture: NDArray[np.uint8], tmp_path: Path
) -> None:
    write_picture(tmp_path / name, picture)
    with Image.open(tmp_path / name) as written:
        assert written.size == (80, 96)
        if written.format == "PNG":
            np.testing.assert_array_equal(np.asarray(written), picture)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_that_a_folder_that_is_not_there_is_said_in_words(
    picture: NDArray[np.uint8], tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="cannot be reached"):
        write_picture(tmp_path / "absent" / "out.png", picture)
