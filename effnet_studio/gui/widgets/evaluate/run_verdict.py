"""What comes of comparing two runs: on which images, who is better, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, list_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.versions import VersionDiff

_PARTS: Final[tuple[Split, ...]] = ("test", "val")


class RunVerdict(QFrame):
    """The sentence that counts, what it rests on, and the choice of the images.

    Args:
        counts: Images of each part; a part without images cannot be chosen. Test images are
            chosen first where there are some.
        parent: Qt's owner.
    """

    part_changed = Signal(str)
    """The part that was chosen: ``"test"`` or ``"val"``."""

    def __init__(self, counts: Mapping[Split, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_banner")
        set_role(self, "banner")
        self._counts = counts
        self._build_ui()
        self._retranslate()
        self.part_box.currentIndexChanged.connect(self._on_part_chosen)

    def _build_ui(self) -> None:
        self._verdict, self._ground, self._images = labels = [
            named(Label(self), f"compare_{name}") for name in ("verdict", "ground", "images")
        ]
        for label in labels:
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._verdict, "strong")
        self._bar = named(BusyBar(self), "compare_bar")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._part_label = Label(self)
        self.part_box = ElidedCombo("compare_part", self)
        self.part_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for part in _PARTS:
            self.part_box.addItem("", part)
        model = self.part_box.model()
        if isinstance(model, QStandardItemModel):
            for row, part in enumerate(_PARTS):
                model.item(row).setEnabled(self._counts.get(part, 0) > 0)
        self.part_box.setCurrentIndex(0 if self._counts.get("test", 0) else 1)
        self._part_label.setBuddy(self.part_box)
        self._lay_out(labels)

    def _lay_out(self, labels: list[Label]) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(SPACE_2)
        choice.addWidget(self._part_label)
        choice.addWidget(self.part_box)
        choice.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        column.addWidget(labels[0])
        for widget in (*labels[1:], self._bar):
            column.addWidget(widget)
        column.addStretch(1)
        column.addSpacing(SPACE_1)
        column.addLayout(choice)

    @property
    def part(self) -> Split:
        """The chosen part of the images."""
        return _PARTS[self.part_box.currentIndex()]

    def set_progress(self, done: int = 0, total: int | None = None, text: str = "") -> None:
        """Show how many images have been judged.

        Args:
            done: Images.
            total: All of them; None while that is not known.
            text: The same in words.
        """
        self._ground.setText(text)
        self._ground.setVisible(bool(text))
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done if total else 0)
        self._bar.show()

    def hide_progress(self) -> None:
        """Nothing is judged any more."""
        self._bar.hide()

    def set_texts(self, verdict: str, ground: str = "", images: str = "", tone: str = "") -> None:
        """Set what is said.

        Args:
            verdict: The sentence that counts.
            ground: How many images it rests on.
            images: How the images of the two runs differ.
            tone: Colour by meaning, as in :func:`~effnet_studio.gui.theme.set_tone`.
        """
        for label, text in (
            (self._verdict, verdict),
            (self._ground, ground),
            (self._images, images),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        set_tone(self, tone)

    def changes_text(self, diff: VersionDiff | None) -> str:
        """How the images that two runs saw differ.

        Args:
            diff: From the first run's to the second's; None: that is not remembered.
        """
        if diff is None:
            return self.tr("What images one of them saw is not remembered.")
        if not diff:
            return self.tr("Both saw the same images.")
        added, removed, relabelled, moved = (
            len(each) for each in (diff.added, diff.removed, diff.relabelled, diff.moved)
        )
        kinds = (
            (added, self.tr("%n image(s) were added", "", added)),
            (removed, self.tr("%n image(s) were removed", "", removed)),
            (relabelled, self.tr("%n image(s) were given another class", "", relabelled)),
            (
                moved,
                self.tr("%n image(s) were moved between training, validation and test", "", moved),
            ),
        )
        *some, last = [text for count, text in kinds if count]
        if some:
            last = self.tr("{some} and {last}").format(some=list_text(some), last=last)
        return self.tr("Since the first run, {changes}.").format(changes=last)

    @Slot()
    def _on_part_chosen(self) -> None:
        self.part_changed.emit(self.part)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._part_label.setText(self.tr("Compared on:"))
        titles = (self.tr("Test"), self.tr("Validation"))
        for row, (part, title) in enumerate(zip(_PARTS, titles, strict=True)):
            count = self._counts.get(part, 0)
            text = f"{title} · {count_text(count)}" if count else title
            self.part_box.setItemText(row, text)
        self.part_box.setAccessibleName(self.tr("Part of the images"))
        self.part_box.setToolTip(
            self.tr(
                "Test images took no part in the training. Validation images have chosen the best "
                "epoch of each run, which flatters both."
            )
        )
        self._bar.setAccessibleName(self.tr("Comparing runs"))
