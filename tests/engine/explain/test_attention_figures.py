"""Shares with intervals, classes that stand out, and the report in one file."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.errors import Cancelled, ConfigError
from effnet_studio.engine.explain import bulk_report
from effnet_studio.engine.explain.attention import Attention, densities
from effnet_studio.engine.explain.bulk_report import ReportContent, framed, write_report
from effnet_studio.engine.explain.regions import Box, same_box
from effnet_studio.engine.explain.shares import region_shares, shares_of_box
from effnet_studio.engine.explain.standing_out import compare_classes
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from numpy.typing import NDArray


def made(
    maps: NDArray[np.float64], predicted: NDArray[np.int64], classes: int, wrong: int = 0
) -> Attention:
    """Attention with these maps."""
    names = tuple(f"class <{number}> & co" for number in range(classes))
    stretched = maps / maps.max(axis=(1, 2), keepdims=True)
    means = np.zeros((classes, *maps.shape[1:]))
    for label in np.unique(predicted):
        means[label] = densities(stretched[predicted == label]).mean(axis=0)
    true = predicted.copy()
    true[:wrong] = (true[:wrong] + 1) % classes
    return Attention(
        split="val",
        dataset_version="v1",
        model="Model",
        classes=names,
        method="gradcam",
        layer="features",
        size=32,
        sample_ids=np.arange(len(maps)),
        true=true,
        predicted=predicted,
        probability=np.linspace(0.5, 1, len(maps), dtype=np.float32),
        maps=stretched.astype(np.float16),
        mean_maps=means,
        mean_pictures=np.full((classes, 24, 24, 3), 120, dtype=np.uint8),
        unreadable=(("gone.jpg", msg("Gone.")),),
    )


def random_maps(count: int, seed: int = 0) -> NDArray[np.float64]:
    """Blobs somewhere near the middle."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:7, 0:7]
    centres = random.normal(3, 1, (count, 2))
    far = (rows - centres[:, :1, None]) ** 2 + (columns - centres[:, 1:, None]) ** 2
    maps: NDArray[np.float64] = np.exp(-far / 4) + 0.02 * random.random((count, 7, 7))
    return maps


def test_that_the_share_of_a_box_is_that_of_its_cells() -> None:
    maps = np.ones((8, 7, 7))
    found = shares_of_box(made(maps, np.repeat([0, 1], 4), 3), Box(0, 0, 3 / 7, 1))
    assert [each.label for each in found] == ["", "class <0> & co", "class <1> & co"]
    assert [each.images for each in found] == [8, 4, 4]
    for each in found:
        assert each.share == pytest.approx(3 / 7, abs=1e-3)
        assert each.ratio == pytest.approx(1, abs=1e-2)
        assert each.low == pytest.approx(each.high)


def test_that_the_interval_holds_the_true_share_about_as_often_as_it_says() -> None:
    box = Box(0, 0, 3 / 7, 1)
    whole = shares_of_box(made(random_maps(4000, 1), np.zeros(4000, dtype=np.int64), 1), box)[0]
    held = 0
    for seed in range(60):
        few = made(random_maps(40, 100 + seed), np.zeros(40, dtype=np.int64), 1)
        found = shares_of_box(few, box)[0]
        held += found.low <= whole.share <= found.high
    assert 52 <= held <= 60


def test_that_one_box_for_all_gives_the_same_as_a_region_of_each() -> None:
    attention = made(random_maps(20), np.repeat([0, 1], 10), 2)
    samples = {n: Sample(n, Path("x"), 0, "val", 10, 10) for n in range(20)}
    box = Box(0.1, 0.2, 0.5, 0.3)
    assert region_shares(attention, samples, same_box(box)) == shares_of_box(attention, box)
    some = region_shares(
        attention, samples, lambda sample, grid: np.ones(grid) if sample.id < 5 else None
    )
    assert [each.images for each in some] == [5, 5]
    with pytest.raises(ConfigError, match="None"):
        region_shares(attention, samples, lambda _sample, _grid: None)


def test_that_a_corner_that_gives_a_class_away_stands_out() -> None:
    maps, predicted = random_maps(100), np.repeat(np.arange(5), 20)
    maps[predicted == 3, :2, :2] += 1.5
    found = compare_classes(made(maps, predicted, 5))
    assert [each.stands_out for each in found] == [False, False, False, True, False]
    odd = found[3]
    assert odd.zone == "top-left"
    assert odd.p_value == odd.zone_p_value == pytest.approx(0.001)
    assert odd.distance == max(each.distance for each in found)
    assert "top left corner" in str(odd.hint)
    assert found[0].hint is None


def test_that_a_class_that_is_larger_or_elsewhere_in_the_middle_does_not() -> None:
    maps, predicted = random_maps(100), np.repeat(np.arange(5), 20)
    maps[predicted == 1] = 1 + 0.1 * maps[predicted == 1]
    maps[predicted == 2, 3:, 2:5] += 1
    found = compare_classes(made(maps, predicted, 5))
    assert found[1].p_value < 0.01
    assert found[2].p_value < 0.01
    assert not any(each.stands_out for each in found)


def test_that_a_corner_to_which_the_model_leans_in_every_class_does_not() -> None:
    maps, predicted = random_maps(100), np.repeat(np.arange(5), 20)
    maps[:, :2, :2] += 1.5
    maps[predicted == 3, :2, :2] += 0.5
    assert not any(each.stands_out for each in compare_classes(made(maps, predicted, 5)))


