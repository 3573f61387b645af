"""The order in which Tab goes through controls: that of reading, whenever they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QScrollArea,
    QSplitter,
    QTabBar,
    QWidget,
)

from effnet_studio.gui.layout_parts import layout_parts
from effnet_studio.gui.theme import SPACE_5

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHOLE: Final = QAbstractItemView | QAbstractSpinBox | QComboBox | QLineEdit | QMenuBar | QTabBar
"""Controls whose insides are Qt's own affair."""


class ReadingOrder:
    """Mixed into windows and dialogs: Tab goes as one reads, also through what was added later.

    Layouts know the order of reading; Qt's own order is that in which widgets were made.
    """

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802 - Qt's signature
        """Move the focus to the next or previous control; asked by Qt for Tab and Shift+Tab."""
        window = cast("QWidget", self)
        target = next_control(window, QApplication.focusWidget(), forward=forward)
        if target is None:
            return False
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        _bring_into_view(target)
        return True


def next_control(window: QWidget, focus: QWidget | None, *, forward: bool) -> QWidget | None:
    """The control that follows another in the order of reading; behind the last comes the first.

    Args:
        window: Whose controls.
        focus: What has the focus now; it need not be a control.
        forward: False: the one before.

    Returns:
        The control; None if there is none at all.
    """
    order = list(in_reading_order(window))
    if focus is None or not window.isAncestorOf(focus):
        start = 0
    else:
        here: QWidget | None = focus
        while here is not None and here not in order:  # an inside of a control
            here = here.parentWidget()
        start = order.index(here) if here is not None else 0
    around = [*order[start + 1 :], *order[: start + 1]]
    if not forward:
        around = [*order[:start][::-1], *order[start:][::-1]]
    return next((widget for widget in around if is_stop(widget)), None)


def _bring_into_view(target: QWidget) -> None:
    """Scroll to a control. Qt does so only inside of the area that had the focus before."""
    above: QWidget | None = target.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(target, SPACE_5, SPACE_5)
        above = above.parentWidget()


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops at a visible widget: a control, or an area to be scrolled without one."""
    if not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QAbstractButton) and (group := _exclusive(widget)):
        # Qt lets Tab stop at the button that the user chose last, even if another was chosen since.
        able = [button for button in group if button.isVisible() and button.isEnabled()]
        chosen = next((button for button in able if button.isChecked()), able[0])
        return widget is chosen
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    if type(widget) is QScrollArea:  # controls in it scroll it, and pass its keys on
        return not any(is_stop(each) for each in in_reading_order(widget) if each is not widget)
    return True


def _exclusive(button: QAbstractButton) -> list[QAbstractButton]:
    """The buttons of which one is chosen; arrow keys go between them, Tab to the chosen one."""
    group: QButtonGroup | None = button.group()
    if group is not None:
        return group.buttons() if group.exclusive() else []
    parent: QWidget | None = button.parentWidget()
    if not button.autoExclusive() or parent is None:
        return []
    beside = parent.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [each for each in beside if each.autoExclusive() and each.group() is None]


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all visible ones in it, in the order of their layouts."""
    yield widget
    if isinstance(widget, _WHOLE):
        return
    for part in _parts(widget):
        if part.isVisible() and not part.isWindow():
            yield from in_reading_order(part)


def _parts(widget: QWidget) -> list[QWidget]:
    """What stands directly in a widget; what is in no layout comes last."""
    loose = [each for each in widget.children() if isinstance(each, QWidget)]
    if not loose:
        return []
    found: list[QWidget | None] = []
    layout: QLayout | None = widget.layout()
    if isinstance(widget, QMainWindow):
        found = [widget.centralWidget()]
    elif isinstance(widget, QScrollArea):
        found = [widget.widget()]
    elif isinstance(widget, QSplitter):
        found = [widget.widget(place) for place in range(widget.count())]
    elif layout is not None:
        found = list(_in_layout(layout))
    parts = [part for part in found if part is not None]
    known = set(parts)
    # The view port of a scroll area holds what was found already.
    known |= {each for each in loose if any(each.isAncestorOf(part) for part in parts)}
    return [*parts, *(each for each in loose if each not in known)]


def _grid_place(grid: QGridLayout, part: QWidget | QLayout) -> tuple[int, ...]:
    return cast("tuple[int, ...]", grid.getItemPosition(grid.indexOf(part)))[:2]


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    parts = layout_parts(layout)
    if isinstance(layout, QGridLayout):
        parts.sort(key=lambda part: _grid_place(layout, part))
    for part in parts:
        if isinstance(part, QWidget):
            yield part
        else:
            yield from _in_layout(part)
