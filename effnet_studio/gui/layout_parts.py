"""What stands in a layout, without asking for its items; parts that appear together; link rows.

``QLayout.itemAt`` must not be called from Python: PySide (6.11.3) keeps what it gave under the
item's address and does not hear when Qt deletes the item. The next object at that address then is
taken for it, and the program crashes when that one ends: switching the language to and fro on the
Doctor page, with all items asked for each time, did so within half a minute.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLayout, QPushButton, QWidget

from effnet_studio.gui.theme import SPACE_2

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINK_EDGE: Final = 5
"""Before the text of a button that looks like a link, in the style, pixels."""


def layout_parts(layout: QLayout) -> list[QWidget | QLayout]:
    """Widgets and layouts that stand directly in a layout, in its order.

    Args:
        layout: Of a widget, or inside such a layout.
    """
    parts: list[QWidget | QLayout] = [
        part for part in layout.children() if isinstance(part, QLayout)
    ]
    owner: QWidget | None = layout.parentWidget()
    if owner is not None:
        parts += owner.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    placed = [(layout.indexOf(part), part) for part in parts]
    return [part for place, part in sorted(placed, key=lambda each: each[0]) if place >= 0]


def row_labels(form: QFormLayout) -> list[QWidget]:
    """The widgets before the fields of a form, from the top down."""
    label = QFormLayout.ItemRole.LabelRole
    widgets = [part for part in layout_parts(form) if isinstance(part, QWidget)]
    places = {
        widget: cast("tuple[int, QFormLayout.ItemRole]", form.getWidgetPosition(widget))
        for widget in widgets
    }
    heads = [widget for widget, (_, role) in places.items() if role is label]
    return sorted(heads, key=lambda head: places[head][0])


def link_row(*links: QPushButton) -> QHBoxLayout:
    """A row of buttons that look like links: the first begins where the texts above it do.

    Args:
        links: Of the role ``link``.
    """
    row = QHBoxLayout()
    row.setSpacing(SPACE_2)
    row.addSpacing(-_LINK_EDGE)  # a negative margin would be taken for none
    for link in links:
        row.addWidget(link)
    row.addStretch(1)
    return row


@contextmanager
def laid_out_once(widget: QWidget) -> Iterator[None]:
    """Show and hide parts of a widget; it is laid out once afterwards, with all that holds it.

    Qt lays out everything up to the window whenever a widget appears.

    Args:
        widget: Has a layout.

    Raises:
        ValueError: If it has none.
    """
    layout = widget.layout()
    if layout is None:
        raise ValueError(f"{widget.objectName()} has no layout")
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.invalidate()
