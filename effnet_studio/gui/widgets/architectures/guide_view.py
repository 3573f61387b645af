"""Which model to take: four questions at the left, ranked answers at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.benchmark.guide import Answers, Where, recommend
from effnet_studio.engine.benchmark.results import load_results, this_versions
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import list_text
from effnet_studio.gui.theme import MEASURE, SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.architectures.choice_card import ChoiceCard
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.calm_spin import CalmSpin
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.benchmark.guide import Advice
    from effnet_studio.engine.benchmark.results import Results
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

WIDTH: Final = 248
"""Of the questions, pixels."""
CHOICES: Final = 3
MOST_IMAGES, MOST_MS = 10_000_000, 60_000
_USUAL_IMAGES: Final = 1000


class GuideView(QWidget):
    """Asks where, how many, how fast and how exact; recommends at every change.

    Args:
        session: Its dataset says how many images there are.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    model_chosen = Signal(str)
    """Catalog name of the model to use."""
    measure_asked = Signal()
    """The user wants to measure models, so that the times are known."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("guide_view")
        self._results: Results | None = None
        self._advice: Advice | None = None
        self._requests = Requests(session.jobs, parent=self)
        self._build_ui(theme)
        self._connect(session)
        self._retranslate()
        self._on_dataset_changed(session.dataset)
        self.reload()

    def _build_ui(self, theme: ThemeManager) -> None:
        self.where = CalmCombo("guide_where", self)
        for place in Where:
            self.where.addItem("", place)
        self.images = CalmSpin("guide_images", self)
        self.images.setRange(1, MOST_IMAGES)
        self.images.setGroupSeparatorShown(True)
        self.images.setValue(_USUAL_IMAGES)
        self.limit = CalmSpin("guide_limit", self)
        self.limit.setRange(0, MOST_MS)
        self.limit.setSingleStep(10)
        self.exact = CalmCombo("guide_exact", self)
        for exact in (False, True):
            self.exact.addItem("", exact)
        self._fields = (self.where, self.images, self.limit, self.exact)
        self._labels = [Label(self) for _ in self._fields]
        questions = QVBoxLayout()
        questions.setSpacing(SPACE_1)
        for label, field in zip(self._labels, self._fields, strict=True):
            set_role(label, "caption")
            label.setBuddy(field)
            field.setFixedWidth(WIDTH)
            questions.addWidget(label)
            questions.addWidget(field)
            questions.addSpacing(SPACE_3)
        self._about = Label(self)
        set_role(self._about, "caption")
        self._about.setWordWrap(True)
        self._about.setFixedWidth(WIDTH)
        questions.addWidget(self._about)
        questions.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addLayout(questions)
        layout.addWidget(self._build_answers(theme), 1)

    def _build_answers(self, theme: ThemeManager) -> QScrollArea:
        body = named(QWidget(self), "scroll_body")
        body.setMaximumWidth(MEASURE)
        self.banner = Banner(theme, "accent", body)
        self.banner.set_closable(False)
        self.measure = named(QPushButton(self.banner), "guide_measure")
        self.banner.add_button(self.measure)
        self.cards = [ChoiceCard(rank, theme, body) for rank in range(1, CHOICES + 1)]
        self._unfit = named(Label(body), "guide_unfit")
        set_role(self._unfit, "caption")
        self._unfit.setWordWrap(True)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.banner)
        for card in self.cards:
            column.addWidget(card)
        column.addWidget(self._unfit)
        column.addStretch(1)
        scroll = named(QScrollArea(self), "guide_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        return scroll

    def _connect(self, session: Session) -> None:
        self.where.currentIndexChanged.connect(self._on_answered)
        self.images.valueChanged.connect(self._on_answered)
        self.limit.valueChanged.connect(self._on_answered)
        self.exact.currentIndexChanged.connect(self._on_answered)
        self.measure.clicked.connect(self.measure_asked)
        for card in self.cards:
            card.use_clicked.connect(self.model_chosen)
        session.dataset_changed.connect(self._on_dataset_changed)
        self._requests.answered.connect(self._on_loaded)

    # -- answers ---------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Read this computer's results in the background."""
        self._requests.ask_only("results", load_results)

    @Slot(object)
    def set_results(self, results: Results) -> None:
        """Recommend from these results from now on."""
        self._results = results
        self._on_answered()

    @property
    def answers(self) -> Answers:
        """What was answered."""
        limit = self.limit.value()
        return Answers(
            where=Where(self.where.currentData()),  # Qt hands out plain text
            images=self.images.value(),
            limit=limit / 1000 if limit else None,
            exact=bool(self.exact.currentData()),
        )

    @property
    def advice(self) -> Advice | None:
        """What is recommended; None until the results have been read."""
        return self._advice

    @Slot(object, object)
    def _on_loaded(self, _key: object, results: Results) -> None:
        self.set_results(results)

    @Slot(object)
    def _on_dataset_changed(self, dataset: Dataset | None) -> None:
        if dataset is not None and len(dataset.samples):
            self.images.setValue(len(dataset.samples))

    @Slot()
    def _on_answered(self) -> None:
        if self._results is None:
            return
        self._advice = recommend(
            self.answers, self._results.measurements, this_versions(), most=CHOICES
        )
        self._show_advice()

    def _show_advice(self) -> None:
        advice = self._advice
        if advice is None:
            return
        for number, card in enumerate(self.cards):
            card.set_choice(advice.choices[number] if number < len(advice.choices) else None)
        self.banner.set_tone("accent" if advice.choices else "warning")
        remark = advice.remark
        self.banner.set_texts("" if remark is None else translate_message(remark))
        self._unfit.setText(
            self.tr("{count} models are too slow or too large for this.").format(
                count=len(advice.unfit)
            )
        )
        self._unfit.setToolTip(list_text(advice.unfit))
        self._unfit.setVisible(bool(advice.unfit))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        texts = (
            self.tr("Where will it run?"),
            self.tr("How many images to learn from?"),
            self.tr("How long may an answer take?"),
            self.tr("How exact must it be?"),
        )
        for label, field, text in zip(self._labels, self._fields, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        places = {
            Where.THIS: self.tr("On this computer"),
            Where.WEB: self.tr("In a web page"),
            Where.SMALL: self.tr("On a phone or Raspberry Pi"),
            Where.SERVER: self.tr("On a server"),
        }
        for row, place in enumerate(Where):
            self.where.setItemText(row, places[place])
        self.limit.setSuffix(" ms")
        self.limit.setSpecialValueText(self.tr("Does not matter"))
        self.exact.setItemText(0, self.tr("Good enough"))
        self.exact.setItemText(1, self.tr("As exact as possible"))
        self.measure.setText(self.tr("Measure models"))
        self._about.setText(
            self.tr(
                "Times, where they are known, were measured on this computer. Accuracy is that on "
                "ImageNet; on your images the order may differ."
            )
        )
        self._show_advice()
