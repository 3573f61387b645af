"""What a report says, and that its page is whole, safe and silent about its writer's computer."""

from __future__ import annotations

import math
import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.edits import exclude, set_split
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.outside import outside_dataset
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.data.versions import VersionDiff, keep_version
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.predict.reject_option import RejectOption, Score
from effnet_studio.engine.project import Project
from effnet_studio.engine.report.build import MATRIX_CLASSES, build_report
from effnet_studio.engine.report.card import model_card
from effnet_studio.engine.report.charts import HEIGHT, PRINT_COLORS, WIDTH, chart_svg
from effnet_studio.engine.report.content import Chart, Matrix, Series, Sheet, Table
from effnet_studio.engine.report.facts import default_split, gather
from effnet_studio.engine.report.figures import class_figures, confusions, metrics_of
from effnet_studio.engine.report.html import report_html
from effnet_studio.engine.report.limits import limits, warnings
from effnet_studio.engine.report.origin import weights_origin
from effnet_studio.engine.report.setting_words import file_name, own_settings
from effnet_studio.engine.report.write import write_html
from effnet_studio.engine.training.run_notes import Origin
from effnet_studio.engine.training.runs import BEST_FILE, weights_state
from tests.engine.report.made import HOSTILE, make_facts, make_run
from tests.engine.report.pages import Page
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.facts import Facts

CLASSES = ("ants", "bees", "wasps")


@pytest.fixture(scope="module")
def project_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three classes of eight pictures, half of them for validation, and a random model."""
    import torch

    torch.set_num_threads(1)  # for networks this small more cost more than they bring
    folder = tmp_path_factory.mktemp("secret-place")
    random = np.random.default_rng(3)
    for name in CLASSES:
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(8):
            pixels = random.integers(0, 256, (40, 50, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(folder / "pictures" / name / f"{name}{number}.png")
    with Project.create(folder / "insects.effnet") as opened:
        import_folder(opened, folder / "pictures", val=0.5)
        write_run(opened, CLASSES)
    return folder / "insects.effnet"


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    with Project.open(project_path, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def facts(project_path: Path) -> Facts:
    with Project.open(project_path, read_only=True) as opened:
        return gather(opened, device="cpu")


def _section(facts: Facts, key: str) -> str:
    """The text of a section's blocks, for asserts."""
    (section,) = [each for each in build_report(facts).sections if each.key == key]
    return re.sub(r"\s+", " ", Page(_html_of(section)).elements[0].text)


def _html_of(section: object) -> str:
    from effnet_studio.engine.report.content import Report, Section

    assert isinstance(section, Section)
    return report_html(Report("", "", (), (section,)))


# -- what is gathered ------------------------------------------------------------------------------


def test_that_the_worst_mistakes_come_first_each_with_picture_and_map(facts: Facts) -> None:
    evaluation = facts.evaluation
    wrong = evaluation.true != evaluation.predicted
    given = [mistake.true_probability for mistake in facts.worst]
    assert given == sorted(evaluation.true_probability[wrong].tolist())[:24]
    assert all(len(mistake.pictures) == 2 for mistake in facts.worst)
    assert all(picture.startswith(b"\xff\xd8") for m in facts.worst for picture in m.pictures)
    assert facts.worst[0].pictures[0] != facts.worst[0].pictures[1]


def test_that_nothing_names_a_folder_of_the_writer(facts: Facts, project_path: Path) -> None:
    page = report_html(build_report(facts))
    assert "insects" in page
    assert facts.worst[0].name in page
    for private in ("secret-place", str(project_path.parent), str(project_path.parent.parent)):
        assert private not in page


def test_that_answers_that_are_known_are_not_asked_for_again(
    project: Project, facts: Facts
) -> None:
    events: list[object] = []
    known = gather(
        project, evaluation=facts.evaluation, pictures=False, on_event=events.append, device="cpu"
    )
    assert known.evaluation is facts.evaluation
    assert not events
    assert [m.name for m in known.worst] == [m.name for m in facts.worst]
    assert "<img" not in report_html(build_report(known))


