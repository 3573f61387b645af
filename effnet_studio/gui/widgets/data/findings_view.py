"""What should be mended in a dataset: findings, their pictures, one click for each remedy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.data.checks.findings import Finding, FindingKind, Remedy
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.finding_groups import Deed, FindingGroups, Link
from effnet_studio.gui.models.findings import Figures, FindingsModel, figures_of
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.data.finding_head import FindingHead
from effnet_studio.gui.widgets.data.finding_menu import Choice, FindingMenu
from effnet_studio.gui.widgets.data.group_grid import GroupGrid
from effnet_studio.gui.widgets.data.problem_list import ProblemList
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.marked_list import MarkedList
from effnet_studio.gui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.data.problems import Problem
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_ROW: Final = 84
_Widget = TypeVar("_Widget", bound=QWidget)


class _Remarks(ProblemList):
    """Files and folders that are used, but about which something is odd."""

    @override
    def _retranslate(self) -> None:
        super()._retranslate()
        self._note.setText(self.tr("Your files are as they were; nothing was changed."))
        self.table.setAccessibleName(self.tr("Files and folders to look at"))


class FindingsView(QWidget):
    """A list of findings at the left; at the right the chosen one.

    Args:
        session: Gives the background threads, and the project whose images are shown.
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    remedy_asked = Signal(object, object)
    """A :class:`Finding`, perhaps with only some of its groups, and a :class:`Remedy`."""
    exclude_asked = Signal(object, bool)
    """Numbers of images, and whether they are left out."""
    relabel_asked = Signal(object, str)
    """Numbers of images, and the name of the class they get."""
    split_asked = Signal(object, str)
    """Numbers of images, and the part they move to."""
    show_asked = Signal(object, str)
    """Numbers of images to show among the others, and a title for them."""
    dismissed = Signal(object)
    """The :class:`FindingKind` that the user has set aside."""
    restored = Signal()
    """Everything that was set aside is shown again."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("findings_view")
        self._session = session
        self._theme = theme
        self._project: Project | None = None
        self._index: Index | None = None
        self._all: Sequence[Finding] = ()
        self._aside: frozenset[FindingKind] = frozenset()
        self._finding: Finding | None = None
        self._asked = 0
        self._model = FindingsModel(self)
        self._requests = Requests(session.jobs, parent=self)
        self._build_ui()
        self._connect()
        self._retranslate()
        self._show_list(0)

    # -- construction --------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self.list = MarkedList(self._model, "findings_list", self._theme, self)
        self._restore = named(QPushButton(self), "findings_restore")
        set_role(self._restore, "link")
        left = QVBoxLayout()
        left.setSpacing(SPACE_2)
        left.addWidget(self.list, 1)
        left.addWidget(self._restore)
        found = QWidget(self)
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addLayout(left)
        row.addLayout(self._make_right(), 1)
        self.selection = _prefixed(SelectionBar(self._theme, self), "finding_")
        column.addLayout(row, 1)
        column.addWidget(self.selection)
        self._fine = EmptyState(self._theme, "check-circle", self)
        self._fine.set_icon("check-circle", tone="success")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(found)
        self._stack.addWidget(self._fine)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _make_right(self) -> QVBoxLayout:
        self._head = FindingHead(self)
        self.grid = GroupGrid(self._session.jobs, self._theme, self)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.problems = _prefixed(ProblemList(self._theme, self), "finding_")
        self.remarks = _prefixed(_Remarks(self._theme, self), "remark_")
        for remarks in (self.problems, self.remarks):
            # There is less room here than on a page of their own: four lines instead of two.
            remarks.table.verticalHeader().setDefaultSectionSize(_ROW)
        self._pictures = QStackedWidget(self)
        for page in (self.grid, self.problems, self.remarks):
            self._pictures.addWidget(page)
        column = QVBoxLayout()
        column.setSpacing(SPACE_3)
        column.addWidget(self._head)
        column.addWidget(self._pictures, 1)
        return column

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.grid.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.grid.link_clicked.connect(self._on_link)
        self.grid.exclusion_asked.connect(self._on_exclude)
        self.grid.customContextMenuRequested.connect(self._on_menu)
        self._requests.answered.connect(self._on_figures)
        self.selection.relabel_asked.connect(self._on_relabel)
        self.selection.split_asked.connect(self._on_split)
        self.selection.exclude_asked.connect(self._on_exclude)
        self.selection.open_asked.connect(self._on_open)
        self._head.remedy_clicked.connect(self._on_remedy)
        self._head.show_clicked.connect(self._on_show)
        self._head.dismiss_clicked.connect(self._on_dismiss)
        self._restore.clicked.connect(self._on_restore)
        self._fine.action_clicked.connect(self._on_restore)

    # -- what is shown -------------------------------------------------------------------------

    def set_findings(
        self, findings: Sequence[Finding], index: Index | None, problems: Sequence[Problem]
    ) -> None:
        """Show other findings; what was chosen stays chosen, and where one had scrolled to.

        Args:
            findings: The most harmful first.
            index: The images they are about.
            problems: Files that cannot be read, and other remarks.
        """
        project = self._session.project
        if project is not self._project:
            self._aside = frozenset()
            self.grid.pictures.clear_cache()
        self._project, self._index, self._all = project, index, findings
        self.selection.set_editable(self._editable)
        names = sorted(index.class_names.values()) if index is not None else []
        self.selection.set_classes(names)
        roots = list(index.roots.values()) if index is not None else []
        for view, kind in ((self.problems, "unreadable"), (self.remarks, "warning")):
            told = [problem for problem in problems if problem.kind == kind]
            view.set_problems(told, roots[0] if len(roots) == 1 else None)
        before, place = self._finding, self.grid.verticalScrollBar().value()
        self._show_list(self.list.currentIndex().row())
        if before is not None and self._finding is not None and before.kind is self._finding.kind:
            self.grid.verticalScrollBar().setValue(place)

    def set_dismissed(self, kinds: Collection[FindingKind]) -> None:
        """Set kinds of findings aside, such as those that were before the window was closed."""
        self._aside = frozenset(kinds)
        self._show_list(self.list.currentIndex().row())

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of the images of the chosen finding."""
        return () if self._finding is None else self._finding.groups

    def show_kind(self, kind: FindingKind) -> None:
        """Choose the finding of a kind, if there is one."""
        for row, finding in enumerate(self._model.findings):
            if finding.kind == kind:
                self.list.setCurrentIndex(self._model.index(row))

    @property
    def _editable(self) -> bool:
        return self._project is not None and not self._project.read_only

    def _show_list(self, row: int) -> None:
        """Show all that is not set aside; the kind that was chosen, or what now has its row."""
        chosen = self._finding.kind if self._finding is not None else None
        shown = [finding for finding in self._all if finding.kind not in self._aside]
        kinds = [finding.kind for finding in shown]
        row = kinds.index(chosen) if chosen in kinds else min(max(row, 0), len(kinds) - 1)
        self._model.set_findings(shown)
        self._stack.setCurrentIndex(0 if shown else 1)
        if shown:
            self.list.setCurrentIndex(self._model.index(row))
        else:
            self._choose(None)
        self._retranslate_aside()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._choose(self._model.findings[current.row()] if current.isValid() else None)

    def _choose(self, finding: Finding | None) -> None:
        self._finding = finding
        pages: dict[FindingKind | None, QWidget] = {
            FindingKind.UNREADABLE: self.problems,
            FindingKind.SUSPICIOUS: self.remarks,
        }
        page = pages.get(finding.kind if finding is not None else None, self.grid)
        self._pictures.setCurrentWidget(page)
        found = None
        if finding is not None and self._index is not None and page is self.grid:
            found = FindingGroups(finding, self._index)
        self.grid.set_found(found, self._project)
        self._head.set_finding(finding, editable=self._editable)
        self._on_selection_changed()

    # -- numbers in the buttons ----------------------------------------------------------------

    def _ask_figures(self) -> None:
        """Work out in the background what the buttons would do."""
        self._asked += 1
        finding, index = self._narrowed(), self._index
        self._head.set_figures(None, of_selection=self._part_of_groups())
        if finding is not None and index is not None and finding.remedies:
            whole = finding is self._finding
            self._requests.ask((self._asked, whole), figures_of, index, finding)

    def _part_of_groups(self) -> bool:
        """Whether the buttons are about some groups only; of single images the bar says it."""
        finding = self._finding
        return finding is not None and finding.same and len(self.grid.chosen_places()) > 0

    @Slot(object, object)
    def _on_figures(self, key: tuple[int, bool], figures: Figures) -> None:
        number, whole = key
        if whole and self._finding is not None and self.grid.pictures.found is not None:
            self.grid.pictures.set_staying(figures.staying & set(self._finding.ids))
        if number == self._asked:
            self._head.set_figures(figures, of_selection=self._part_of_groups())

    # -- what the user chooses -----------------------------------------------------------------

    def _chosen(self) -> list[int]:
        """Numbers of the selected images."""
        found = self.grid.pictures.found
        ids: list[int] = [] if found is None else found.ids[self.grid.chosen_places()].tolist()
        return ids

    def _narrowed(self) -> Finding | None:
        """The finding, with only what is selected, if something is: whole groups of the same."""
        finding, found = self._finding, self.grid.pictures.found
        places = self.grid.chosen_places()
        if finding is None or found is None or not len(places):
            return finding
        if finding.same:
            groups = tuple(found.ids_of(group) for group in found.groups_of(places).tolist())
        else:
            groups = (tuple(found.ids[places].tolist()),)
        return replace(finding, groups=groups, count=sum(map(len, groups)))

    @Slot()
    def _on_selection_changed(self) -> None:
        found = self.grid.pictures.found
        count = len(self.grid.chosen_places()) if found is not None else 0
        self.selection.set_selection(count, excluded=False)
        self._ask_figures()

    # -- what the user does --------------------------------------------------------------------

    @Slot(object)
    def _on_remedy(self, remedy: Remedy) -> None:
        finding = self._narrowed()
        if finding is not None:
            self.remedy_asked.emit(finding, remedy)

    @Slot(int, object)
    def _on_link(self, group: int, link: Link) -> None:
        found = self.grid.pictures.found
        if found is None or not self._editable:
            return
        ids = found.ids_of(group)
        match link.deed:
            case Deed.CLASS:
                self.relabel_asked.emit(ids, str(link.value))
            case Deed.EXCLUDE:
                self.exclude_asked.emit(ids, True)
            case Deed.REMEDY:
                one = replace(found.finding, groups=(ids,), count=len(ids))
                self.remedy_asked.emit(one, link.value)

    @Slot(str)
    def _on_relabel(self, name: str) -> None:
        self.relabel_asked.emit(self._chosen(), name)

    @Slot(str)
    def _on_split(self, part: str) -> None:
        self.split_asked.emit(self._chosen(), part)

    @Slot()
    def _on_exclude(self) -> None:
        chosen = self._chosen()
        if chosen and self._editable:
            self.exclude_asked.emit(chosen, True)

    @Slot()
    def _on_open(self) -> None:
        places = self.grid.chosen_places()
        if len(places):
            model = self.grid.pictures
            self.grid.picture_opened.emit(model.cell(model.index(int(places[0]))))

    @Slot()
    def _on_show(self) -> None:
        if self._finding is not None:
            title = translate_message(self._finding.title)
            self.show_asked.emit(self._finding.ids, title)

    @Slot(QPoint)
    def _on_menu(self, point: QPoint) -> None:
        found, places = self.grid.pictures.found, self.grid.chosen_places()
        if found is None or not len(places):
            return
        menu = FindingMenu(found, places, editable=self._editable, parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._on_menu_chosen)
        menu.popup(self.grid.viewport().mapToGlobal(point))

    @Slot(QAction)
    def _on_menu_chosen(self, action: QAction) -> None:
        found, narrowed = self.grid.pictures.found, self._narrowed()
        if found is None or narrowed is None:
            return
        choice, value = action.data()
        match choice:
            case Choice.REMEDY:
                self.remedy_asked.emit(narrowed, Remedy(value))
            case Choice.KEEP:
                kept = set(self._chosen())
                self.exclude_asked.emit([each for each in narrowed.ids if each not in kept], True)
            case Choice.EXCLUDE:
                self._on_exclude()
            case Choice.CLASS:
                self._on_relabel(value)
            case Choice.PART:
                self._on_split(value)
            case Choice.OPEN:
                self._on_open()
            case Choice.SHOW:
                self.show_asked.emit(narrowed.ids, translate_message(narrowed.title))

    @Slot()
    def _on_dismiss(self) -> None:
        if self._finding is not None:
            kind = self._finding.kind
            self.set_dismissed(self._aside | {kind})
            self.dismissed.emit(kind)

    @Slot()
    def _on_restore(self) -> None:
        self.set_dismissed(())
        self.list.setFocus()
        self.restored.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.list.fit(self.width())
        super().resizeEvent(event)

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()
            self.grid.viewport().update()
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Findings"))
        self.grid.setAccessibleName(self.tr("Images of the finding"))
        self._retranslate_aside()

    def _retranslate_aside(self) -> None:
        aside = sum(finding.kind in self._aside for finding in self._all)
        again = self.tr("Set aside: {n} · show again").format(n=count_text(aside))
        self._restore.setText(again)
        self._restore.setAccessibleName(again)
        self._restore.setVisible(bool(aside))
        self._fine.set_texts(
            self.tr("Nothing to mend"),
            self.tr("All that was found has been set aside.")
            if aside
            else self.tr("No copies, leaks, unreadable or odd images were found."),
            action=again if aside else "",
        )


def _prefixed(widget: _Widget, prefix: str) -> _Widget:
    """Give a widget that is on the page elsewhere too other names."""
    everything: list[QWidget] = [widget, *widget.findChildren(QWidget)]
    for each in everything:
        if each.objectName() and not each.objectName().startswith("qt_"):
            each.setObjectName(prefix + each.objectName())
    return widget
