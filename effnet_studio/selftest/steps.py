"""The steps of the job, each by the controls that a person uses, each with what has to hold."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QPushButton,
    QSlider,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from effnet_studio.engine.facts.fact import Level
from effnet_studio.engine.training.config import Preset
from effnet_studio.gui.pages.doctor import DoctorPage
from effnet_studio.gui.readable_language import has_glyphs
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.evaluate.evaluation_view import EvaluationView
from effnet_studio.gui.widgets.export.export_result_card import ExportResultCard
from effnet_studio.gui.widgets.predict.explanation_panel import ExplanationPanel
from effnet_studio.gui.widgets.predict.predicted_list import PredictedList
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid
from effnet_studio.gui.widgets.train.train_setup import TrainSetup
from effnet_studio.selftest.exported import judge_export
from effnet_studio.selftest.hands import CheckError
from effnet_studio.selftest.step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.selftest.hands import Hands

QUICK_SIZE: Final = 64
"""Side of the images, pixels, where the answer matters less than the time."""
QUICK_POINTS: Final = 5.0
"""Accuracy that a rounded file may then lose, percentage points: fewer ways are tried."""
_WORST_ACCURACY: Final = 0.5
"""Of six things told apart: three times what guessing brings."""
_FARTHEST: Final = 0.01
"""How far a probability of the exported file may be from the model's."""