def test_that_a_file_that_is_gone_leaves_its_card_without_pictures(
    project_path: Path, facts: Facts, tmp_path: Path
) -> None:
    with Project.open(project_path, read_only=True) as opened:
        samples = {sample.path.name: sample.path for sample in load_dataset(opened).samples}
        lost = samples[facts.worst[0].name]
        kept = lost.read_bytes()
        lost.write_bytes(b"no picture")
        try:
            again = gather(opened, evaluation=facts.evaluation, device="cpu")
        finally:
            lost.write_bytes(kept)
    assert again.worst[0].name == lost.name
    assert not again.worst[0].pictures
    assert all(mistake.pictures for mistake in again.worst[1:])
    write_html(tmp_path / "r.html", again)
    Page((tmp_path / "r.html").read_text(encoding="utf-8"))


def test_that_it_can_be_stopped(project: Project) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        gather(project, cancel=token, device="cpu")


def test_that_test_images_are_taken_where_there_are_any_and_learned_ones_are_told(
    project_path: Path, tmp_path: Path
) -> None:
    with Project.open(project_path, read_only=True) as opened:
        pictures = load_dataset(opened).samples[0].path.parent.parent
    with Project.create(tmp_path / "p.effnet") as mine:
        import_folder(mine, pictures, val=0.3)
        dataset = load_dataset(mine)
        assert default_split(dataset) == "val"
        keep_version(mine, dataset)
        run_dir = write_run(mine, CLASSES)
        config = (run_dir / "config.json").read_text(encoding="utf-8")
        config = config.replace('"dataset_version": "1"', f'"dataset_version": "{dataset.version}"')
        (run_dir / "config.json").write_text(config, encoding="utf-8")
        same = gather(mine, pictures=False, device="cpu")
        assert same.changes == VersionDiff((), (), (), ())
        assert not same.learned
        learned = [sample.id for sample in dataset.subset("train")][:2]
        chosen = [sample.id for sample in dataset.subset("val")][1:2]
        set_split(mine, [*learned, *chosen], "test")
        exclude(mine, [dataset.subset("val")[0].id])
        moved = gather(mine, pictures=False, device="cpu")
        mended = gather(mine, split="val", evaluation=same.evaluation, pictures=False, device="cpu")
    assert mended.evaluation.images < same.evaluation.images, "today's labels count"
    assert moved.evaluation.split == "test"
    assert (moved.learned, moved.chosen) == (2, 1)
    assert "1 of the 3 judged images were validation images" in str(warnings(moved)[1])
    assert "kept apart" not in report_html(build_report(moved))
    assert "2 of the 3 judged images are among those it has learned from" in str(warnings(moved)[0])
    assert moved.changes is not None
    assert (len(moved.changes.removed), len(moved.changes.moved)) == (1, 3)
    assert "1 taken away" in _section(moved, "split")
    assert "Images moved to test: 3" in _section(moved, "images")


def test_that_answers_from_before_a_change_are_not_reported(
    project_path: Path, tmp_path: Path
) -> None:
    with Project.create(tmp_path / "changing.effnet") as mine:
        import_folder(mine, project_path.parent / "pictures")
        run_dir = write_run(mine, CLASSES)
        before = gather(mine, pictures=False, device="cpu").evaluation
        os.utime(run_dir / BEST_FILE, ns=(1, 1))
        newer = gather(mine, evaluation=before, pictures=False, device="cpu").evaluation
        assert before.weights != newer.weights == tuple(weights_state(run_dir) or ())
        exclude(mine, [before.sample_ids[0]])
        after = gather(mine, evaluation=before, pictures=False, device="cpu")
    assert after.evaluation.images == before.images - 1
    assert after.evaluation.dataset_version == after.dataset_version