def test_that_a_thing_that_reaches_all_corners_does_not() -> None:
    maps, predicted = random_maps(100), np.repeat(np.arange(5), 20)
    for rows in (slice(0, 2), slice(5, 7)):
        for columns in (slice(0, 2), slice(5, 7)):
            maps[predicted == 3, rows, columns] += 1.5
    found = compare_classes(made(maps, predicted, 5))
    assert found[3].zone_p_value < 0.01
    assert not any(each.stands_out for each in found)


def test_that_a_corner_stands_out_though_its_borders_have_a_larger_excess() -> None:
    maps, predicted = random_maps(100), np.repeat(np.arange(5), 20)
    maps[predicted == 3, :2, :2] += 1.5
    maps[predicted == 3, 2:, 0] += 0.3
    odd = compare_classes(made(maps, predicted, 5))[3]
    assert odd.stands_out
    assert odd.in_corner


def test_that_chance_seldom_stands_out() -> None:
    alarms, small = 0, 0
    for seed in range(30):
        found = compare_classes(made(random_maps(60, seed), np.repeat(np.arange(4), 15), 4))
        alarms += any(each.stands_out for each in found)
        small += sum(each.p_value < 0.05 for each in found)
    assert alarms == 0
    assert small <= 16, "of 120; 6 are expected"


def test_that_one_class_alone_and_empty_maps_are_no_trouble() -> None:
    maps = random_maps(10)
    assert compare_classes(made(maps, np.zeros(10, dtype=np.int64), 2)) == ()
    attention = made(maps, np.repeat([0, 1], 5), 2)
    attention.maps[5:] = 0
    assert compare_classes(attention) == ()
    assert shares_of_box(attention, Box(0, 0, 1, 1))[0].images == 5


@pytest.fixture
def content(tmp_path: Path) -> ReportContent:
    """Six images, three of them wrong, one file gone; names that HTML must not take for tags."""
    attention = made(random_maps(6), np.repeat([0, 1], 3), 2, wrong=3)
    samples = {}
    for number in range(6):
        path = tmp_path / f"<b>{number}&.jpg"
        Image.fromarray(np.full((40, 50, 3), 40 * number, dtype=np.uint8)).save(path)
        samples[number] = Sample(number, path, 0, "val", 50, 40)
    samples[1].path.unlink()
    return ReportContent(
        attention,
        samples,
        Preprocess(size=32, resize=32),
        "Flowers <script>alert(1)</script>",
        "run-1",
        shares_of_box(attention, Box(0, 0, 0.5, 0.5)),
        compare_classes(attention),
    )


def test_that_a_report_is_one_file_that_needs_nothing_and_escapes_names(
    content: ReportContent, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    assert write_report(file, content) == 3
    text = file.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "Flowers &lt;script&gt;" in text
    assert "class &lt;0&gt; &amp; co" in text
    assert "&lt;b&gt;0&amp;.jpg" in text
    sources = re.findall(r'src="([^"]{0,30})', text)
    assert len(sources) == 2 + 2 * 2, "two means, and two pictures of each error that can be read"
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    assert not re.search(r"(?:https?:)?//[a-z]|url\(|@import", text)
    assert text.count("<td>6</td>") == 1, "all six images have a share"


def test_that_a_report_frames_what_stands_out_and_says_it_first(
    content: ReportContent, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    write_report(file, content)
    plain = file.read_text(encoding="utf-8")
    maps, predicted = random_maps(40), np.repeat([0, 1], 20)
    maps[predicted == 1, :2, :2] += 1.5
    focuses = compare_classes(made(maps, predicted, 2))
    write_report(file, dataclasses.replace(content, focuses=focuses))
    text = file.read_text(encoding="utf-8")
    assert 'class="card odd"' not in plain
    assert text.count('class="card odd"') == 1
    assert text.index("top left corner") < text.index('class="cards"')
    pictures = re.compile(r'"card(?: odd)?"><img alt="" src="([^"]+)"')
    before, after = pictures.findall(plain)[:2], pictures.findall(text)[:2]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_that_a_frame_is_drawn_where_it_belongs() -> None:
    grey = np.full((160, 160, 3), 120, dtype=np.uint8)
    found = framed(grey, Box(0.5, 0.5, 0.5, 0.5))
    assert (grey == 120).all()
    changed = (found != grey).any(axis=2)
    assert changed[80, 80:].all()
    assert changed[80:, 159].all()
    assert not changed[:80].any()
    assert not changed[90:150, 90:150].any()


def test_that_a_report_can_speak_another_language(content: ReportContent, tmp_path: Path) -> None:
    file = tmp_path / "report.html"

    def shout(message: Message) -> str:
        return str(message).upper()

    write_report(file, content, words=shout)
    assert "<h1>WHERE IT LOOKS</h1>" in file.read_text(encoding="utf-8")


def test_that_a_report_shows_the_surest_errors_and_says_so(
    content: ReportContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_report, "MOST_ERRORS", 1)
    file = tmp_path / "report.html"
    assert write_report(file, content) == 1
    text = file.read_text(encoding="utf-8")
    assert "Wrong answers: 3" in text
    assert "&lt;b&gt;2&amp;.jpg" in text
    assert "&lt;b&gt;0&amp;.jpg" not in text


def test_that_a_stopped_report_leaves_nothing(content: ReportContent, tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        write_report(tmp_path / "report.html", content, cancel=token)
    assert sorted(tmp_path.iterdir()) == before
