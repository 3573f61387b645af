"""From many numbers a picture to two: the same always, and neighbours stay neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.manifold import trustworthiness

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.files.thumbnails import shrink
from effnet_studio.engine.data.sample.samples import draw_sample_image
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.evaluation.likeness.appearance import SIZE, appearance
from effnet_studio.engine.evaluation.likeness.projection import lay_out, principal_scores
from effnet_studio.engine.events import Event, PauseChanged, Progress, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = ("fish", "leaf", "snowflake")


@pytest.fixture(scope="module")
def sample() -> NDArray[np.float32]:
    """What 90 pictures of the built-in sample look like."""
    pictures = [draw_sample_image(kind, number) for kind in KINDS for number in range(30)]
    return np.stack([appearance(shrink(picture)) for picture in pictures])


def clusters(kinds: int, each: int, seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Balls of points that hardly touch, and the ball of each point."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(kinds), each)
    centers = 4 * random.normal(size=(kinds, 20))
    points = centers[labels] + random.normal(size=(len(labels), 20))
    return points.astype(np.float32), labels


def purity(places: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """How often the nearest other point is of the same kind."""
    apart = ((places[:, None] - places) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    return float((labels[apart.argmin(axis=1)] == labels).mean())


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 2**32 - 1), st.data())
def test_that_scores_are_those_of_the_whole_matrix(
    count: int, width: int, seed: int, data: st.DataObject
) -> None:
    vectors = np.random.default_rng(seed).normal(3, 1, (count, width)).astype(np.float32)
    cut = data.draw(st.integers(0, count - 1))
    blocks = [block for block in (vectors[:cut], vectors[cut:]) if len(block)]
    scores = principal_scores(lambda: blocks, 5)
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    kept = min(5, count, width)
    assert scores.shape == (count, kept)
    lengths = np.linalg.norm(scores, axis=0)
    np.testing.assert_allclose(lengths, np.sort(sizes)[::-1][:kept], atol=2e-3)
    if kept == width:  # nothing was left out: distances are what they were
        wanted = ((centred[:, None] - centred) ** 2).sum(axis=2)
        found = ((scores[:, None] - scores) ** 2).sum(axis=2)
        np.testing.assert_allclose(found, wanted, rtol=1e-2, atol=1e-2)


def test_that_the_signs_of_axes_do_not_depend_on_the_blocks() -> None:
    vectors, _ = clusters(3, 40)
    whole = principal_scores(lambda: [vectors])
    pieces = principal_scores(lambda: np.array_split(vectors, 7))
    np.testing.assert_allclose(pieces, whole, atol=1e-3)


def test_that_nothing_has_no_scores_and_no_places() -> None:
    assert principal_scores(list).shape == (0, 0)
    assert lay_out(np.empty((0, 0), dtype=np.float32)).shape == (0, 2)


def test_that_the_map_keeps_more_neighbours_than_two_axes_do(sample: NDArray[np.float32]) -> None:
    scores = principal_scores(lambda: [sample])
    places = lay_out(scores)
    flat = trustworthiness(scores, scores[:, :2], n_neighbors=10)
    assert trustworthiness(scores, places, n_neighbors=10) > flat + 0.05


def test_that_what_is_apart_stays_apart() -> None:
    points, labels = clusters(5, 30)
    assert purity(lay_out(points), labels) == 1.0


def test_that_the_map_is_framed_and_always_the_same() -> None:
    points, _ = clusters(4, 25)
    places = lay_out(points)
    assert places.dtype == np.float32
    assert np.abs(places).max() == pytest.approx(1)
    assert places.std(axis=0)[0] > places.std(axis=0)[1]
    np.testing.assert_allclose(places.max(axis=0), -places.min(axis=0), atol=1e-5)
    np.testing.assert_array_equal(lay_out(points), places)


def test_that_points_beyond_the_landmarks_come_to_their_like() -> None:
    points, labels = clusters(5, 60)
    assert purity(lay_out(points, landmarks=100), labels) > 0.98


@pytest.mark.parametrize("count", [1, 2, 3, 20, 21, 40])
def test_that_few_or_equal_points_have_places_too(count: int) -> None:
    equal = np.ones((count, 3), dtype=np.float32)
    assert np.isfinite(lay_out(equal)).all()
    different = np.arange(count, dtype=np.float32)[:, None]
    places = lay_out(different)
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()


def test_that_steps_are_counted() -> None:
    events: list[Event] = []
    lay_out(clusters(3, 20)[0], landmarks=40, on_event=events.append)
    steps = [event for event in events if isinstance(event, Progress)]
    assert all(event.stage is Stage.FEATURES and event.unit == "steps" for event in steps)
    assert steps[0].done == 0
    assert steps[-1].done == steps[-1].total


def test_that_it_can_be_stopped_and_says_when_it_waits() -> None:
    cancel = CancelToken()
    heard: list[Event] = []

    def listen(event: Event) -> None:
        heard.append(event)
        if isinstance(event, PauseChanged):
            cancel.cancel()

    cancel.pause()
    with pytest.raises(Cancelled):
        lay_out(clusters(3, 20)[0], on_event=listen, cancel=cancel)
    assert PauseChanged(paused=True) in heard


def test_that_looks_are_lengths_of_one_whatever_the_picture() -> None:
    random = np.random.default_rng(0)
    for shape in ((1, 1, 3), (3, 200, 3), (64, 64, 3)):
        vector = appearance(random.integers(0, 256, shape, dtype=np.uint8))
        assert vector.shape == (SIZE,)
        assert np.linalg.norm(vector[:256]) == pytest.approx(1, abs=1e-5)
    black = appearance(np.zeros((20, 30, 3), dtype=np.uint8))
    assert np.linalg.norm(black) == pytest.approx(1)  # it has a colour and no edges


def test_that_pictures_of_like_colours_and_edges_look_alike() -> None:
    random = np.random.default_rng(1)
    stripes = np.tile(np.repeat([0, 200], 8)[:, None, None], (8, 128, 1)).astype(np.uint8)
    red = stripes * np.array([1, 0, 0], dtype=np.uint8)
    again = (red + random.integers(0, 12, red.shape)).astype(np.uint8)
    across, blue = red.transpose(1, 0, 2), red[..., ::-1]
    near = np.linalg.norm(appearance(red) - appearance(again))
    assert near < np.linalg.norm(appearance(red) - appearance(np.ascontiguousarray(across)))
    assert near < np.linalg.norm(appearance(red) - appearance(np.ascontiguousarray(blue)))