def test_that_a_folder_it_has_learned_from_is_not_called_untouched() -> None:
    facts = make_facts([0, 1], [0, 0], outside="garden")
    assert "nothing was chosen by them" in model_card(facts)
    for part in ("learned", "chosen"):
        told = model_card(replace(facts, **{part: 1}))
        assert "nothing was chosen by them" not in told
        assert "some of them had a part in the training" in told


def test_that_another_folder_can_be_judged(project: Project, project_path: Path) -> None:
    mine = outside_dataset(project_path.parent / "pictures")
    found = gather(project, outside=mine, outside_name="my garden", device="cpu")
    assert found.evaluation.images == 24
    assert sum(each.images for each in found.counts) == 24
    page = report_html(build_report(found))
    assert "24 images of the folder my garden" in page
    assert "chose which epoch" not in page
    assert all(mistake.pictures for mistake in found.worst)
    assert "secret-place" not in page
    known = gather(
        project,
        evaluation=found.evaluation,
        outside=mine,
        outside_name="my garden",
        pictures=False,
    )
    assert [m.name for m in known.worst] == [m.name for m in found.worst]
    assert "my garden" in model_card(known).split("---")[1]


# -- what it says ----------------------------------------------------------------------------------


def test_that_validation_figures_carry_a_warning_and_test_figures_none() -> None:
    for split, word in (("val", "chose which epoch"), ("train", "learned from these very")):
        found = [str(each) for each in warnings(make_facts([0, 1], [0, 0], split=split))]
        assert any(word in each for each in found)
    facts = make_facts([0, 1], [0, 0])
    assert not warnings(facts)
    assert "kept apart" in report_html(build_report(facts))


@pytest.mark.parametrize(
    ("true", "predicted", "classes"),
    [
        ([0], [0], ("ants", "bees")),
        ([0], [1], ("ants", "bees")),
        ([0, 1] * 5, [0, 1] * 5, ("ants", "bees")),
        ([0, 1] * 5, [1, 0] * 5, ("ants", "bees")),
        ([0, 0, 1], [0, 1, 1], ("ants", "bees", "nobody")),
        ([0, 0], [0, 0], ("only",)),
        ([0, 1, 2, 3], [1, 2, 3, 0], HOSTILE),
    ],
)
def test_that_a_report_is_whole_on_odd_figures(
    true: list[int], predicted: list[int], classes: tuple[str, ...]
) -> None:
    facts = make_facts(true, predicted, classes)
    page = Page(report_html(build_report(facts)))
    text = page.elements[0].text
    assert "nan" not in text.casefold()
    for name in classes:
        assert name in text
    wrong = sum(a != b for a, b in zip(true, predicted, strict=True))
    assert len(page.all("img")) == 2 * wrong
    assert ("Every image was recognised" in text) == (wrong == 0)


def test_that_no_name_turns_round_what_stands_behind_it() -> None:
    facts = make_facts([0, 1], [1, 0], ("\u202eants", "\u05d3\u05d1\u05d5\u05e8\u05d4"))
    for written in (report_html(build_report(facts)), model_card(facts)):
        assert "\u202e" not in written.split("---")[-1]
        assert "ants" in written
        assert "\u05d3\u05d1\u05d5\u05e8\u05d4" in written, "Hebrew runs its own way"


def test_that_a_class_without_images_has_no_recall_and_stands_last() -> None:
    facts = make_facts([0, 0, 1], [0, 1, 1], ("ants", "bees", "nobody"))
    found = class_figures(facts.evaluation, facts.intervals)
    assert [each.label for each in found] == ["ants", "bees", "nobody"]
    assert (found[-1].recall, found[-1].precision, found[-1].f1) == (None, None, None)
    assert found[0].recall == 0.5
    assert found[0].recall_low < 0.5 < found[0].recall_high
    assert any("nobody" in str(each) for each in limits(facts))


