"""The catalog of architectures as a sortable table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from typing_extensions import override

from effnet_studio.gui.models.model_stages import source_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from effnet_studio.engine.models.spec import ModelSpec

Index = QModelIndex | QPersistentModelIndex

SORT_ROLE = Qt.ItemDataRole.UserRole
"""The bare value of a cell, for sorting."""
SPEC_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's ModelSpec."""


translate = QCoreApplication.translate


def millions(parameters: int) -> str:
    """Write a number of parameters for people, such as ``"5.3 M"``."""
    return f"{QLocale().toString(parameters / 1e6, 'f', 1)} M"


def accuracy_text(spec: ModelSpec) -> str:
    """Write the ImageNet accuracy for people; scaled networks have none."""
    if math.isnan(spec.top1):
        return translate("CatalogTable", "not measured")
    return f"{QLocale().toString(spec.top1, 'f', 1)} %"


@dataclass(frozen=True)
class _Column:
    """One column: heading and explanation (as translatable text) and how a cell is made."""

    title: Callable[[], str]
    hint: Callable[[], str]
    value: Callable[[ModelSpec], object]
    text: Callable[[ModelSpec], str]
    tip: Callable[[ModelSpec], str] = lambda _: ""
    number: bool = True


def _columns() -> tuple[_Column, ...]:
    return (
        _Column(
            lambda: translate("CatalogTable", "Model"),
            lambda: translate("CatalogTable", "Name of the architecture"),
            lambda spec: spec.title,
            lambda spec: spec.title,
            number=False,
        ),
        _Column(
            lambda: translate("CatalogTable", "Family"),
            lambda: translate("CatalogTable", "Models built on the same idea"),
            lambda spec: spec.family,
            lambda spec: spec.family,
            number=False,
        ),
        _Column(
            lambda: translate("CatalogTable", "Parameters"),
            lambda: translate(
                "CatalogTable", "Numbers the model has learned: its size on disk and in memory"
            ),
            lambda spec: spec.parameters,
            lambda spec: millions(spec.parameters),
        ),
        _Column(
            lambda: translate("CatalogTable", "Work"),
            lambda: translate(
                "CatalogTable",
                "Multiply-accumulates (MACs) for one image, in billions: how slow it is",
            ),
            lambda spec: spec.macs,
            lambda spec: f"{QLocale().toString(spec.macs, 'f', 2)} G",
        ),
        _Column(
            lambda: translate("CatalogTable", "Input"),
            lambda: translate("CatalogTable", "Side of the square image the model sees, in pixels"),
            lambda spec: spec.input_size,
            lambda spec: f"{spec.input_size} px",
        ),
        _Column(
            lambda: translate("CatalogTable", "Accuracy"),
            lambda: translate(
                "CatalogTable",
                "Top-1: share of ImageNet's validation images named right at the first guess",
            ),
            lambda spec: spec.top1,
            accuracy_text,
            _source_tip,
        ),
    )


def _source_tip(spec: ModelSpec) -> str:
    if not spec.top1_source:
        return ""
    told = translate("CatalogTable", "Source: {source}")
    return told.format(source=source_text(spec.top1_source))


TOP1_COLUMN = 5
WEIGHTS_COLUMN = 6


class CatalogTableModel(QStandardItemModel):
    """One row for each architecture, with whether its weights are on this computer.

    Qt's own model keeps the cells: one that is asked in Python for each of the nine roles of a cell
    took most of the time of painting the page.

    Args:
        specs: The rows.
        parent: Qt parent.
    """

    def __init__(self, specs: Iterable[ModelSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs = tuple(specs)
        self._present: frozenset[str] | None = None
        self._columns = (*_columns(), self._weights_column())
        for spec in self._specs:
            self.appendRow([_cell(spec, column) for column in self._columns])
        self.retranslate()

    def set_present(self, names: Collection[str]) -> None:
        """Say which models' weights are on this computer."""
        self._present = frozenset(names)
        self._write(WEIGHTS_COLUMN)

    def is_present(self, name: str) -> bool:
        """Whether a model's weights are on this computer, as far as is known."""
        return self._present is not None and name in self._present

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        for number, column in enumerate(self._columns):
            heading = QStandardItem(column.title())
            heading.setToolTip(column.hint())
            heading.setTextAlignment(_alignment(number=column.number))
            self.setHorizontalHeaderItem(number, heading)
            self._write(number)

    def _write(self, number: int) -> None:
        """Say the cells of a column; the views are told once."""
        column = self._columns[number]
        self.blockSignals(True)
        for row, spec in enumerate(self._specs):
            cell = self.item(row, number)
            cell.setText(column.text(spec))
            cell.setData(column.tip(spec) or None, Qt.ItemDataRole.ToolTipRole)
            cell.setData(column.value(spec), SORT_ROLE)
        self.blockSignals(False)
        if self._specs:
            self.dataChanged.emit(self.index(0, number), self.index(self.rowCount() - 1, number))

    def _weights_column(self) -> _Column:
        return _Column(
            lambda: translate("CatalogTable", "Weights"),
            lambda: translate(
                "CatalogTable",
                "What the model learned from ImageNet, the starting point of your own",
            ),
            lambda spec: int(self.is_present(spec.name)),
            self._weights_text,
            self._weights_tip,
            number=False,
        )

    def _weights_text(self, spec: ModelSpec) -> str:
        if self._present is None:
            return ""
        if self.is_present(spec.name):
            return translate("CatalogTable", "On this computer")
        return translate("CatalogTable", "Download")

    def _weights_tip(self, spec: ModelSpec) -> str:
        if self.is_present(spec.name):
            return translate(
                "CatalogTable", "The pre-trained weights are here; training needs no network."
            )
        return translate(
            "CatalogTable", "The pre-trained weights are fetched when they are first needed."
        )


def _cell(spec: ModelSpec, column: _Column) -> QStandardItem:
    """A cell without words yet."""
    cell = QStandardItem()
    cell.setFlags(
        Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
    )
    cell.setTextAlignment(_alignment(number=column.number))
    cell.setData(spec, SPEC_ROLE)
    return cell


class CatalogFilter(QSortFilterProxyModel):
    """Keeps the rows whose name or family contains every typed word; sorts by value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(SORT_ROLE)

    def set_text(self, text: str) -> None:
        """Set the words to look for; capitals, hyphens and underscores do not matter."""
        self.beginFilterChange()
        self._words = tuple(_plain(text).split())
        self.endFilterChange()

    @override
    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        spec: ModelSpec = self.sourceModel().index(row, 0, parent).data(SPEC_ROLE)
        text = _plain(f"{spec.name} {spec.title} {spec.family}")
        return all(word in text for word in self._words)


def _alignment(*, number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _plain(text: str) -> str:
    return text.casefold().replace("-", " ").replace("_", " ")


def short_title(spec: ModelSpec) -> str:
    """A label that fits beside a point: ``"B0"`` rather than ``"EfficientNet-B0"``."""
    return spec.title.removeprefix("EfficientNet-").removeprefix("Efficient").partition(" (")[0]
