"""The catalog of architectures as a sortable table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
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
        ),
    )


TOP1_COLUMN = 5
WEIGHTS_COLUMN = 6


class CatalogTableModel(QAbstractTableModel):
    """One row for each architecture, with whether its weights are on this computer.

    Args:
        specs: The rows.
        parent: Qt parent.
    """

    def __init__(self, specs: Iterable[ModelSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs = tuple(specs)
        self._columns = _columns()
        self._present: frozenset[str] | None = None

    def set_present(self, names: Collection[str]) -> None:
        """Say which models' weights are on this computer."""
        self._present = frozenset(names)
        last = max(0, len(self._specs) - 1)
        self.dataChanged.emit(self.index(0, WEIGHTS_COLUMN), self.index(last, WEIGHTS_COLUMN))

    def is_present(self, name: str) -> bool:
        """Whether a model's weights are on this computer, as far as is known."""
        return self._present is not None and name in self._present

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, WEIGHTS_COLUMN)
        last = max(0, len(self._specs) - 1)
        self.dataChanged.emit(self.index(0, 0), self.index(last, WEIGHTS_COLUMN))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._specs)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns) + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spec = self._specs[index.row()]
        if role == SPEC_ROLE:
            return spec
        if index.column() == WEIGHTS_COLUMN:
            return self._weights_cell(spec, role)
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(spec)
        if role == SORT_ROLE:
            return column.value(spec)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(number=column.number)
        tip = role == Qt.ItemDataRole.ToolTipRole and index.column() == TOP1_COLUMN
        source = tip and bool(spec.top1_source)
        return (
            translate("CatalogTable", "Source: {source}").format(
                source=source_text(spec.top1_source)
            )
            if source
            else None
        )

    def _weights_cell(self, spec: ModelSpec, role: int) -> object:
        present = self.is_present(spec.name)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if self._present is None:
                    return ""
                return (
                    translate("CatalogTable", "On this computer")
                    if present
                    else translate("CatalogTable", "Download")
                )
            case Qt.ItemDataRole.ToolTipRole:
                return (
                    translate(
                        "CatalogTable",
                        "The pre-trained weights are here; training needs no network.",
                    )
                    if present
                    else translate(
                        "CatalogTable",
                        "The pre-trained weights are fetched when they are first needed.",
                    )
                )
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(number=False)
            case _ if role == SORT_ROLE:
                return int(present)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if section == WEIGHTS_COLUMN:
            title, hint, number = (
                translate("CatalogTable", "Weights"),
                translate(
                    "CatalogTable",
                    "What the model learned from ImageNet, the starting point of your own",
                ),
                False,
            )
        else:
            column = self._columns[section]
            title, hint, number = column.title(), column.hint(), column.number
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.ToolTipRole:
                return hint
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(number=number)
        return None


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