def test_that_a_limit_below_which_it_does_not_answer_is_told() -> None:
    option = RejectOption(Score.CONFIDENCE, 0.6, 0.9, 0.975, 40, "v1", "")
    text = str(limits(make_facts([0, 1], [0, 0], reject=option))[0])
    assert "to 4 of 40 validation images, and 97.5 %" in text
    assert "always answers" in str(limits(make_facts([0, 1], [0, 0]))[0])


def test_that_calibration_is_shown_before_and_after_the_temperature() -> None:
    facts = make_facts([0, 1] * 10, [0, 0] * 10)
    text = _section(facts, "calibration")
    assert "Before the temperature" in text
    assert "On average it is 88.1 % sure, and 50.0 % of its answers are right" in text
    assert "Before the temperature" not in _section(
        make_facts([0, 1] * 10, [0, 0] * 10, temperature=1.0), "calibration"
    )


def test_that_pairs_are_those_of_the_matrix() -> None:
    facts = make_facts([0, 0, 0, 1, 2], [1, 1, 2, 0, 2], CLASSES)
    found = [(each.true, each.predicted, each.images) for each in confusions(facts.evaluation, 9)]
    assert found == [("ants", "bees", 2), ("bees", "ants", 1), ("ants", "wasps", 1)]
    assert confusions(facts.evaluation, 1)[0].share == pytest.approx(2 / 3)


def test_that_a_thousand_classes_stay_readable() -> None:
    names = tuple(f"class {number}" for number in range(1000))
    true = np.arange(3000) % 1000
    predicted = np.where(np.arange(3000) < 400, (true + 1) % 1000, true)
    facts = make_facts(true.tolist(), predicted.tolist(), names)
    report = build_report(facts)
    blocks = [block for section in report.sections for block in section.blocks]
    assert not any(isinstance(block, Matrix) for block in blocks)
    assert all(len(block.rows) <= 61 for block in blocks if isinstance(block, Table))
    assert all(len(block.cards) <= 24 for block in blocks if isinstance(block, Sheet))
    page = report_html(report)
    assert len(page) < 300_000
    Page(page)


def test_that_the_matrix_is_a_grid_up_to_a_limit() -> None:
    for count, there in ((MATRIX_CLASSES, True), (MATRIX_CLASSES + 1, False)):
        names = tuple(f"c{number}" for number in range(count))
        report = build_report(make_facts(list(range(count)), [0] * count, names))
        blocks = [block for section in report.sections for block in section.blocks]
        assert any(isinstance(block, Matrix) for block in blocks) == there


def test_that_intervals_hold_their_figure() -> None:
    for true, predicted in (([0], [0]), ([0, 1, 1], [0, 1, 0]), ([0, 1], [1, 0])):
        facts = make_facts(true, predicted)
        found = metrics_of(facts.evaluation, facts.intervals)
        assert {"accuracy", "macro_f1", "kappa", "mcc", "log_loss"} <= {each.key for each in found}
        for metric in found:
            assert math.isfinite(metric.value)
            assert metric.low <= metric.value <= metric.high
            assert "nan" not in metric.interval


def test_that_only_settings_of_ones_own_are_listed() -> None:
    assert own_settings(make_run(epochs=10)) == ()
    found = own_settings(make_run(epochs=10, mixup=0.2, preset="balanced"))
    assert [(str(title), str(value)) for title, value in found] == [("MixUp", "0.2")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/home/ann/p.effnet/runs/20260101-x/best.safetensors", "20260101-x"),
        ("C:\\Users\\Ann\\weights.pth", "weights.pth"),
        ("weights.pth", "weights.pth"),
        ("imagenet", "imagenet"),
        ("/", "/"),
    ],
)
def test_that_of_a_path_only_the_name_is_told(text: str, name: str) -> None:
    assert file_name(text) == name


