"""Two models on the same images: real small runs, and files really exported from them."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ModelError
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.engine.predict.batch import predict_batch
from effnet_studio.engine.predict.class_match import (
    data_mismatch,
    match_classes,
    models_mismatch,
)
from effnet_studio.engine.predict.compare_models import ComparedImage, compare_models
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY, write_metadata
from effnet_studio.engine.predict.predictor import Predictor, load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from tests.engine.conftest import draw

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Forty pictures, more than one batch."""
    files = [tmp_path / f"{number:02d}.png" for number in range(40)]
    for number, file in enumerate(files):
        Image.fromarray(draw(number)).save(file)
    return files


@pytest.fixture(scope="module")
def exported(make_run: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first run's network, exported as it is."""
    from effnet_studio.engine.export.graph.network import export_graph

    app = TorchPredictor.from_run(make_run(seed=0), device="cpu")
    file = tmp_path_factory.mktemp("exports") / "model.onnx"
    notes = write_metadata(
        classes=app.classes, preprocess=app.preprocess, model=app.spec.name, app_version="1"
    )
    export_graph(app.model, file, size=app.preprocess.size, metadata=notes)
    return file


def relabelled(file: Path, target: Path, labels: str) -> Path:
    """The same file with other class names."""
    model = onnx.load(file)
    for entry in model.metadata_props:
        if entry.key == LABELS_KEY:
            entry.value = labels
    onnx.save(model, target)
    return target


def test_that_both_answer_as_they_would_alone(make_run: Any, photos: list[Path]) -> None:
    first, second = load_predictor(make_run(seed=0)), load_predictor(make_run(seed=1))
    found = compare_models(first, second, photos)
    assert [each.path for each in found.images] == photos
    for side, name in ((first, "first"), (second, "second")):
        alone = predict_batch(side, photos)
        for image, expected in zip(found.images, alone, strict=True):
            said = getattr(image, name)
            np.testing.assert_allclose(said.probabilities, expected.probabilities, atol=1e-5)
    gaps = np.abs(
        np.stack([each.first.probabilities for each in found.images])
        - np.stack([each.second.probabilities for each in found.images])
    )
    assert found.largest_difference == pytest.approx(gaps.max(), abs=1e-6)
    assert found.mean_difference == pytest.approx(gaps.mean(), abs=1e-6)
    same = [each.first.class_index == each.second.class_index for each in found.images]
    assert 0 < found.agreeing == sum(same) < len(photos)


def test_that_the_most_different_images_come_first(make_run: Any, photos: list[Path]) -> None:
    found = compare_models(
        load_predictor(make_run(seed=0)), load_predictor(make_run(seed=1)), photos
    )
    order = found.most_different()
    agree = [each.agree for each in order]
    assert agree == sorted(agree)
    for part in (False, True):
        gaps = [each.difference for each in order if each.agree is part]
        assert gaps == sorted(gaps, reverse=True)


def test_that_an_exported_file_agrees_with_its_run(
    make_run: Any, exported: Path, photos: list[Path]
) -> None:
    found = compare_models(load_predictor(make_run(seed=0)), load_predictor(exported), photos)
    assert found.agreeing == len(photos)
    assert found.largest_difference < 1e-4
    assert found.speed is not None
    assert found.speed > 0
    for latency in (found.first_latency, found.second_latency):
        assert latency is not None
        assert 0 < latency.median_ms <= latency.p95_ms
        assert latency.rounds >= 5
        assert latency.threads is not None


def test_that_classes_are_matched_by_name(exported: Path, photos: list[Path], tmp_path) -> None:
    turned = relabelled(exported, tmp_path / "turned.onnx", '["blue", "red", "green"]')
    found = compare_models(load_predictor(exported), load_predictor(turned), photos[:6])
    assert found.classes.same
    for image in found.images:
        one = dict(zip(image.first.classes, image.first.probabilities, strict=True))
        other = dict(zip(image.second.classes, image.second.probabilities, strict=True))
        gap = max(abs(one[name] - other[name]) for name in one)
        assert image.difference == pytest.approx(gap, abs=1e-6)
    assert found.agreeing == 0  # the same numbers under other names


def test_that_classes_of_one_side_are_named(exported: Path, photos: list[Path], tmp_path) -> None:
    other = relabelled(exported, tmp_path / "other.onnx", '["red", "green", "mauve"]')
    found = compare_models(load_predictor(exported), load_predictor(other), photos[:3])
    assert found.classes.only_first == ("blue",)
    assert found.classes.only_second == ("mauve",)
    said = models_mismatch(found.classes)
    assert str(said) == "Only the first model knows blue; only the second knows mauve."
    assert found.largest_difference < 1e-6  # red and green are the same


def test_that_models_without_a_class_in_common_are_refused_in_words(
    exported: Path, photos: list[Path], tmp_path: Path
) -> None:
    other = relabelled(exported, tmp_path / "other.onnx", '["a", "b", "c"]')
    with pytest.raises(ModelError, match=r"none of the same classes.*red, green, blue.*a, b, c"):
        compare_models(load_predictor(exported), load_predictor(other), photos)


def test_that_a_file_is_read_once_where_both_prepare_alike(
    make_run: Any, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = load_predictor(make_run(seed=0)), load_predictor(make_run(seed=1))
    read: list[object] = []
    plain = Predictor.picture

    def counted(self: Predictor, source: Any) -> NDArray[np.uint8]:
        read.append(source)
        return plain(self, source)

    monkeypatch.setattr(Predictor, "picture", counted)
    compare_models(first, second, photos)
    timed = 2 * 8  # each of the images that latency is measured on, for each model
    assert len(read) == len(photos) + timed


def test_that_models_of_other_sizes_get_the_same_images(make_run: Any, photos: list[Path]) -> None:
    first, second = load_predictor(make_run(seed=0)), load_predictor(make_run(size=96, seed=2))
    before = threading.active_count()
    found = compare_models(first, second, photos)
    assert threading.active_count() == before
    for image, photo in zip(found.images, photos, strict=True):
        expected = second.predict(photo)
        np.testing.assert_allclose(image.second.probabilities, expected.probabilities, atol=1e-5)


def test_that_every_file_gets_a_verdict_and_pasted_images_come_first(
    make_run: Any, photos: list[Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    (tmp_path / "empty").mkdir()
    events: list[Event] = []
    found = compare_models(
        load_predictor(make_run(seed=0)),
        load_predictor(make_run(seed=1)),
        [photos[0], broken, tmp_path / "empty", photos[1]],
        pasted=[draw(3)],
        on_event=events.append,
    )
    kinds = [type(each) for each in found.verdicts]
    assert kinds == [ComparedImage, ComparedImage, FailedImage, FailedImage, ComparedImage]
    assert [each.path for each in found.verdicts[1:]] == [
        photos[0],
        broken,
        tmp_path / "empty",
        photos[1],
    ]
    assert found.images[0].path is None
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert (last.done, last.total) == (4, 4)


def test_that_nothing_but_broken_files_is_no_failure(make_run: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    predictor = load_predictor(make_run(seed=0))
    found = compare_models(predictor, predictor, [broken])
    assert found.images == ()
    assert found.speed is None
    assert found.largest_difference == found.mean_difference == 0


class _Tiring(Predictor):
    """A real model that gives up after some images."""

    def __init__(self, model: Predictor, images: int) -> None:
        super().__init__(
            name="tired", path=model.path, classes=model.classes, preprocess=model.preprocess
        )
        self._model, self._left = model, images

    def logits(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        self._left -= len(batch)
        if self._left < 0:
            raise ModelError(msg("There is not enough memory to run this model."))
        return self._model.logits(batch)


@pytest.mark.parametrize("size", [64, 96])
def test_that_what_was_judged_is_kept_when_one_model_gives_up(
    make_run: Any, photos: list[Path], size: int
) -> None:
    first = load_predictor(make_run(seed=0))
    second = _Tiring(load_predictor(make_run(size=size, seed=2)), images=23 + 32)
    found = compare_models(first, second, photos)
    assert len(found.images) == 32
    assert found.failure is not None
    assert "tired gave up. There is not enough memory" in str(found.failure)
    with pytest.raises(ModelError, match="tired gave up"):
        compare_models(first, second, photos)


def test_that_cancel_stops_the_job_and_its_threads(make_run: Any, photos: list[Path]) -> None:
    token = CancelToken()
    before = threading.active_count()

    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.done:
            token.cancel()

    with pytest.raises(Cancelled):
        compare_models(
            load_predictor(make_run(seed=0)),
            load_predictor(make_run(size=96, seed=2)),
            photos * 4,
            on_event=stop,
            cancel=token,
        )
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("model", "data", "said"),
    [
        (("a", "b"), ("b", "a"), None),
        (("a",), ("a", "b"), "your data has b too"),
        (("a", "b"), ("a",), "also knows b"),
        (("a", "b"), ("b", "c"), "knows a, which .* your data has c, which the model does not"),
        (("a",), ("b",), "none of your classes: it knows a; your data has b"),
        (("x",), tuple("abcdefg"), "a, b, c, d, e and 2 more"),
    ],
)
def test_that_a_model_of_other_classes_says_so(
    model: tuple[str, ...], data: tuple[str, ...], said: str | None
) -> None:
    found = data_mismatch(model, data)
    if said is None:
        assert found is None
    else:
        assert re.search(said, str(found))


def test_that_a_match_keeps_the_order_of_each_side() -> None:
    match = match_classes(("d", "a", "c"), ("c", "z", "a", "y"))
    assert match.shared == ("a", "c")
    assert match.only_first == ("d",)
    assert match.only_second == ("z", "y")
    assert not match.same


def test_that_a_run_whose_weights_are_gone_is_refused_in_words(
    make_run: Any, tmp_path: Path
) -> None:
    run = shutil.copytree(make_run(seed=0), tmp_path / "run")
    (run / "best.safetensors").unlink()
    with pytest.raises(ModelError, match="no finished epoch"):
        load_predictor(run)