class Steps:
    """What is done with the window, in the order of the work.

    Args:
        hands: Move the window.
        folder: For a file that a step needs.
        quick: Train on smaller pictures.
    """

    def __init__(self, hands: Hands, folder: Path, *, quick: bool) -> None:
        self._hands = hands
        self._window = hands.window
        self._session = hands.window.session
        self._quick = quick
        self._no_picture = folder / "no picture.jpg"
        self._pictures: list[Path] = []
        self._answers: list[Prediction] = []
        self._exported: dict[str, ExportResult] = {}

    def all(self) -> tuple[Step, ...]:
        """The steps between opening and closing the window."""
        return (
            Step("sample", "Make the sample", self.make_sample),
            Step("train", "Train (Instant)", self.train, "sample"),
            Step("evaluate", "Evaluate", self.evaluate, "train"),
            Step("predict", "Recognise pictures", self.predict, "train"),
            Step("explain", "Explain (Grad-CAM)", self.explain, "predict"),
            Step("onnx", "Export ONNX, 32 bit", self.export_exact, "train"),
            Step("int8", "Export ONNX, int8", self.export_small, "train"),
            Step("answers", "Ask the exported file", self.ask_exported, "onnx"),
            Step("guide", "Open the guide", self.open_guide),
            Step("doctor", "Ask the doctor", self.ask_doctor),
            Step("language", "Switch the language", self.switch_language),
            Step("theme", "Switch the colours", self.switch_theme),
        )

    # -- the work ------------------------------------------------------------------------------

    def make_sample(self) -> str:
        """Draw the sample and make a project of it."""
        self._hands.press("welcome_sample")
        self._hands.wait_for(lambda: self._session.dataset is not None, "the sample's images")
        self._hands.settle()
        self._expect_page("data")
        dataset = self._dataset
        return f"{len(dataset.samples)} images of {len(dataset.classes)} classes"

    def train(self) -> str:
        """Train with what is proposed for the sample, to the end."""
        self._hands.press("data_train")
        self._expect_page("train")
        self._choose_settings()
        preset = self._hands.find(TrainSetup, "train_setup").presets.preset
        if preset is not Preset.INSTANT:
            raise CheckError(f"The sample is to be trained with Instant, not with {preset}.")
        self._hands.press("train_start")
        self._hands.wait_for(lambda: self._session.training_job is not None, "the training")
        self._hands.wait_for(
            lambda: self._session.training_job is None and self._session.run is not None,
            "the trained model",
        )
        self._hands.settle()
        right = self._run.best_accuracy or 0.0
        if right < _WORST_ACCURACY:
            raise CheckError(f"It learned too little: {right:.0%} right.")
        return f"{right:.0%} of the validation images right"

    def _choose_settings(self) -> None:
        """Begin with the backbone shipped with the app: no other computer is to be asked."""
        if not self._hands.sees(QComboBox, "train_weights"):
            self._hands.press("advanced_toggle")
        weights = self._hands.find(QComboBox, "train_weights")
        weights.setCurrentIndex(weights.findData("starter"))
        if self._quick:
            setup = self._hands.find(TrainSetup, "train_setup")
            setup.form.set_values({"image_size": QUICK_SIZE})

    def evaluate(self) -> str:
        """Look at what the model gets wrong."""
        self._hands.press("nav_evaluate")
        self._expect_page("evaluate")
        self._hands.press("empty_action")
        self._hands.wait_for(
            lambda: self._hands.sees(QWidget, "confusion_matrix"), "the confusion matrix"
        )
        self._hands.settle()
        matrix = self._hands.find(ConfusionMatrix, "confusion_matrix")
        grid = self._hands.find(EvaluationView, "evaluation_view").findChild(ThumbnailGrid)
        if grid is None:
            raise CheckError("The images behind the matrix are not shown.")
        kinds, shown = len(self._dataset.classes), 0
        for row, column in itertools.product(range(kinds), repeat=2):
            matrix.select(row, column)
            shown += grid.thumbnails.rowCount()
        checked = len(self._dataset.subset("val"))
        if shown != checked:
            raise CheckError(f"The matrix leads to {shown} images instead of {checked}.")
        return f"{checked} images checked"

    def predict(self) -> str:
        """Drop one validation picture of each class, and a file that is none."""
        self._hands.press("nav_predict")
        self._expect_page("predict")
        self._hands.wait_for(lambda: self._hands.sees(QPushButton, "predict_choose"), "the page")
        first = {sample.label: sample.path for sample in reversed(self._dataset.subset("val"))}
        self._pictures = [path for _, path in sorted(first.items())]
        self._no_picture.write_bytes(b"not an image")
        self._hands.drop([*self._pictures, self._no_picture])
        self._answers = self._judged(refused=[self._no_picture])
        names = [self._dataset.classes[label] for label in sorted(first)]
        right = sum(
            answer.best.label == name for answer, name in zip(self._answers, names, strict=True)
        )
        if right <= len(names) // 3:
            raise CheckError(f"Only {right} of {len(names)} pictures were recognised.")
        return f"{right} of {len(names)} right"

    def explain(self) -> str:
        """See where the model looked."""
        panel = self._hands.find(ExplanationPanel, "explanation_panel")
        self._hands.wait_for(lambda: panel.map_picture() is not None, "the map")
        self._hands.settle()
        opacity, before = self._hands.find(QSlider, "explain_opacity"), panel.picture()
        kept = opacity.value()
        opacity.setValue(opacity.maximum() if kept < opacity.maximum() else opacity.minimum())
        if np.array_equal(np.asarray(before), np.asarray(panel.picture())):
            raise CheckError("The slider does not change how the map is seen.")
        opacity.setValue(kept)
        numbers = panel.numbers()
        if numbers is None or not float(numbers.max()) > float(numbers.min()):
            raise CheckError("The map shows nothing.")
        height, width = numbers.shape
        return f"a map of {width} × {height} places"

    def export_exact(self) -> str:
        """Write a file that answers exactly like the app."""
        return self._export("onnx", again=False)

    def export_small(self) -> str:
        """Write a file of 8-bit integers within the limit of accuracy."""
        return self._export("onnx-int8", again="onnx" in self._exported)

    def _export(self, kind: str, *, again: bool) -> str:
        self._hands.press("nav_export")
        self._expect_page("export")
        if again and self._hands.sees(QPushButton, "export_again"):
            self._hands.press("export_again")
        self._hands.press("target_python")
        self._hands.press(f"format_{kind}")
        if self._quick and self._hands.sees(QDoubleSpinBox, "export_points"):
            self._hands.find(QDoubleSpinBox, "export_points").setValue(QUICK_POINTS)
        self._hands.press("export_start")
        self._hands.wait_for(self._export_ended, "the file and its certificate")
        self._hands.settle()
        result = self._hands.find(ExportResultCard, "export_result").certificate.result
        if result.format != kind:
            raise CheckError(f"Asked for {kind}, got {result.format}.")
        self._exported[kind] = result
        return judge_export(result)

    def _export_ended(self) -> bool:
        running = any(job.kind == "export" and job.running for job in self._session.jobs.jobs)
        return not running and self._hands.sees(ExportResultCard, "export_result")

    def ask_exported(self) -> str:
        """Give the exported file the same pictures, and compare its answers with the model's."""
        self._hands.press("nav_predict")
        self._expect_page("predict")
        if self._hands.sees(QPushButton, "predict_clear"):
            self._hands.press("predict_clear")
        file = self._exported["onnx"].file
        self._hands.drop([file, *self._pictures])
        answers = self._judged()
        farthest = max(
            float(abs(one.probabilities - other.probabilities).max())
            for one, other in zip(self._answers, answers, strict=True)
        )
        if farthest > _FARTHEST:
            raise CheckError(f"A probability differs by {farthest:.3f} from the model's.")
        self._hands.press("predict_use_run")
        self._hands.settle()
        return f"the same as the model's, to {farthest:.0e}"

    def _judged(self, refused: Sequence[Path] = ()) -> list[Prediction]:
        """The answers for the dropped pictures, in their order."""
        listed = self._window.page("predict").findChild(PredictedList)
        if listed is None:
            raise CheckError("There is no list of pictures.")
        self._hands.wait_for(
            lambda: {item.path for item in listed.rows} == {*self._pictures, *refused},
            "the answers",
        )
        self._hands.settle()
        found = {item.path: item.prediction for item in listed.rows}
        answers = [found[path] for path in self._pictures]
        if not all(answers):
            raise CheckError("A picture was refused.")
        if any(found[path] for path in refused):
            raise CheckError("A file that is no picture was given an answer.")
        return [answer for answer in answers if answer is not None]

    # -- beside the work -----------------------------------------------------------------------

    def open_guide(self) -> str:
        """Read the first page of the guide."""
        self._hands.give("guide")
        self._expect_page("guide")
        reader = self._hands.find(QTextBrowser, "guide_reader")
        self._hands.wait_for(lambda: bool(reader.toPlainText().strip()), "its text", at_once=True)
        return f"a page of {len(reader.toPlainText().split())} words"

    def ask_doctor(self) -> str:
        """Have this computer examined."""
        self._hands.give("doctor")
        self._expect_page("doctor")
        page = self._hands.find(DoctorPage, "page_doctor")
        self._hands.wait_for(lambda: page.examination is not None, "its findings")
        self._hands.settle()
        found = page.examination
        worst = [] if found is None else found.at(Level.PROBLEM)
        if worst:
            raise CheckError("; ".join(f"{fact.title}: {fact.value}" for fact in worst))
        warned = [] if found is None else found.at(Level.WARNING)
        return "no problem" if not warned else f"no problem, {len(warned)} to look at"

    def switch_language(self) -> str:
        """Read the window in Chinese and in English, where there is a font for both."""
        if not has_glyphs("简体中文"):
            return "English only: no font here has Chinese characters"
        if self._hands.sees(QToolButton, "aside_back"):
            self._hands.press("aside_back")
        seen = []
        for code in ("zh_CN", "en"):
            self._hands.give(f"language_{code}")
            self._hands.settle()
            seen.append(self._window.actions_by_key["data"].text())
            if code != "en":
                self._hands.take_picture(f"language-{code}")
        chinese, english = seen
        if chinese.isascii() or not english.isascii():
            raise CheckError(f"The menus say {chinese} in Chinese and {english} in English.")
        return "Chinese and English"

    def switch_theme(self) -> str:
        """See the window in dark and in light colours."""
        self._choose_theme("dark")
        self._hands.take_picture("theme-dark")
        self._choose_theme("light")
        return "dark and light"

    def _choose_theme(self, mode: str) -> None:
        """Have other colours; after a switch of the language they come in a turn of their own."""
        self._hands.give(f"theme_{mode}")
        self._hands.wait_for(
            lambda: _is_dark() is (mode == "dark"), f"the {mode} colours", at_once=True
        )
        self._hands.settle()

    # -- what there is -------------------------------------------------------------------------

    @property
    def _dataset(self) -> Dataset:
        if self._session.dataset is None:
            raise CheckError("There are no images.")
        return self._session.dataset

    @property
    def _run(self) -> Run:
        if self._session.run is None:
            raise CheckError("There is no trained model.")
        return self._session.run

    def _expect_page(self, key: str) -> None:
        stack = self._window.stack
        self._hands.wait_for(
            lambda: stack.currentWidget() is stack.made_pages().get(key),
            f"the page {key}",
            at_once=True,
        )


def _is_dark() -> bool:
    """Whether the window's colours have light text on something darker."""
    palette = QApplication.palette()
    window, text = (
        palette.color(role).lightness()
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText)
    )
    return window < text