def test_that_the_origin_of_the_weights_is_told_with_its_terms() -> None:
    import dataclasses

    run = make_run()
    starter = weights_origin(run)
    assert "ImageNet" in str(starter.licence)
    imagenet = weights_origin(dataclasses.replace(run, weights="imagenet"))
    assert imagenet.source.startswith("https://")
    assert "BSD-3-Clause" in str(imagenet.licence)
    assert not weights_origin(dataclasses.replace(run, weights="none")).licence
    own = make_run(weights="/home/ann/mine.pth")
    file = weights_origin(dataclasses.replace(own, weights="file"))
    assert file.source == "mine.pth"
    warm = dataclasses.replace(run, origin=Origin("a", "continued", "20251231-b"))
    assert "20251231-b" in str(weights_origin(warm).description)
    assert weights_origin(warm).licence == starter.licence


# -- the page --------------------------------------------------------------------------------------


def test_that_a_page_needs_nothing_and_loads_nothing(facts: Facts) -> None:
    page = Page(report_html(build_report(facts), language="zh_CN"))
    assert page.all("html")[0].attributes["lang"] == "zh-CN"
    assert not page.all("script")
    assert not page.all("link")
    for element in page.elements:
        assert not any(name.startswith("on") for name in element.attributes)
        if "src" in element.attributes:
            assert element.attributes["src"].startswith("data:image/jpeg;base64,")
        if "href" in element.attributes:
            assert element.attributes["href"].startswith("#")
    keys = {each.attributes["id"] for each in page.all("section")}
    assert {each.attributes["href"][1:] for each in page.all("a")} == keys


def test_that_a_page_can_be_heard(facts: Facts) -> None:
    page = Page(report_html(build_report(facts)))
    assert all(image.attributes["alt"] for image in page.all("img"))
    assert all(svg.attributes["aria-label"] for svg in page.all("svg"))
    assert len(page.all("caption")) >= 5
    assert all(head.attributes.get("scope") in {"row", "col"} for head in page.all("th"))
    assert len(page.all("h1")) == 1


def test_that_every_sentence_goes_through_the_translator() -> None:
    said: list[str] = []

    def words(message: Message) -> str:
        text = message.render(lambda template: f"«{template}»" if template else "")
        said.append(text)
        return text

    page = Page(report_html(build_report(make_facts([0, 1], [0, 0], split="val")), words=words))
    texts = [each.text for name in ("h2", "p", "th", "li", "dt") for each in page.all(name)]
    names = {"insects", "ants", "bees", ""}
    plain = [text for text in texts if "«" not in text and text not in names]
    assert [text for text in plain if not re.fullmatch(r"[\d.]+", text)] == []


@given(
    values=st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(allow_nan=True, allow_infinity=True)),
        min_size=0,
        max_size=30,
    ),
    style=st.sampled_from(["solid", "dashed", "dots", "bars"]),
    axes=st.sampled_from([{}, {"percent": "y"}, {"percent": "xy"}, {"whole": True}]),
)
def test_that_charts_are_whole_and_stay_inside(
    values: list[tuple[float, float]], style: str, axes: dict[str, object]
) -> None:
    values = [(x, y if abs(y) < 1e9 else math.nan) for x, y in values]
    xs, ys = tuple(x for x, _ in values), tuple(y for _, y in values)
    base = tuple(1.0 for _ in values) if style == "bars" else ()
    series = Series("a & b", xs, ys, style=style, base=base)  # type: ignore[arg-type]
    chart = Chart("<t>", "alt", "x", (series,), diagonal=True, **axes)  # type: ignore[arg-type]
    root = ET.fromstring(chart_svg(chart, str, PRINT_COLORS))
    for circle in root.iter("{http://www.w3.org/2000/svg}circle"):
        assert -1 <= float(circle.attrib["cx"]) <= WIDTH + 1
        assert -1 <= float(circle.attrib["cy"]) <= HEIGHT + 1
    for bar in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert -1 <= float(bar.attrib["y"]) <= HEIGHT + 1
        assert 0 <= float(bar.attrib["height"]) <= HEIGHT + 1
    assert len(list(root)) < 600
