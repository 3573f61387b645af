"""The published weights as a sortable table: what this computer has of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QIcon
from typing_extensions import override

from effnet_studio.gui.icons import icon, pixmap
from effnet_studio.gui.models.catalog_table import SORT_ROLE, SPEC_ROLE
from effnet_studio.gui.models.model_stages import licence_text
from effnet_studio.gui.text import bytes_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from effnet_studio.engine.models.shelf import ShelfEntry, WeightsState
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.gui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex

MODEL, STATE, SIZE, LICENCE = range(4)
"""The columns."""
WIDTHS: Final = (220, 160, 190, 190)
"""Of the columns, pixels."""

_ICONS: Final[dict[WeightsState, tuple[str, str]]] = {
    "here": ("check-circle", "success"),
    "missing": ("download", "muted"),
    "unfinished": ("clock", "warning"),
    "damaged": ("error", "danger"),
}
"""Icon and tone of each state; the shapes differ, so that colours are not needed to tell them."""
_ORDER: Final[tuple[WeightsState, ...]] = ("damaged", "unfinished", "here", "missing")
"""What needs the user comes first."""
_BYTES_PER_PARAMETER: Final = 4
_ICON_SIZE: Final = 16

translate = QCoreApplication.translate


class WeightsTableModel(QAbstractTableModel):
    """One row for each architecture; its state is empty until it was looked for.

    Args:
        specs: The rows.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(
        self, specs: Iterable[ModelSpec], theme: ThemeManager, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._specs = tuple(specs)
        self._entries: dict[str, ShelfEntry] = {}
        self._theme = theme
        self._icons: dict[WeightsState, QIcon] = {}
        theme.changed.connect(self._on_theme_changed)

    @property
    def entries(self) -> dict[str, ShelfEntry]:
        """What was found, by catalog name; empty until then."""
        return self._entries

    def set_entries(self, entries: Sequence[ShelfEntry]) -> None:
        """Show what was found."""
        self._entries = {entry.file.model: entry for entry in entries}
        self._tell_changed()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(WIDTHS) - 1)
        self._tell_changed()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._specs)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(WIDTHS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spec, column = self._specs[index.row()], index.column()
        entry = self._entries.get(spec.name)
        answer: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                answer = _text(spec, entry, column)
            case Qt.ItemDataRole.ToolTipRole:
                answer = _tip(spec, entry, column)
            case Qt.ItemDataRole.DecorationRole if column == STATE and entry is not None:
                answer = self._icon(entry.state)
            case Qt.ItemDataRole.TextAlignmentRole:
                answer = _alignment(column)
            case _ if role == SPEC_ROLE:
                answer = spec
            case _ if role == SORT_ROLE:
                answer = _sort_value(spec, entry, column)
        return answer

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        title, hint = _heading(section)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.ToolTipRole:
                return hint
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def _icon(self, state: WeightsState) -> QIcon:
        if state not in self._icons:
            name, tone = _ICONS[state]
            color = str(getattr(self._theme.theme, tone))
            self._icons[state] = icon(name, color, size=_ICON_SIZE)
            # Qt would tint it in a selected row, and the colours mean something.
            for ratio in (1.0, 2.0):
                picture = pixmap(name, color, _ICON_SIZE, ratio)
                self._icons[state].addPixmap(picture, QIcon.Mode.Selected)
        return self._icons[state]

    @Slot()
    def _on_theme_changed(self) -> None:
        self._icons.clear()
        self._tell_changed()

    def _tell_changed(self) -> None:
        last = self.index(max(0, len(self._specs) - 1), len(WIDTHS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)


def expected_size(spec: ModelSpec) -> int:
    """About how many bytes an architecture's weights are: four for each parameter."""
    return spec.parameters * _BYTES_PER_PARAMETER


def bytes_to_come(spec: ModelSpec, entry: ShelfEntry) -> int:
    """About how many bytes a download would fetch."""
    if entry.state == "here":
        return 0
    done = entry.size if entry.state == "unfinished" else 0
    return max(0, expected_size(spec) - done)


def state_text(state: WeightsState) -> str:
    """A state in words."""
    return {
        "here": translate("WeightsTable", "On this computer"),
        "missing": translate("WeightsTable", "Not here"),
        "unfinished": translate("WeightsTable", "Unfinished"),
        "damaged": translate("WeightsTable", "Damaged"),
    }[state]


def _text(spec: ModelSpec, entry: ShelfEntry | None, column: int) -> str:
    if column == MODEL:
        return spec.title
    if column == LICENCE:
        return spec.licence.partition(";")[0]
    if entry is None:
        return ""
    return state_text(entry.state) if column == STATE else _size_text(spec, entry)


def _size_text(spec: ModelSpec, entry: ShelfEntry) -> str:
    if entry.state in {"here", "damaged"}:
        return bytes_text(entry.size)
    about = translate("WeightsTable", "about {size}").format(size=bytes_text(expected_size(spec)))
    if entry.state == "missing":
        return about
    return translate("WeightsTable", "{done} of {total}").format(
        done=bytes_text(entry.size), total=about
    )


def _tip(spec: ModelSpec, entry: ShelfEntry | None, column: int) -> str | None:
    if column == LICENCE:
        return licence_text(spec.licence)
    if column != STATE or entry is None:
        return None
    meaning = {
        "here": translate("WeightsTable", "Training needs no network."),
        "missing": translate("WeightsTable", "Fetched when first needed, or with Download."),
        "unfinished": translate("WeightsTable", "A download stopped; Download goes on from there."),
        "damaged": translate("WeightsTable", "The checksum differs; Download replaces the file."),
    }[entry.state]
    return meaning if entry.path is None else f"{meaning}\n{entry.path}"


def _sort_value(spec: ModelSpec, entry: ShelfEntry | None, column: int) -> object:
    match column:
        case 1:  # STATE
            return -1 if entry is None else _ORDER.index(entry.state)
        case 2:  # SIZE
            here = entry is not None and entry.state in {"here", "damaged"}
            return entry.size if here and entry is not None else expected_size(spec)
        case _:
            return _text(spec, entry, column)


def _heading(section: int) -> tuple[str, str]:
    return (
        (
            translate("WeightsTable", "Model"),
            translate("WeightsTable", "Name of the architecture"),
        ),
        (
            translate("WeightsTable", "State"),
            translate("WeightsTable", "Whether the weights are on this computer"),
        ),
        (
            translate("WeightsTable", "Size"),
            translate("WeightsTable", "Of the file; of what is not here only about"),
        ),
        (
            translate("WeightsTable", "Licence"),
            translate("WeightsTable", "Terms the weights are published under"),
        ),
    )[section]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
