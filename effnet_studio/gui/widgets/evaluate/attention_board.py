"""Where a model looks: classes as mean pictures, errors as a sheet, and a box to measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.explain.names import Detail
from effnet_studio.engine.explain.overlay import COLORMAPS
from effnet_studio.engine.explain.standing_out import ZONES
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.attention_cells import Looked, MeanLoader, error_cells
from effnet_studio.gui.models.region_share_table import BAR_ROLE, MARK_ROLE, RegionShareTable
from effnet_studio.gui.models.thumbnails import Thumbnail
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, sentences_text, unbroken
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, ThemeManager, set_role, set_tone
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.color_scale import ColorScale
from effnet_studio.gui.widgets.evaluate.region_picker import RegionPicker
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.report_table import ReportTable
from effnet_studio.gui.widgets.share_bar_delegate import ShareBarDelegate
from effnet_studio.gui.widgets.tab_bar import TabBar
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.explain.regions import Box
    from effnet_studio.engine.explain.shares import RegionShare
    from effnet_studio.gui.jobs import JobRunner

_WIDTHS: Final = (0, 96, 100)
_ROW_HEIGHT: Final = 30
_SIDE_WIDTH: Final = 336


class AttentionBoard(QWidget):
    """Classes or errors at the left; the class on view with a box, and shares, at the right.

    Args:
        jobs: Makes the pictures in the background.
        theme: Colours.
        parent: Qt's owner.
    """

    picture_opened = Signal(object)
    """Path of the picture that the user wants to look at closely."""
    box_changed = Signal(object)
    """A :class:`~effnet_studio.engine.explain.regions.Box`: its shares are wanted."""
    report_asked = Signal()

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attention_board")
        self._looked: Looked | None = None
        self._label = 0
        self._theme = theme
        self._classes = ThumbnailGrid(jobs, theme, side=148, parent=self)
        self._errors = ThumbnailGrid(jobs, theme, side=136, squares=2, parent=self)
        self._classes.setObjectName("attention_classes")
        self._errors.setObjectName("attention_errors")
        self._picker = RegionPicker(theme, self)
        self._shares = RegionShareTable(self)
        self._table = ReportTable("attention_shares", self._shares, _WIDTHS, theme, self)
        self._table.setItemDelegate(ShareBarDelegate(theme, BAR_ROLE, self._table, mark=MARK_ROLE))
        self._table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self._table.sort(-1, Qt.SortOrder.AscendingOrder)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(self._make_left_card(), 1)
        layout.addWidget(self._make_right_card())

    def _make_left_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._tabs = named(TabBar(card), "attention_tabs")
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget(card)
        for grid in (self._classes, self._errors):
            self._tabs.addTab("")
            self._stack.addWidget(grid)
        self._report = named(QPushButton(card), "attention_report")
        self._theme.set_icon(self._report, "save", size=16)
        self._hint = named(Label(card), "attention_hint")
        self._hint.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._tabs, 1)
        head.addWidget(self._report)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(self._stack, 1)
        return card

    def _make_right_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        card.setFixedWidth(_SIDE_WIDTH)
        self._title = named(Label(card), "attention_title")
        set_role(self._title, "strong")
        self._title.setWordWrap(True)
        self._scale = ColorScale(self._theme, card)
        self._colors = CalmCombo("attention_colors", card)
        for name in COLORMAPS:
            self._colors.addItem(name.capitalize(), name)
        colors = QHBoxLayout()
        colors.setSpacing(SPACE_3)
        colors.addWidget(self._scale, 1)
        colors.addWidget(self._colors)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._picker, 5)
        column.addLayout(colors)
        column.addWidget(self._table, 4)
        return card

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self._classes.picture_chosen.connect(self._on_class_chosen)
        self._errors.picture_opened.connect(self._on_error_opened)
        self._errors.clicked.connect(self._errors.activated)
        self._colors.currentIndexChanged.connect(self._on_colors)
        self._picker.box_changed.connect(self.box_changed)
        self._report.clicked.connect(self.report_asked)

    @property
    def colormap(self) -> str:
        """Name of the colour map."""
        return str(self._colors.currentData())

    @property
    def box(self) -> Box:
        """The box whose shares are shown."""
        return self._picker.box

    def set_looked(self, looked: Looked) -> None:
        """Show where a model looked; what stands out is on view first.

        Args:
            looked: The maps and what follows from them.
        """
        self._looked = looked
        for grid in (self._classes, self._errors):
            grid.thumbnails.clear_cache()
        attention = looked.attention
        odd = [focus for focus in looked.focuses if focus.stands_out]
        best = attention.classes.index(odd[0].label) if odd else int(attention.counts.argmax())
        if odd:
            self._picker.set_box(ZONES[odd[0].zone][0])
        self._shares.set_shares(())
        self._show_cells()
        self._show_class(best)
        self.box_changed.emit(self.box)

    def set_shares(self, shares: Sequence[RegionShare]) -> None:
        """Show how much of the attention lies inside the box."""
        self._shares.set_shares(shares)
        self._show_row()

    def set_saving(self, *, saving: bool) -> None:
        """Say whether a report is being written."""
        self._report.setEnabled(not saving)

    @Slot(int)
    def _on_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        self._show_hint()

    @Slot(object)
    def _on_class_chosen(self, cell: Thumbnail) -> None:
        if isinstance(cell.value, int):
            self._show_class(cell.value)

    @Slot(object)
    def _on_error_opened(self, cell: Thumbnail) -> None:
        path: Path = cell.path
        self.picture_opened.emit(path)

    @Slot()
    def _on_colors(self) -> None:
        self._show_cells()
        self._show_class(self._label)

    def _show_cells(self) -> None:
        looked = self._looked
        if looked is None:
            return
        attention, cells = looked.attention, []
        for label, count in enumerate(attention.counts.tolist()):
            if not count:
                continue
            name = attention.classes[label]
            focus = looked.focus_of(name)
            caption, zone = self.tr("%n image(s)", "", count), None
            if focus is not None and focus.stands_out:
                zone = ZONES[focus.zone][0]
                caption = self.tr("⚠ Looks at one border")
                if focus.in_corner:
                    caption = self.tr("⚠ Looks at one corner")
            loader = MeanLoader(attention, label, self.colormap, zone)
            path = _first_path(looked, label)
            cells.append(
                Thumbnail(
                    (label, self.colormap),
                    path,
                    loader,
                    caption,
                    "muted" if zone is None else "warning",
                    label,
                    title=name,
                )
            )
        self._classes.set_cells(cells)
        words = self.tr("{truth}, taken for {answer} · {confidence} %")
        self._errors.set_cells(error_cells(looked, self.colormap, words), captions=True)

    def _show_class(self, label: int) -> None:
        looked = self._looked
        if looked is None:
            return
        self._label = label
        self._picker.picture.set_picture(MeanLoader(looked.attention, label, self.colormap)())
        self._scale.set_colormap(self.colormap)
        self._show_row()
        self._show_texts()

    def _show_row(self) -> None:
        """Bring the class on view into view in the table too."""
        if self._looked is None:
            return
        row = self._shares.row_of(self._looked.attention.classes[self._label])
        if row >= 0:
            self._table.selectRow(row)
            self._table.scrollTo(self._shares.index(row, 0))

    def _show_texts(self) -> None:
        looked = self._looked
        if looked is None:
            return
        name = looked.attention.classes[self._label]
        self._title.setText(self.tr("{label}: how much is inside the box?").format(label=name))
        errors = len(looked.attention.errors)
        self._tabs.setTabText(1, f"{self.tr('Errors')} · {count_text(errors)}")
        self._show_hint()

    def _show_hint(self) -> None:
        looked = self._looked
        if looked is None:
            return
        hints = [focus.hint for focus in looked.focuses if focus.hint is not None]
        tone = "muted"
        if self._tabs.currentIndex() == 1:
            text = self.tr("Each image with what spoke for its wrong answer; the surest first.")
            if not len(looked.attention.errors):
                text = self.tr("Every image was recognised.")
        elif not looked.attention.maps.any():
            text = self.tr("Nothing in these images speaks for the answers: the maps are empty.")
        elif hints:
            text, tone = "\n".join(translate_message(hint) for hint in hints[:3]), "warning"
            text = unbroken(text)
        else:
            text = self.tr(
                "The mean of all images with one answer, and the mean of their maps. No class is"
                " looked at in a corner or at a border where the others are not."
            )
            if looked.attention.method == Detail.COARSE.method:
                closer = self.tr("To be surer, look closer: choose Fine above.")
                text = sentences_text((text, closer))
        self._hint.setText(text)
        set_role(self._hint, "muted" if tone == "muted" else "")
        set_tone(self._hint, "" if tone == "muted" else tone)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_row()

    def _retranslate(self) -> None:
        self._tabs.setTabText(0, self.tr("Classes"))
        self._tabs.setTabText(1, self.tr("Errors"))
        self._tabs.setAccessibleName(self.tr("Classes or errors"))
        self._classes.setAccessibleName(self.tr("Mean image and mean map of each class"))
        self._errors.setAccessibleName(self.tr("Wrong answers with their maps"))
        self._table.setAccessibleName(self.tr("Share of the attention inside the box"))
        self._colors.setAccessibleName(self.tr("Colours of the maps"))
        self._colors.setToolTip(self._colors.accessibleName())
        self._report.setText(self.tr("Save report…"))
        self._report.setAccessibleName(self._report.text())
        self._report.setToolTip(
            self.tr("One HTML file with all of this; a browser prints it, also to PDF")
        )
        self._shares.retranslate()
        self._show_cells()
        self._show_texts()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _first_path(looked: Looked, label: int) -> Path:
    """A file that was answered as a class, for the cell's tool-tip."""
    attention = looked.attention
    place = int((attention.predicted == label).argmax())
    return looked.samples[int(attention.sample_ids[place])].path
