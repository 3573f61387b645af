"""Columns are as wide as Qt itself would have them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHeaderView, QTableView

from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.measured_table import MeasuredTable

COLUMNS = (Column("Layer", number=False), Column("Side"), Column("Work"))
ROWS = [
    ("features.0", "112", "10.8 M"),
    ("features.1.0.block.0", "56", "3.6 M"),
    ("features.1", "1,112", "–"),
    ("", "56", "123.456 M"),
]


@pytest.fixture
def table(qtbot, theme: ThemeManager) -> MeasuredTable:
    table = MeasuredTable()
    qtbot.addWidget(table)
    model = RowsTableModel(table)
    model.set_table(COLUMNS, ROWS)
    table.setModel(model)
    theme.add_window(table)
    table.resize(600, 300)
    table.show()
    return table


@pytest.mark.parametrize("grid", [True, False])
def test_that_a_column_is_as_wide_as_if_all_its_cells_were_measured(
    table: MeasuredTable, *, grid: bool
) -> None:
    table.setShowGrid(grid)
    widths = [table.sizeHintForColumn(column) for column in range(len(COLUMNS))]
    assert widths == [QTableView.sizeHintForColumn(table, each) for each in range(len(COLUMNS))]
    assert widths[0] > widths[2] > widths[1]


def test_that_headings_fit_columns_to_what_was_measured(table: MeasuredTable) -> None:
    heads = table.horizontalHeader()
    heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in range(len(COLUMNS)):
        wanted = max(table.sizeHintForColumn(column), heads.sectionSizeHint(column))
        assert table.columnWidth(column) == wanted


def test_that_a_table_without_rows_leaves_columns_to_their_headings(table: MeasuredTable) -> None:
    table.setModel(RowsTableModel(table))
    assert table.sizeHintForColumn(0) == 0
