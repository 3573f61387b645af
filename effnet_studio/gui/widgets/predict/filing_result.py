"""What became of images that were filed: counts, problems and where they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.data.problems import Problem
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.data.problem_list import ProblemList
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.folder_table import FolderTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.predict.filing import Filing
    from effnet_studio.gui.theme import ThemeManager


class FilingResult(QWidget):
    """A sentence, the folder, a table of counts, and the files that could not be filed.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filing_result")
        self._theme = theme
        self._filing: Filing | None = None
        self._mark = Label(self)
        self._verdict, self._already, self._place, self._trouble = (
            named(Label(self), f"filing_{name}")
            for name in ("verdict", "already", "where", "trouble")
        )
        roles = ("strong", "muted", "code", "strong")
        labels = (self._verdict, self._already, self._place, self._trouble)
        for label, role in zip(labels, roles, strict=True):
            set_role(label, role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._table = FolderTable("filing_counts", self)
        self._problems = ProblemList(theme, self)
        set_role(self._problems.table, "")  # with a frame, as the table above has
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._mark)
        head.addWidget(self._verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(head)
        column.addWidget(self._already)
        column.addWidget(self._place)
        column.addSpacing(SPACE_3)
        column.addWidget(self._table, 1)
        column.addSpacing(SPACE_3)
        column.addWidget(self._trouble)
        column.addWidget(self._problems, 1)

    def set_filing(self, filing: Filing) -> None:
        """Show what became of images."""
        self._filing = filing
        self._retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        filing = self._filing
        if filing is None:
            return
        problems = [Problem(each.path, each.message, each.hint) for each in filing.problems]
        icon, tone = ("warning", "warning") if problems else ("check-circle", "success")
        self._theme.set_icon(self._mark, icon, tone=tone, size=20)
        filed = sum(filing.counts.values())
        text = self.tr("{images} in {folders}").format(
            images=self.tr("%n image(s)", "", filed),
            folders=self.tr("%n folder(s)", "", len(filing.counts)),
        )
        self._verdict.setText(text)
        self._already.setText(
            self.tr("There already, and left as they were: {count}").format(
                count=count_text(filing.already)
            )
        )
        self._already.setVisible(filing.already > 0)
        self._place.setText(str(filing.folder))
        self._table.set_counts(list(filing.counts.items()))
        self._trouble.setText(self.tr("%n image(s) could not be filed", "", len(problems)))
        self._problems.set_problems(problems, _above([each.path for each in problems]))
        for widget in (self._trouble, self._problems):
            widget.setVisible(bool(problems))


def _above(paths: Sequence[Path]) -> Path | None:
    """The folder that all files are below, which their names then need not repeat."""
    try:
        return Path(os.path.commonpath([path.parent for path in paths])) if paths else None
    except ValueError:  # on different drives
        return None
