"""Where, how and how surely images are filed, and what each folder would get."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.predict.filing import How
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.models.filing_plan import FilingPlan, plan_filing
from effnet_studio.gui.models.results import LEAST
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.calm_spin import CalmSlider
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.folder_table import FolderTable

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_MOST: Final = 99
"""Highest confidence that can be asked for, per cent: no answer is wholly sure."""
_PERCENT: Final = 44
"""Width of the number beside the slider, pixels: the slider must not move while it changes."""


class FilingForm(QWidget):
    """The choices, from top to bottom.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    changed = Signal()
    """Something else was chosen."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filing_form")
        self._plan = plan_filing(())
        self._folder: Path | None = None
        self._where = Label(self)
        self._place = named(QLineEdit(self), "filing_place")
        self._place.setReadOnly(True)
        self._place.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._choose = named(QPushButton(self), "filing_choose")
        theme.set_icon(self._choose, "folder-open", size=16)
        self._ways = QButtonGroup(self)
        self._meanings: dict[How, QLabel] = {}
        for way, how in enumerate(How):
            self._ways.addButton(named(QRadioButton(self), f"filing_{how}"), way)
            self._meanings[how] = named(Label(self), f"filing_{how}_meaning")
            self._meanings[how].setWordWrap(True)
            set_role(self._meanings[how], "muted")
        self._ways.button(0).setChecked(True)
        self._least_label = Label(self)
        self._slider = CalmSlider("filing_least", self)
        self._slider.setRange(0, _MOST)
        self._slider.setValue(round(100 * LEAST))
        self._percent = named(Label(self), "filing_percent")
        self._percent.setFixedWidth(_PERCENT)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._least_label.setBuddy(self._slider)
        self._unsure = named(Label(self), "filing_unsure")
        self._unsure.setWordWrap(True)
        set_role(self._unsure, "muted")
        self._table = FolderTable("filing_preview", self)
        self._build_ui()
        self._choose.clicked.connect(self._on_choose)
        self._slider.valueChanged.connect(self._count)
        self._slider.valueChanged.connect(self.changed)
        self._ways.idToggled.connect(self.changed)
        self._retranslate()

    def _build_ui(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(SPACE_2)
        place.addWidget(self._place, 1)
        place.addWidget(self._choose)
        ways = QGridLayout()
        ways.setHorizontalSpacing(SPACE_4)
        ways.setVerticalSpacing(SPACE_1)
        ways.setColumnStretch(1, 1)
        for row, meaning in enumerate(self._meanings.values()):
            ways.addWidget(self._ways.button(row), row, 0)
            ways.addWidget(meaning, row, 1)
        least = QHBoxLayout()
        least.setSpacing(SPACE_3)
        least.addWidget(self._least_label)
        least.addWidget(self._slider, 1)
        least.addWidget(self._percent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self._where)
        column.addLayout(place)
        column.addSpacing(SPACE_3)
        column.addLayout(ways)
        column.addSpacing(SPACE_3)
        column.addLayout(least)
        column.addWidget(self._unsure)
        column.addSpacing(SPACE_2)
        column.addWidget(self._table, 1)

    @property
    def folder(self) -> Path | None:
        """Where the folders are wanted; None: not chosen yet."""
        return self._folder

    @property
    def how(self) -> How:
        """How an image comes into its folder."""
        return list(How)[self._ways.checkedId()]

    @property
    def least(self) -> float:
        """Least probability of a sure answer, in [0, 1)."""
        return self._slider.value() / 100

    def set_plan(self, plan: FilingPlan) -> None:
        """Count other images."""
        self._plan = plan
        self._count()

    def set_folder(self, folder: Path) -> None:
        """Take a folder."""
        self._folder = folder
        self._place.setText(str(folder))
        self._place.setToolTip(str(folder))
        self.changed.emit()

    @Slot()
    def _on_choose(self) -> None:
        begin = self._folder or Path.home()
        chosen = file_dialogs.choose_folder(self, self._choose.accessibleName(), begin)
        if chosen is not None:
            self.set_folder(chosen)

    @Slot()
    def _count(self) -> None:
        """Say what the folders would get."""
        least, plan = self.least, self._plan
        self._percent.setText(f"{self._slider.value()} %")
        doubted, images = plan.doubted(least), len(plan.rows)
        if doubted:
            text = self.tr("Less certain, and so in the folder “{name}”: {count} of {total}")
            name = plan.unsure
            text = text.format(name=name, count=count_text(doubted), total=count_text(images))
        else:
            text = self.tr("Every image comes into the folder of its likeliest class.")
        self._unsure.setText(text)
        self._table.set_counts(plan.counts(least))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._where.setText(self.tr("Make the folders in"))
        self._place.setPlaceholderText(self.tr("No folder chosen yet"))
        self._place.setAccessibleName(self._where.text())
        self._choose.setText(self.tr("Choose…"))
        self._choose.setAccessibleName(self.tr("Choose a folder"))
        words = {
            How.COPY: (
                self.tr("Copy"),
                self.tr("Needs as much room as the images; the copies stand by themselves."),
            ),
            How.HARDLINK: (
                self.tr("Hard link"),
                self.tr("Needs no room: the same file under a second name, on the same drive."),
            ),
            How.SYMLINK: (
                self.tr("Symbolic link"),
                self.tr("Needs no room: points to the image, and leads nowhere once that is gone."),
            ),
        }
        for button, (how, (name, meaning)) in zip(self._ways.buttons(), words.items(), strict=True):
            button.setText(name)
            button.setAccessibleName(name)
            button.setAccessibleDescription(meaning)
            self._meanings[how].setText(meaning)
        self._least_label.setText(self.tr("Least confidence"))
        self._slider.setAccessibleName(self._least_label.text())
        self._slider.setToolTip(self.tr("Answers below it go into a folder of their own"))
        self._count()
