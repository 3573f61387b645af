"""Many files at once: one verdict each, in order, whatever they are."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.events import Event, PauseChanged, Progress, Stage
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.predict.batch import expand, predict_batch
from effnet_studio.engine.predict.pipeline import default_batch_size, judge
from effnet_studio.engine.predict.predictor import Predictor, load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from pathlib import Path

COLORS = {"red": (250, 10, 10), "green": (10, 250, 10), "blue": (10, 10, 250)}


@pytest.fixture
def predictor(color_model: Path) -> Predictor:
    return load_predictor(color_model)


def paint(path: Path, color: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 30), COLORS[color]).save(path)
    return path


def mixed_files(folder: Path, count: int) -> tuple[list[Path], list[str | None]]:
    """Files of which every third is broken, and the answers to expect."""
    paths, expected = [], []
    for index in range(count):
        if index % 3 == 2:
            path = folder / f"{index:03}.jpg"
            path.write_bytes(b"" if index % 2 else b"\xff\xd8\xff no image")
            expected.append(None)
        else:
            color = list(COLORS)[index % 2]
            path = paint(folder / f"{index:03}.png", color)
            expected.append(color)
        paths.append(path)
    return paths, expected


@pytest.mark.parametrize("batch_size", [1, 4, None])
def test_that_every_file_gets_its_verdict_in_order(
    predictor: Predictor, tmp_path: Path, batch_size: int | None
) -> None:
    paths, expected = mixed_files(tmp_path, 23)
    verdicts = predict_batch(predictor, paths, batch_size=batch_size)
    assert [verdict.path for verdict in verdicts] == paths
    found = [v.best.label if isinstance(v, Prediction) else None for v in verdicts]
    assert found == expected
    reasons = [str(v.message) for v in verdicts if isinstance(v, FailedImage)]
    assert all(reasons)
    assert len(reasons) == expected.count(None)


def test_that_a_batch_answers_like_one_image_at_a_time(
    predictor: Predictor, tmp_path: Path
) -> None:
    paths = [paint(tmp_path / f"{i}.png", color) for i, color in enumerate(COLORS)]
    for verdict in predict_batch(predictor, paths):
        assert isinstance(verdict, Prediction)
        assert verdict.path is not None
        np.testing.assert_array_equal(
            verdict.probabilities, predictor.predict(verdict.path).probabilities
        )


def test_that_folders_are_searched_and_clutter_is_skipped(
    predictor: Predictor, tmp_path: Path
) -> None:
    wanted = [
        paint(tmp_path / "a.png", "red"),
        paint(tmp_path / "B.png", "blue"),
        paint(tmp_path / "sub" / "深" / "🌼.png", "green"),
    ]
    paint(tmp_path / ".hidden.png", "red")
    paint(tmp_path / ".cache" / "x.png", "red")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    verdicts = predict_batch(predictor, [tmp_path])
    assert [verdict.path for verdict in verdicts] == wanted


def test_that_what_the_user_names_is_never_dropped(predictor: Predictor, tmp_path: Path) -> None:
    hidden = paint(tmp_path / ".hidden.png", "red")
    absent = tmp_path / "absent.png"
    empty = tmp_path / "empty"
    empty.mkdir()
    note = tmp_path / "note.txt"
    note.write_text("no image")
    given = [empty, absent, hidden, note, hidden]
    verdicts = predict_batch(predictor, given)
    assert [verdict.path for verdict in verdicts] == given
    assert [isinstance(verdict, Prediction) for verdict in verdicts] == [
        False,
        False,
        True,
        False,
        True,
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads anything")
def test_that_a_locked_folder_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0)
    try:
        (entry,) = expand([locked])
    finally:
        locked.chmod(0o700)
    assert isinstance(entry, FailedImage)
    assert entry.path == locked
    assert "cannot be read" in str(entry.message)


def test_that_progress_begins_at_none_and_ends_at_all(predictor: Predictor, tmp_path: Path) -> None:
    paths, _ = mixed_files(tmp_path, 9)
    events: list[Event] = []
    predict_batch(predictor, paths, on_event=events.append)
    progress = [event for event in events if isinstance(event, Progress)]
    assert all(event.stage is Stage.PREDICT and event.total == 9 for event in progress)
    assert (progress[0].done, progress[-1].done) == (0, 9)


def test_that_cancel_stops_the_job_and_its_threads(predictor: Predictor, tmp_path: Path) -> None:
    paths, _ = mixed_files(tmp_path, 30)
    cancel = CancelToken()
    verdicts = judge(predictor, paths, batch_size=2, cancel=cancel)
    for _ in range(5):
        next(verdicts)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(verdicts)
    assert not [t for t in threading.enumerate() if t.name.startswith("decode")]


def test_that_leaving_early_stops_the_threads(predictor: Predictor, tmp_path: Path) -> None:
    paths, _ = mixed_files(tmp_path, 30)
    verdicts = judge(predictor, paths, batch_size=2)
    next(verdicts)
    verdicts.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("decode")]


def test_that_decoding_does_not_run_far_ahead(predictor: Predictor, tmp_path: Path) -> None:
    path = paint(tmp_path / "a.png", "red")
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield path

    verdicts = judge(predictor, endless(), batch_size=4)  # type: ignore[arg-type]
    for _ in range(20):
        next(verdicts)
    verdicts.close()
    assert taken <= 20 + 3 * 4


def test_that_larger_inputs_make_smaller_batches() -> None:
    sizes = [default_batch_size(side, 32) for side in (64, 224, 300, 600, 2048)]
    assert sizes == [32, 32, 17, 4, 1]


def test_that_hostile_files_get_one_verdict_each(predictor: Predictor, shared_data: Path) -> None:
    folder = shared_data / "hostile" / "pngsuite"
    files = [path for path in folder.rglob("*") if path.is_file()]
    verdicts = predict_batch(predictor, [folder])
    assert len(verdicts) == len(files)
    refused = {v.path.name for v in verdicts if isinstance(v, FailedImage)}
    assert {file.name for file in files if file.name.startswith("x")} <= refused


def test_that_a_paused_job_says_so_and_goes_on(predictor: Predictor, tmp_path: Path) -> None:
    paths, expected = mixed_files(tmp_path, 6)
    cancel = CancelToken()
    cancel.pause()
    events: list[Event] = []

    def listen(event: Event) -> None:
        events.append(event)
        if event == PauseChanged(True):
            cancel.resume()

    verdicts = predict_batch(predictor, paths, on_event=listen, cancel=cancel)
    assert len(verdicts) == len(expected)
    pauses = [event.paused for event in events if isinstance(event, PauseChanged)]
    assert pauses == [True, False]


def test_that_many_images_answer_like_one_at_a_time_to_rounding(tmp_path: Path) -> None:
    spec = get_spec("mobilenet_v3_small")
    torch.manual_seed(0)
    network = TorchPredictor(
        build_model(spec, 3).requires_grad_(requires_grad=False),
        spec,
        name="tiny",
        path=tmp_path,
        classes=("a", "b", "c"),
        preprocess=Preprocess(size=64, resize=72, interpolation="bilinear"),
        device=torch.device("cpu"),
    )
    rng = np.random.default_rng(0)
    paths = [tmp_path / f"{number}.png" for number in range(12)]
    for path in paths:
        Image.fromarray(rng.integers(0, 255, (80, 90, 3), dtype=np.uint8)).save(path)
    before = {name: value.clone() for name, value in network.model.state_dict().items()}
    plain = np.stack([each.logits for each in judge(network, paths) if each.logits is not None])
    # So many that the form for many images pays.
    many = judge(network, paths, images=1_000_000)
    fast = np.stack([each.logits for each in many if each.logits is not None])
    assert network.ready_for(1_000_000) != network.logits
    np.testing.assert_allclose(fast, plain, atol=1e-4 * np.abs(plain).max())
    assert all(value.equal(before[name]) for name, value in network.model.state_dict().items())
