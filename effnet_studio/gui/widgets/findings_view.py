"""What should be mended in a dataset: findings, their pictures, one click for each remedy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.findings import Finding, FindingKind, Remedy
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.icons import pixmap
from effnet_studio.gui.models.browsing import sample_of
from effnet_studio.gui.models.findings import SEVERE, FindingsModel, remedy_text
from effnet_studio.gui.models.thumbnails import Thumbnail, sample_cell
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.problem_list import ProblemList
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.data.problems import Problem
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 44
_SHOWN: Final = 5000
"""Pictures of a finding that are shown at once."""


class _FindingDelegate(QStyledItemDelegate):
    """Draws a finding: a mark for its weight, and its title on up to two lines."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(160, _ROW + SPACE_2)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        finding = index.data(FindingsModel.FindingRole)
        if not isinstance(finding, Finding):
            return
        theme = self._theme.theme
        area: QRect = option.rect.adjusted(2, 1, -2, -1)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(area), 6, 6)
            painter.fillPath(shape, QColor(theme.accent_soft if selected else theme.hover))
        severe = finding.kind in SEVERE
        icon, tone = ("warning", theme.warning) if severe else ("info", theme.muted)
        mark = pixmap(icon, tone, 18, painter.device().devicePixelRatioF())
        painter.drawPixmap(area.left() + SPACE_2, area.top() + (area.height() - 18) // 2, mark)
        text = area.adjusted(SPACE_2 + 18 + SPACE_2, 2, -SPACE_2, -2)
        painter.setPen(QColor(theme.accent_text if selected else theme.text))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(text, int(flags), str(index.data()))
        painter.restore()


class FindingsView(QWidget):
    """A list of findings at the left; at the right the chosen one.

    Args:
        session: Gives the background threads.
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    remedy_asked = Signal(object, object)
    """A :class:`Finding`, perhaps with only the groups of the selected pictures, and a
    :class:`Remedy`."""
    exclude_asked = Signal(object, bool)
    """Numbers of pictures, and whether they are left out."""
    show_asked = Signal(object, str)
    """Numbers of pictures to show among the others, and a title for them."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("findings_view")
        self._session = session
        self._theme = theme
        self._index: Index | None = None
        self._finding: Finding | None = None
        self._remedies: dict[str, Remedy] = {}
        self._model = FindingsModel(self)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self.list = named(QListView(self), "findings_list")
        set_role(self.list, "plain")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_FindingDelegate(self._theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setFixedWidth(240)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._advice = named(QLabel(self), "finding_advice")
        self._advice.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE_2)
        self._remedy_buttons: list[QPushButton] = []
        for number in range(2):
            button = named(QPushButton(self), f"finding_remedy_{number}")
            self._remedy_buttons.append(button)
            self._buttons.addWidget(button)
        set_role(self._remedy_buttons[0], "primary")
        self._exclude = named(QPushButton(self), "finding_exclude")
        self._show = named(QPushButton(self), "finding_show")
        self._buttons.addWidget(self._exclude)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._show)
        self.grid = ThumbnailGrid(self._session.jobs, self._theme, parent=self)
        self.grid.setObjectName("findings_grid")
        self.grid.allow_many()
        self.problems = ProblemList(self._theme, self)
        self._pictures = QStackedWidget(self)
        self._nothing = QWidget(self)
        for page in (self.grid, self.problems, self._nothing):
            self._pictures.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(SPACE_3)
        right.addWidget(self._advice)
        right.addLayout(self._buttons)
        right.addWidget(self._pictures, 1)
        found = QWidget(self)
        row = QHBoxLayout(found)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self._fine = EmptyState(self._theme, "check-circle", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(found)
        self._stack.addWidget(self._fine)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.grid.selectionModel().selectionChanged.connect(self._on_selection_changed)
        for button in self._remedy_buttons:
            button.clicked.connect(self._on_remedy)
        self._exclude.clicked.connect(self._on_exclude)
        self._show.clicked.connect(self._on_show)
        self._theme.changed.connect(self._on_theme_changed)

    # -- what is shown -------------------------------------------------------------------------

    def set_findings(
        self,
        findings: Sequence[Finding],
        index: Index | None,
        problems: Sequence[Problem],
    ) -> None:
        """Show other findings; the kind that was chosen stays chosen if it is there.

        Args:
            findings: The most harmful first.
            index: The pictures they are about.
            problems: Files that cannot be read, and other remarks.
        """
        chosen = self._finding.kind if self._finding is not None else None
        self._index = index
        roots = list(index.roots.values()) if index is not None else []
        self.problems.set_problems(problems, roots[0] if len(roots) == 1 else None)
        self._model.set_findings(findings)
        self._stack.setCurrentIndex(0 if findings else 1)
        kinds = [finding.kind for finding in findings]
        row = kinds.index(chosen) if chosen in kinds else 0
        self._finding = None
        if findings:
            self.list.setCurrentIndex(self._model.index(row))
        else:
            self.grid.set_cells([])

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of the pictures of the chosen finding."""
        return () if self._finding is None else self._finding.groups

    def show_kind(self, kind: FindingKind) -> None:
        """Choose the finding of a kind, if there is one."""
        for row, finding in enumerate(self._model.findings):
            if finding.kind is kind:
                self.list.setCurrentIndex(self._model.index(row))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._finding = self._model.findings[current.row()] if current.isValid() else None
        if self._finding is not None:
            self._show_finding(self._finding)

    def _show_finding(self, finding: Finding) -> None:
        if finding.kind is FindingKind.UNREADABLE:
            self._pictures.setCurrentWidget(self.problems)
        elif finding.groups:
            self._pictures.setCurrentWidget(self.grid)
            self.grid.set_cells(self._cells(finding), captions=True)
        else:
            self._pictures.setCurrentWidget(self._nothing)
        self._remedies = {}
        for button, remedy in zip(
            self._remedy_buttons, [*finding.remedies, None, None], strict=False
        ):
            button.setVisible(remedy is not None)
            if remedy is not None:
                self._remedies[button.objectName()] = remedy
        self._show.setVisible(bool(finding.groups))
        self._retranslate()
        self._on_selection_changed()

    def _cells(self, finding: Finding) -> list[Thumbnail]:
        """The pictures, group by group, each with its class and part below."""
        index, project = self._index, self._session.project
        if index is None or project is None:
            return []
        many = len(finding.groups) > 1
        cells: list[Thumbnail] = []
        for number, group in enumerate(finding.groups, start=1):
            for row in index.rows_of(group).tolist():
                if len(cells) >= _SHOWN:
                    return cells
                cells.append(self._cell(project, index, row, number if many else 0))
        return cells

    def _cell(self, project: Project, index: Index, row: int, group: int) -> Thumbnail:
        name = index.class_names[int(index.classes[row])]
        part = self._part(SPLITS[index.splits[row]])
        caption = f"{group} · {name} · {part}" if group else f"{name} · {part}"
        sample = sample_of(index, row)
        return sample_cell(project, sample, caption=caption, value=sample.id)

    def _part(self, split: str) -> str:
        parts = {
            "train": self.tr("training"),
            "val": self.tr("validation"),
            "test": self.tr("test"),
        }
        return parts[split]

    # -- what the user does --------------------------------------------------------------------

    def _chosen(self) -> set[int]:
        return {cell.value for cell in self.grid.chosen_cells() if isinstance(cell.value, int)}

    @Slot()
    def _on_selection_changed(self) -> None:
        self._exclude.setVisible(bool(self._chosen()) and self._pictures.currentIndex() == 0)
        self._retranslate_buttons()

    @Slot()
    def _on_remedy(self) -> None:
        remedy = self._remedies.get(self.sender().objectName())
        if self._finding is not None and remedy is not None:
            self.remedy_asked.emit(self._narrowed(self._finding), remedy)

    def _narrowed(self, finding: Finding) -> Finding:
        """The finding with only the groups in which something is selected, if something is."""
        chosen = self._chosen()
        if not chosen:
            return finding
        groups = tuple(group for group in finding.groups if chosen & set(group))
        if len(finding.groups) == 1:
            groups = (tuple(number for number in finding.groups[0] if number in chosen),)
        return replace(finding, groups=groups, count=sum(map(len, groups)))

    @Slot()
    def _on_exclude(self) -> None:
        self.exclude_asked.emit(sorted(self._chosen()), True)

    @Slot()
    def _on_show(self) -> None:
        if self._finding is not None:
            title = translate_message(self._finding.title)
            self.show_asked.emit(self._finding.ids, title)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.list.viewport().update()

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._finding is not None and self._pictures.currentWidget() is self.grid:
                self.grid.set_cells(self._cells(self._finding), captions=True)
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._fine.set_texts(
            self.tr("Nothing to mend"),
            self.tr("No copies, leaks, unreadable or odd images were found."),
        )
        self.list.setAccessibleName(self.tr("Findings"))
        self.grid.setAccessibleName(self.tr("Images of the finding"))
        if self._finding is not None:
            self._advice.setText(translate_message(self._finding.advice))
        self._show.setText(self.tr("Browse them"))
        self._show.setAccessibleName(self._show.text())
        self._retranslate_buttons()

    def _retranslate_buttons(self) -> None:
        chosen = len(self._chosen())
        for button in self._remedy_buttons:
            remedy = self._remedies.get(button.objectName())
            text = self.tr("Remedy") if remedy is None else remedy_text(remedy)
            button.setText(self.tr("{remedy} (selected)").format(remedy=text) if chosen else text)
            button.setAccessibleName(button.text())
        self._exclude.setText(self.tr("Leave out %n selected", "", chosen))
        self._exclude.setAccessibleName(self._exclude.text())
