"""The Confidence tab: every bar opens its images, and a threshold chosen there is used."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.evaluation.measures.calibration import measure_calibration
from effnet_studio.engine.evaluation.rejection import choose_threshold, risk_coverage
from effnet_studio.engine.predict.reject_option import RejectOption, Score, read_reject_option
from effnet_studio.gui.evaluation_keeper import Checked
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.models.confidence_facts import ConfidenceFacts, find_facts
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.session import Session
from effnet_studio.gui.text import percent_text, unbroken
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate import confidence_view
from effnet_studio.gui.widgets.evaluate.bin_bars import BinBars
from effnet_studio.gui.widgets.evaluate.confidence_view import ConfidenceView
from effnet_studio.gui.widgets.evaluate.reliability_charts import _round_steps
from effnet_studio.gui.widgets.evaluate.threshold_curve import ThresholdCurve
from effnet_studio.gui.widgets.plots.table_twin import rows_of


def made_up(
    images: int = 200, classes: int = 4, split: str = "val", skill: float = 2.0
) -> Evaluation:
    random = np.random.default_rng(2)
    true = random.integers(0, classes, images)
    logits = random.normal(0, 1.5, (images, classes))
    logits[np.arange(images), true] += skill
    return summarize(
        logits.astype(np.float32),
        true,
        classes=tuple(f"class {number}" for number in range(classes)),
        sample_ids=tuple(range(images)),
        split=split,
        dataset_version="3",
    )


class Sheet:
    """Remembers what it was asked to show."""

    def __init__(self, view: ConfidenceView) -> None:
        self.choices: list[ImageChoice] = []
        view.images_chosen.connect(self.choices.append)

    @property
    def positions(self) -> list[int]:
        return self.choices[-1].positions.tolist()


@pytest.fixture
def view(qtbot, runner: JobRunner, theme: ThemeManager, english) -> ConfidenceView:
    view = ConfidenceView(runner, theme)
    qtbot.addWidget(view)
    view.resize(700, 900)
    view.show()
    return view


def show(qtbot, view: ConfidenceView, evaluation: Evaluation) -> Sheet:
    view.set_evaluation(evaluation)
    qtbot.waitUntil(lambda: view._facts is not None, timeout=20_000)
    return Sheet(view)


def label(view: ConfidenceView, name: str) -> str:
    return view.findChild(QLabel, name).text()


def button(view: ConfidenceView, name: str) -> QPushButton:
    return view.findChild(QPushButton, name)


def curve_of(view: ConfidenceView) -> ThresholdCurve:
    return view.findChild(ThresholdCurve, "threshold_curve")


@pytest.mark.parametrize(("images", "classes"), [(1, 2), (200, 4), (500, 1000)])
def test_that_the_figures_are_the_engines(
    qtbot, view: ConfidenceView, images: int, classes: int
) -> None:
    evaluation = made_up(images, classes)
    show(qtbot, view, evaluation)
    truth = measure_calibration(evaluation.logits, evaluation.true)
    assert label(view, "ece_figure") == percent_text(truth.ece)
    assert label(view, "ece_note") == (
        f"{percent_text(truth.ece_low)} to {percent_text(truth.ece_high)}"
    )
    said = label(view, "confidence_said")
    assert unbroken(percent_text(truth.confidence)) in said
    assert unbroken(percent_text(truth.accuracy)) in said


def test_that_it_is_said_whether_the_model_is_too_sure(qtbot, view: ConfidenceView) -> None:
    honest = made_up(2000)
    show(qtbot, view, dataclasses.replace(honest, logits=8 * honest.logits))
    assert label(view, "confidence_said").endswith("too sure.")
    assert "not" not in label(view, "confidence_said")
    show(qtbot, view, dataclasses.replace(honest, logits=honest.logits / 8))
    assert label(view, "confidence_said").endswith("not sure enough.")


def test_that_what_the_temperature_did_is_said(qtbot, view: ConfidenceView) -> None:
    evaluation = made_up()
    show(qtbot, view, evaluation)
    assert view.findChild(QLabel, "confidence_unscaled").isHidden()
    view.set_run(2.5, None)
    qtbot.waitUntil(lambda: view._before is not None)
    before = measure_calibration(2.5 * evaluation.logits, evaluation.true).ece
    said = label(view, "confidence_unscaled")
    assert "temperature 2.50" in said
    assert unbroken(percent_text(before)) in said


@pytest.mark.parametrize("name", ["reliability_bars", "histogram_bars"])
def test_that_each_bar_opens_its_images_errors_first(
    qtbot, view: ConfidenceView, name: str
) -> None:
    evaluation = made_up()
    sheet = show(qtbot, view, evaluation)
    bars = view.findChild(BinBars, name)
    bars.resize(400, 170)
    right = evaluation.true == evaluation.predicted
    seen: list[int] = []
    area = bars._axes().area
    for number in range(10):
        before = len(sheet.choices)
        x = area.left() + area.width() * (number + 0.5) / 10
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(round(x), 60))
        low, high = number / 10, (number + 1) / 10
        members = (evaluation.confidence > low) & (evaluation.confidence <= high)
        if not members.any():
            assert len(sheet.choices) == before
            continue
        positions = sheet.positions
        assert set(positions) == set(np.flatnonzero(members).tolist())
        assert right[positions].tolist() == sorted(right[positions].tolist())
        share = percent_text(float(right[members].mean()), 0)
        assert sheet.choices[
            -1
        ].title == f"Confidence {10 * number} % to {10 * number + 10} %: " + (f"{share} right")
        assert bars.chosen == number
        seen += positions
    assert sorted(seen) == list(range(200))
    view.clear_choice()
    assert bars.chosen is None


def test_that_bars_are_reached_with_the_keys(qtbot, view: ConfidenceView) -> None:
    evaluation = made_up()
    sheet = show(qtbot, view, evaluation)
    bars = view.findChild(BinBars, "reliability_bars")
    filled = sorted(set(view._facts.members.tolist()))
    for _ in range(len(filled) + 1):
        qtbot.keyClick(bars, Qt.Key.Key_Right)
    assert bars.chosen == filled[-1]
    assert len(sheet.choices) == len(filled) + 1
    qtbot.keyClick(bars, Qt.Key.Key_Home)
    assert bars.chosen == filled[0]
    assert "is right in" in bars.accessibleName()


@pytest.mark.parametrize(
    ("most", "wanted"), [(0, 1), (3, 3), (7, 8), (23, 30), (40, 40), (433, 600), (9_999, 10_000)]
)
def test_that_counts_are_drawn_up_to_a_round_number(most: int, wanted: int) -> None:
    steps = _round_steps(most)
    assert steps[0] == 0
    assert steps[-1] == wanted
    assert len(steps) <= 5
    assert len(set(np.diff(steps))) == 1


def test_that_the_tables_have_the_same_numbers(qtbot, view: ConfidenceView) -> None:
    evaluation = made_up()
    show(qtbot, view, evaluation)
    rows = rows_of(view._charts._reliability.twin.table.model())[1:]
    assert sum(int(row[1]) for row in rows) == 200
    right = int((evaluation.true == evaluation.predicted).sum())
    assert sum(int(row[2]) for row in rows) == right
    thresholds = rows_of(view.choice.twin.table.model())[1:]
    assert thresholds[0][2] == "100.0 %"
    assert thresholds[0][3] == percent_text(evaluation.accuracy)


@pytest.mark.parametrize("score", list(Score))
def test_that_the_keys_move_the_threshold_and_its_images_open(
    qtbot, view: ConfidenceView, score: Score
) -> None:
    evaluation = made_up()
    sheet = show(qtbot, view, evaluation)
    choice = view.findChild(QComboBox, "threshold_score")
    choice.setCurrentIndex(choice.findData(score.value))
    truth = risk_coverage(evaluation, score)
    curve = curve_of(view)
    assert "Answers every image" in label(view, "threshold_said")
    assert not button(view, "threshold_use").isEnabled()
    assert button(view, "threshold_show").isHidden()
    for _ in range(14):
        qtbot.keyClick(curve, Qt.Key.Key_Left)
    answered, right = int(truth.answered[-15]), int(truth.right[-15])
    said = label(view, "threshold_said")
    assert f"Answers {percent_text(answered / 200)}" in said
    assert percent_text(right / answered) in said
    assert str(200 - answered) in said
    qtbot.mouseClick(button(view, "threshold_show"), Qt.MouseButton.LeftButton)
    order = np.argsort(truth.certainty, kind="stable")
    assert sheet.positions == order[: 200 - answered].tolist()
    qtbot.keyClick(curve, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: len(sheet.positions) < 200 - answered)  # the sheet follows
    with qtbot.waitSignal(view.threshold_wished) as wished:
        qtbot.mouseClick(button(view, "threshold_use"), Qt.MouseButton.LeftButton)
    (wish,) = wished.args
    assert (wish.score, wish.threshold) == (score.value, float(truth.thresholds[-14]))


def test_that_so_many_right_answers_can_be_wished_for(qtbot, view: ConfidenceView) -> None:
    evaluation = made_up()
    show(qtbot, view, evaluation)
    curve = risk_coverage(evaluation)
    for share in (0.95, 0.98, 0.99):
        wish = button(view, f"threshold_{round(100 * share)}")
        assert wish.isEnabled() is bool((curve.accuracy >= share).any())
        if wish.isEnabled():
            qtbot.mouseClick(wish, Qt.MouseButton.LeftButton)
            assert view.choice.threshold == choose_threshold(curve, accuracy=share)
    hopeless = dataclasses.replace(evaluation, true=(evaluation.predicted + 1) % 4)
    show(qtbot, view, hopeless)
    assert not button(view, "threshold_95").isEnabled()


def test_that_a_threshold_that_rests_on_few_images_is_warned_of(
    qtbot, view: ConfidenceView
) -> None:
    show(qtbot, view, made_up())
    curve, why = curve_of(view), view.findChild(QLabel, "threshold_why")
    assert why.isHidden()
    curve.move_to(4)
    assert not why.isHidden()
    assert "Images answered: 5." in why.text()
    assert "Only 2 % of the images" in why.text()
    assert button(view, "threshold_use").isEnabled()  # it is the user's to decide
    curve.move_to(100)
    assert why.isHidden()


def test_that_the_threshold_is_dragged(qtbot, view: ConfidenceView) -> None:
    show(qtbot, view, made_up())
    curve = curve_of(view)
    curve.resize(600, 190)
    area = curve._axes().area
    half = QPoint(round(area.left() + area.width() / 2), 50)
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=half)
    coverage = view._facts.curves["confidence"].coverage
    assert coverage[curve.place] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(("split", "word"), [("test", "test images"), ("train", "by heart")])
def test_that_only_validation_images_choose(
    qtbot, view: ConfidenceView, split: str, word: str
) -> None:
    evaluation = made_up(split=split)
    sheet = show(qtbot, view, evaluation)
    truth = risk_coverage(evaluation)
    view.set_run(1.0, RejectOption(Score.CONFIDENCE, 0.6, 0.8, 0.9, 50, "3", "abc"))
    answered, _ = truth.counts_at(0.6)
    curve = curve_of(view)
    assert int(truth.answered[curve.place]) == answered
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    assert int(truth.answered[curve.place]) == answered
    assert button(view, "threshold_use").isHidden()
    assert button(view, "threshold_none").isHidden()
    assert word in label(view, "threshold_why")
    assert "80.0 % of the validation images" in label(view, "threshold_used")
    qtbot.mouseClick(button(view, "threshold_show"), Qt.MouseButton.LeftButton)
    assert len(sheet.positions) == 200 - answered


def test_that_the_language_changes_while_images_are_shown(qtbot, view: ConfidenceView) -> None:
    sheet = show(qtbot, view, made_up())
    bars = view.findChild(BinBars, "reliability_bars")
    qtbot.keyClick(bars, Qt.Key.Key_End)
    positions = sheet.positions
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    asked = len(sheet.choices)
    install_language(app, "zh_CN")
    qtbot.waitUntil(lambda: len(sheet.choices) > asked)
    assert sheet.positions == positions
    install_language(app, "en")


def test_that_the_handle_stays_when_a_label_is_mended(qtbot, view: ConfidenceView) -> None:
    evaluation = made_up()
    show(qtbot, view, evaluation)
    for _ in range(20):
        qtbot.keyClick(curve_of(view), Qt.Key.Key_Left)
    threshold = view.choice.threshold
    true = evaluation.true.copy()
    true[:3] = (true[:3] + 1) % 4
    show(qtbot, view, dataclasses.replace(evaluation, true=true))
    assert view.choice.threshold == threshold
    show(qtbot, view, made_up(split="test"))
    assert "Answers every image" in label(view, "threshold_said")


def test_that_nothing_is_worked_out_unseen(
    qtbot, view: ConfidenceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Evaluation] = []

    def record(evaluation: Evaluation) -> ConfidenceFacts:
        asked.append(evaluation)
        return find_facts(evaluation)

    monkeypatch.setattr(confidence_view, "find_facts", record)
    view.hide()
    first, second = made_up(), made_up(images=90)
    view.set_evaluation(first)
    view.set_evaluation(second)
    view.set_run(2.0, None)
    view.show()
    qtbot.waitUntil(lambda: view._facts is not None and view._before is not None)
    assert asked == [second]


def test_that_nothing_is_shown_without_an_evaluation(qtbot, view: ConfidenceView) -> None:
    show(qtbot, view, made_up())
    view.set_evaluation(None)
    assert label(view, "confidence_said") == ""
    assert view.choice.threshold is None
    assert not button(view, "threshold_use").isEnabled()


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> EvaluatePage:
    page = EvaluatePage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    # The random network is equally certain of all images: there would be nothing to choose.
    ids = tuple(sample.id for sample in opened.dataset.subset("val"))
    evaluation = dataclasses.replace(made_up(len(ids), 3), sample_ids=ids)
    page._keeper.result = Checked(evaluation, opened.dataset, opened.project, opened.run.run_dir)
    page._on_kept()
    view = page._view.confidence
    page._tabs.setCurrentIndex(page._view.tabs.index(view))
    page.show()
    qtbot.waitUntil(lambda: view._facts is not None and view._temperature is not None)
    return page


def test_that_a_threshold_is_kept_with_the_run_and_taken_back(qtbot, page: EvaluatePage) -> None:
    view, run_dir = page._view.confidence, page.session.run.run_dir
    evaluation = view._evaluation
    qtbot.keyClick(curve_of(view), Qt.Key.Key_Left)
    qtbot.keyClick(curve_of(view), Qt.Key.Key_Left)
    threshold = view.choice.threshold
    with qtbot.waitSignal(page.session.rejection_changed, timeout=20_000) as changed:
        qtbot.mouseClick(button(view, "threshold_use"), Qt.MouseButton.LeftButton)
        assert not button(view, "threshold_use").isEnabled()  # while it is being kept
    assert changed.args == [run_dir]
    kept = read_reject_option(run_dir)
    assert kept is not None
    assert (kept.score, kept.threshold) == (Score.CONFIDENCE, threshold)
    assert kept.images == evaluation.images
    qtbot.waitUntil(lambda: "one that answers" in label(view, "threshold_used"))
    assert not button(view, "threshold_use").isEnabled()
    assert button(view, "threshold_none").isEnabled()
    with qtbot.waitSignal(page.session.rejection_changed, timeout=20_000):
        qtbot.mouseClick(button(view, "threshold_none"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "every image is answered" in label(view, "threshold_used"))
    assert read_reject_option(run_dir) is None


def test_that_a_project_open_for_reading_keeps_no_threshold(
    qtbot, page: EvaluatePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = page._view.confidence
    qtbot.keyClick(curve_of(view), Qt.Key.Key_Left)
    assert button(view, "threshold_use").isEnabled()
    view.choice.set_state(saving=False, writable=False)
    assert not button(view, "threshold_use").isEnabled()
    assert "reading only" in label(view, "threshold_why")


def test_that_an_exported_file_chooses_nothing_for_the_run(qtbot, page: EvaluatePage) -> None:
    view = page._view.confidence
    dataset, project = page.session.dataset, page.session.project
    page._keeper.result = Checked(view._evaluation, dataset, project, None, "model.onnx")
    page._on_kept()
    qtbot.waitUntil(lambda: view._facts is not None)
    assert button(view, "threshold_use").isHidden()
    assert "exported with" in label(view, "threshold_why")
    place = curve_of(view).place
    qtbot.keyClick(curve_of(view), Qt.Key.Key_Left)
    assert curve_of(view).place == place


def test_that_a_drive_that_is_gone_is_said(qtbot, page: EvaluatePage, tmp_path: Path) -> None:
    view, run_dir = page._view.confidence, page.session.run.run_dir
    qtbot.keyClick(curve_of(view), Qt.Key.Key_Left)
    run_dir.rename(tmp_path / "away")
    with qtbot.waitSignal(page._rejection.failed, timeout=20_000):
        qtbot.mouseClick(button(view, "threshold_use"), Qt.MouseButton.LeftButton)
    assert button(view, "threshold_use").isEnabled()
    (tmp_path / "away").rename(run_dir)


def test_that_charts_grow_where_there_is_room(qtbot, view: ConfidenceView) -> None:
    show(qtbot, view, made_up())
    charts = [view.findChild(BinBars, name) for name in ("reliability_bars", "histogram_bars")]
    charts.append(curve_of(view))
    before = [chart.height() for chart in charts]
    view.resize(2400, 1900)
    qtbot.waitUntil(lambda: all(chart.height() == 420 for chart in charts))
    assert all(height < 240 for height in before)
    view.resize(700, 900)
    qtbot.waitUntil(lambda: [chart.height() for chart in charts] == before)
