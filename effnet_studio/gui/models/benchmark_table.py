"""What was measured on this computer, as a sortable table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.engine.benchmark.results import is_old
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.text import bytes_text, moment_text, rate_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from effnet_studio.engine.benchmark.results import Measurement, Timing, Versions

Index = QModelIndex | QPersistentModelIndex

MEASUREMENT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The row's Measurement."""

WIDTHS: Final = (150, 72, 140, 92, 160, 92, 96, 104, 112, 190)
"""Of the columns, pixels."""

_TEXTS: Final = {0, 2, 9}
"""Columns that hold words, not figures."""


@dataclass(frozen=True)
class _Cell:
    """What a cell shows and what it is sorted by."""

    text: str
    value: float | str


class BenchmarkTable(QAbstractTableModel):
    """One row for each model with each runtime.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._measurements: tuple[Measurement, ...] = ()
        self._versions: Versions | None = None
        self._rows: list[tuple[Measurement, tuple[_Cell, ...]]] = []
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def set_measurements(self, measurements: Sequence[Measurement], versions: Versions) -> None:
        """Show other results.

        Args:
            measurements: The rows.
            versions: Libraries installed now; what was measured with others is marked.
        """
        self._measurements, self._versions = tuple(measurements), versions
        self._fill()

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self._fill()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(WIDTHS) - 1)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(WIDTHS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        measurement, cells = self._rows[index.row()]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: cells[index.column()].text,
            Qt.ItemDataRole.TextAlignmentRole: _alignment(index.column()),
            MEASUREMENT_ROLE: measurement,
        }
        return answers.get(role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        title, hint = self._headings()[section]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.ToolTipRole: hint,
            Qt.ItemDataRole.TextAlignmentRole: _alignment(section),
        }
        return answers.get(role)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows.

        Args:
            column: Which; -1: in the order of measuring.
            order: Rising or falling; what was not measured comes last either way.
        """
        self._sorted_by = (column, order)
        self._fill()

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = [(each, self._cells(each)) for each in self._measurements]
        column, order = self._sorted_by
        if column >= 0:
            down = order is Qt.SortOrder.DescendingOrder
            self._rows.sort(key=lambda row: row[1][column].value, reverse=down)
            self._rows.sort(key=lambda row: row[1][column].text == "")
        self.endResetModel()

    def _cells(self, each: Measurement) -> tuple[_Cell, ...]:
        spec, latency, batches = get_spec(each.model), each.latency, each.throughput
        runtime = translate_message(each.runtime.label)
        when = moment_text(each.measured)
        if self._versions is not None and is_old(each, self._versions):
            when = self.tr("{when}, older libraries").format(when=when)
        quartiles = f"{_number(1000 * latency.low)} – {_number(1000 * latency.high)}"
        return (
            _Cell(spec.title, spec.title.casefold()),
            _Cell(f"{each.size} px", each.size),
            _Cell(runtime, runtime),
            _milliseconds(latency),
            _Cell(f"{quartiles} ({latency.repeats}×)", latency.high - latency.low),
            _Cell("", 0.0)
            if batches is None
            else _Cell(rate_text(batches.per_second), batches.per_second),
            _Cell("", 0) if each.memory is None else _Cell(bytes_text(each.memory), each.memory),
            _milliseconds(each.train_frozen),
            _milliseconds(each.train),
            _Cell(when, each.measured),
        )

    def _headings(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Model"), self.tr("Name of the architecture")),
            (self.tr("Input"), self.tr("Side of the square image, in pixels")),
            (self.tr("Computed by"), self.tr("Library and kind of numbers")),
            (self.tr("One image"), self.tr("Time for one image at a time: median of the repeats")),
            (
                self.tr("Half lie between"),
                self.tr("Quartiles of the repeats, in ms, and how many repeats there were"),
            ),
            (self.tr("Images/s"), self.tr("In batches of up to 32 images")),
            (
                self.tr("Memory"),
                self.tr("Most memory of a process that answers one image at a time"),
            ),
            (
                self.tr("Learning"),
                self.tr("Time for one image in training with the preset Balanced"),
            ),
            (
                self.tr("Learning, all"),
                self.tr("Time for one image in training with no stage frozen"),
            ),
            (self.tr("Measured"), self.tr("When, and whether the libraries have changed since")),
        )


def _milliseconds(timing: Timing | None) -> _Cell:
    if timing is None:
        return _Cell("", math.inf)
    return _Cell(f"{_number(1000 * timing.median)} ms", timing.median)


def _number(value: float) -> str:
    """About three digits."""
    return QLocale().toString(value, "f", 0 if value >= 100 else 1 if value >= 10 else 2)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in _TEXTS else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
