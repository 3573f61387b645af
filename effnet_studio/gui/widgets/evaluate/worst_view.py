"""Worst first: the images of an evaluation that are worth a look, in the order of their use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.models.marked_rows import KEY_ROLE, MarkedRow, MarkedRows
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, sentences_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.evaluate.evaluation_tab import EvaluationTab
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.marked_list import MarkedList

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.worst import ConfusedPair
    from effnet_studio.gui.suspect_finder import SuspectList
    from effnet_studio.gui.theme import ThemeManager

CONFIDENT, LOSS, BOUNDARY, SUSPECTS, TO_LABEL = "confident", "loss", "boundary", "suspects", "label"
"""Keys of the rows; a pair of classes is known by its place in the list of pairs."""

_PAIRS: Final = 12


class WorstView(EvaluationTab):
    """A list of what to look at; a row opens its images.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    suspects_asked = Signal()
    """Labels that are probably wrong are to be looked for."""
    folder_asked = Signal()
    """Images without labels are to be chosen from a folder."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("worst_view")
        self._evaluation: Evaluation | None = None
        self._pairs: tuple[ConfusedPair, ...] = ()
        self._suspects: SuspectList | None = None
        self._searching = False
        self._choosing = False
        self._foreign = False
        self._model = MarkedRows(self)
        card = QFrame(self)
        set_role(card, "card")
        self.list = MarkedList(self._model, "worst_list", theme, card)
        self._about = named(Label(card), "worst_about")
        self._about.setWordWrap(True)
        set_role(self._about, "muted")
        self._act = named(QPushButton(card), "worst_act")
        theme.set_icon(self._act, "search", size=16)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(self.list, 1)
        column.addWidget(self._about)
        column.addWidget(self._act, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.clicked.connect(self._on_current_changed)
        self._act.clicked.connect(self._on_act)
        self._retranslate()

    @override
    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        from effnet_studio.engine.evaluation.worst import confused_pairs

        self._evaluation = evaluation
        self._pairs = () if evaluation is None else confused_pairs(evaluation, _PAIRS)
        self.clear_choice()
        self._show_rows()

    def set_suspects(self, suspects: SuspectList | None, *, searching: bool) -> None:
        """Say which labels are probably wrong, and whether they are being looked for.

        Args:
            suspects: What was found; None: nothing was looked for yet.
            searching: Whether a search is under way.
        """
        new = suspects is not self._suspects
        self._suspects, self._searching = suspects, searching
        self._show_rows()
        if new and suspects is not None and self._key == SUSPECTS:
            self._tell()

    def set_choosing(self, *, choosing: bool) -> None:
        """Say whether images to label are being chosen.

        Args:
            choosing: They are.
        """
        self._choosing = choosing
        self._say_about()

    def set_foreign(self, *, foreign: bool) -> None:
        """Say whether the images are not the project's, whose labels are looked through.

        Args:
            foreign: They are not.
        """
        self._foreign = foreign

    @property
    def _key(self) -> object:
        index = self.list.currentIndex()
        return index.data(KEY_ROLE) if index.isValid() else None

    @override
    def clear_choice(self) -> None:
        self.list.setCurrentIndex(QModelIndex())
        self._say_about()

    @override
    def tab_title(self) -> str:
        return self.tr("Worst first")

    # -- what is opened ------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _on_current_changed(self, _current: QModelIndex) -> None:
        self._say_about()
        self._tell()

    @Slot()
    def _on_act(self) -> None:
        (self.folder_asked if self._key == TO_LABEL else self.suspects_asked).emit()

    def _tell(self) -> None:
        evaluation, key = self._evaluation, self._key
        if evaluation is None or key is None:
            return
        choice = self._suspicious() if key == SUSPECTS else self._chosen(evaluation, key)
        if choice is None:
            self.nothing_to_open.emit()
        else:
            self.images_chosen.emit(choice)

    def _chosen(self, evaluation: Evaluation, key: object) -> ImageChoice | None:
        from effnet_studio.engine.evaluation import worst

        if isinstance(key, int):
            return self._side_by_side(evaluation, self._pairs[key])
        if key == CONFIDENT:
            hint = self.tr("The most confident errors first. Look at the labels: some are wrong.")
            return ImageChoice(
                self.tr("Confident errors"), worst.confident_errors(evaluation), hint
            )
        if key == LOSS:
            hint = self.tr("Where the true class got the lowest probability first.")
            return ImageChoice(
                self.tr("Furthest from the truth"), worst.highest_loss(evaluation), hint
            )
        if key == BOUNDARY:
            hint = self.tr("Two classes are nearly as likely: the closest first.")
            return ImageChoice(self.tr("Hard to decide"), worst.near_boundary(evaluation), hint)
        return None

    def _side_by_side(self, evaluation: Evaluation, pair: ConfusedPair) -> ImageChoice:
        first, second = evaluation.classes[pair.first], evaluation.classes[pair.second]
        taken = self.tr("{true}, taken for {answer}")
        hint = self.tr("Compare: what tells {first} and {second} apart?")
        other = self.tr("{title} · {n}").format(
            title=taken.format(true=second, answer=first), n=count_text(len(pair.second_as_first))
        )
        return ImageChoice(
            taken.format(true=first, answer=second),
            pair.first_as_second,
            hint.format(first=first, second=second),
            pair.second_as_first,
            other,
        )

    def _suspicious(self) -> ImageChoice | None:
        found = self._suspects
        if found is None:
            return None
        hint = self.tr(
            "From all images, not only those checked: the label, and below it what the image looks"
            " like and how suspicious the label is. Select the labels that are wrong."
        )
        hint = sentences_text((*map(translate_message, found.warnings), hint))
        return ImageChoice(self.tr("Suspicious labels"), found.rows.ids, hint, rows=found.rows)

    # -- what is shown -------------------------------------------------------------------------

    @override
    def _retranslate(self) -> None:
        self._show_rows()
        self._tell()

    def _show_rows(self) -> None:
        self.list.setAccessibleName(self.tab_title())
        evaluation = self._evaluation
        self._model.set_rows([] if evaluation is None else self._rows(evaluation))
        self._say_about()

    def _rows(self, evaluation: Evaluation) -> list[MarkedRow]:
        from effnet_studio.engine.evaluation.worst import near_boundary

        wrong = int((evaluation.true != evaluation.predicted).sum())
        close = len(near_boundary(evaluation))
        found = self._suspects
        if self._searching:
            suspicious = self.tr("Looking…")
        elif found is None:
            suspicious = self.tr("Not looked for yet")
        else:
            suspicious = self.tr("{n} of {all} labels").format(
                n=count_text(len(found.rows)), all=count_text(found.judged)
            )
        surest = self.tr("%n error(s), the surest first", "", wrong)
        furthest = self.tr("%n error(s), the least likely truth first", "", wrong)
        close_text = self.tr("%n image(s)", "", close)
        rows = [
            MarkedRow(CONFIDENT, self.tr("Confident errors"), surest, "error", "danger"),
            MarkedRow(SUSPECTS, self.tr("Suspicious labels"), suspicious, "warning", "warning"),
            MarkedRow(LOSS, self.tr("Furthest from the truth"), furthest, "balance"),
            MarkedRow(BOUNDARY, self.tr("Hard to decide"), close_text, "help"),
            MarkedRow(
                TO_LABEL, self.tr("To label next"), self.tr("The most useful of new images"), "bolt"
            ),
        ]
        if self._foreign:
            rows = [row for row in rows if row.key != SUSPECTS]
        for place, pair in enumerate(self._pairs):
            title = f"{evaluation.classes[pair.first]} ↔ {evaluation.classes[pair.second]}"
            mixed = self.tr("Mixed up %n time(s)", "", pair.count)
            rows.append(MarkedRow(place, title, mixed, "swap"))
        return rows

    def _say_about(self) -> None:
        key, found = self._key, self._suspects
        searched = self.tr(
            "Compares each image with the others of its class, by a model that has not seen its"
            " label."
        )
        if found is not None:
            searched = translate_message(found.source)
        about = {
            SUSPECTS: searched,
            TO_LABEL: self.tr(
                "Choose a folder of images without labels: those that the model would learn most"
                " from open on the Predict page, where you say what they are."
            ),
        }.get(str(key), "")
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._act.setVisible(bool(about))
        busy = self._choosing if key == TO_LABEL else self._searching
        self._act.setEnabled(not busy)
        if key == TO_LABEL:
            self._act.setText(self.tr("Choose a folder…"))
        else:
            self._act.setText(self.tr("Look again") if found else self.tr("Look for them"))
        self._act.setAccessibleName(self._act.text())
