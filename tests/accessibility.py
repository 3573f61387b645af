"""What a window owes to people without a mouse or without sight, as rules that find offenders.

:func:`audit` walks all visible widgets of a top-level window. Rules look at real widgets: at the
interface a screen reader gets, at pixels with and without the focus, at where Tab goes.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from effnet_studio.gui.pages.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = QAccessible.Role
Text = QAccessible.Text
CONTROLS: Final = (
    QAbstractButton
    | QAbstractItemView
    | QAbstractSlider
    | QAbstractSpinBox
    | QComboBox
    | QLineEdit
    | QPlainTextEdit
    | QProgressBar
    | QTabBar
    | QTextEdit
)
_SNAKE: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")
_MOUSE: Final = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent")
_KEYS: Final = ("keyPressEvent", "keyReleaseEvent", "event")
_MOST_STOPS: Final = 400
_LEAST_PIXELS: Final = 8
"""So many pixels must look different with the focus."""


def audit(window: QWidget) -> list[str]:
    """All offences of a shown window, one a line: the rule, and the widget with its page.

    Args:
        window: A top-level widget on the screen.

    Returns:
        The offences, in the order of the rules; none for a good window.
    """
    found = []
    for rule in (
        unexplained_icons,
        clickable_labels,
        mouse_only,
        wrong_roles,
        plots_without_tables,
        double_shortcuts,
    ):
        found += [f"{rule.__name__}: {offence}" for offence in rule(window)]
    before = set(visible(window))
    walk = tab_walk(window)
    if set(visible(window)) != before:  # a list chose its first row when Tab came to it
        walk = tab_walk(window)
    for rule_of_keys in (nameless, unreached, trapped, jumping_order, out_of_sight):
        found += [f"{rule_of_keys.__name__}: {offence}" for offence in rule_of_keys(window, walk)]
    return [*found, *(f"invisible_focus: {offence}" for offence in invisible_focus(walk))]


def describe(widget: QWidget) -> str:
    """Class and name of a widget, and where it stands."""
    above, place = widget.parentWidget(), ""
    while above is not None and not place:
        place = above.objectName()
        above = above.parentWidget()
    return f"{type(widget).__name__} {widget.objectName() or '?'} in {place}"


def visible(window: QWidget) -> Iterator[QWidget]:
    """All widgets of a window that are on the screen, without the insides of Qt's own."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window and not made_by_qt(widget):
            yield widget


def made_by_qt(widget: QWidget) -> bool:
    """Whether a widget is a part of one of Qt's controls."""
    if isinstance(widget, QHeaderView | QScrollBar | QMenuBar | QMenu):
        return True
    if widget.objectName().startswith("qt_"):
        return True
    inside = QComboBox | QAbstractItemView | QTabBar | QMenuBar | QLineEdit | QAbstractSpinBox
    parent = widget.parentWidget()
    for _ in range(2):
        if isinstance(parent, inside | QCalendarWidget):
            return True
        parent = parent.parentWidget() if parent is not None else None
    return False


def by_tab(widget: QWidget) -> bool:
    """Whether Tab stops there."""
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isEnabled() and widget.focusProxy() is None


def own(widget: QWidget, *methods: str) -> bool:
    """Whether a class of this application, not of Qt or pyqtgraph, has one of these methods."""
    return any(
        method in vars(kind)
        for kind in type(widget).__mro__
        if kind.__module__.startswith("effnet_studio")
        for method in methods
    )


# -- rules -----------------------------------------------------------------------------------------


def nameless(window: QWidget, walk: Walk) -> Iterator[str]:
    """Controls, and whatever else Tab stops at, without a name for people."""
    for widget in visible(window):
        if not isinstance(widget, CONTROLS) and widget not in walk.stops:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(Text.Name).strip() if interface is not None else ""
        if not name or name == widget.objectName() or _SNAKE.fullmatch(name):
            yield f"{describe(widget)} {name!r}"


def unexplained_icons(window: QWidget) -> Iterator[str]:
    """Buttons with only an icon, and no tool-tip for those who do not know it."""
    for widget in visible(window):
        if isinstance(widget, QAbstractButton) and not widget.text().strip():
            drawn = own(widget, "paintEvent") or widget.layout() is not None
            if not widget.toolTip().strip() and not drawn:
                yield describe(widget)


def clickable_labels(window: QWidget) -> Iterator[str]:
    """Labels that do something when they are clicked, or whose links cannot be reached by keys."""
    for widget in visible(window):
        if not isinstance(widget, QLabel):
            continue
        flags = widget.textInteractionFlags()
        links = Qt.TextInteractionFlag.LinksAccessibleByMouse
        keys = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        hand = widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
        hand = hand and widget.cursor().shape() == Qt.CursorShape.PointingHandCursor
        if own(widget, *_MOUSE) or hand:
            yield describe(widget)
        elif "<a " in widget.text() and flags & links and not flags & keys:
            yield f"{describe(widget)} (link)"


def mouse_only(window: QWidget) -> Iterator[str]:
    """Widgets that answer the mouse and no key."""
    for widget in visible(window):
        if own(widget, *_MOUSE) and not isinstance(widget, CONTROLS):
            focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not focusable or not own(widget, *_KEYS):
                yield describe(widget)


def wrong_roles(window: QWidget) -> Iterator[str]:
    """Drawn widgets that a screen reader takes for an empty area."""
    for widget in visible(window):
        if not own(widget, "paintEvent") or isinstance(widget, CONTROLS):
            continue
        if isinstance(widget, QLabel) and not widget.text():
            continue  # says nothing, and shows nothing
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface.role() in {Role.NoRole, Role.Client, Role.Pane, Role.Window}:
            yield f"{describe(widget)} {interface.role().name}"
        elif interface.role() != Role.Whitespace and not interface.text(Text.Name).strip():
            yield f"{describe(widget)} without a name"


def plots_without_tables(window: QWidget) -> Iterator[str]:
    """Charts with axes whose numbers cannot be had as a table beside or instead of them."""
    for widget in visible(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        is_plot = any(
            kind.__name__ in {"PlotWidget", "GraphicsView"} for kind in type(widget).__mro__
        )
        if (is_plot or (interface is not None and interface.role() == Role.Chart)) and not _twin(
            widget
        ):
            yield describe(widget)


def _twin(widget: QWidget) -> bool:
    """Whether a table stands in the same card, shown or hidden."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Page) and not above.isWindow():
        tables = [
            view
            for view in above.findChildren(QAbstractItemView)
            if not isinstance(view, QHeaderView) and not made_by_qt(view)
        ]
        if tables:
            return True
        above = above.parentWidget()
    return False


def double_shortcuts(window: QWidget) -> Iterator[str]:
    """Keys that mean two things in the same place: Qt then does neither."""
    everywhere = {Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut}
    keys: Counter[str] = Counter()
    local: list[QShortcut | QAction] = []
    for action in window.findChildren(QAction):
        for key in action.shortcuts():
            if action.shortcutContext() in everywhere:
                keys[key.toString()] += 1
            else:
                local.append(action)
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if isinstance(owner, QWidget) and not owner.isVisible():
            continue  # of another page, where it has no meaning now
        if shortcut.context() in everywhere:
            keys[shortcut.key().toString()] += 1
        else:
            local.append(shortcut)
    yield from (f"{key} × {count}" for key, count in keys.items() if key and count > 1)
    for one in local:
        key = one.key() if isinstance(one, QShortcut) else one.shortcut()
        if keys[QKeySequence(key).toString()]:
            yield f"{key.toString()} in {one.parent()} too"


@dataclass(frozen=True)
class Walk:
    """Where Tab stops in a window.

    Attributes:
        stops: From the first control on, until Tab comes to one of them again.
        unseen: Those that were not on the screen when Tab came to them.
        back: Whether the last led to the first.
    """

    stops: tuple[QWidget, ...]
    unseen: tuple[QWidget, ...]
    back: bool


def tab_walk(window: QWidget) -> Walk:
    """Press Tab until it stops where it stopped before."""
    stops: list[QWidget] = []
    unseen: list[QWidget] = []
    focus: QWidget | None = None
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    for _ in range(_MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if stops and focus is stops[-1] and isinstance(focus, QTextBrowser):
            continue  # it goes from link to link before it lets go
        if focus is None or focus in stops:
            break
        stops.append(focus)
        if focus.visibleRegion().isEmpty():
            unseen.append(focus)
    return Walk(tuple(stops), tuple(unseen), back=bool(stops) and focus is stops[0])


def jumping_order(window: QWidget, walk: Walk) -> Iterator[str]:
    """Where Tab goes up, or back within a line: against the order of reading.

    Of two controls that follow each other those parts are compared in which they differ, so that
    columns and cards are read as wholes. What floats over the page has no place in it: a panel
    follows the control that opens it, wherever it lies.
    """
    for before, after in itertools.pairwise(walk.stops):
        if _floats(before) != _floats(after):
            continue
        one, other = _branches(before, after)
        if one is not None and other is not None and _is_before(other, one):
            yield f"{describe(before)} → {describe(after)}"


def trapped(window: QWidget, walk: Walk) -> Iterator[str]:
    """The control that Tab does not leave."""
    if walk.stops and not walk.back:
        yield describe(walk.stops[-1])


def unreached(window: QWidget, walk: Walk) -> Iterator[str]:
    """Controls that Tab does not come to."""
    for widget in visible(window):
        control = isinstance(widget, CONTROLS) and not isinstance(widget, QProgressBar)
        if control and by_tab(widget) and widget not in walk.stops:
            yield describe(widget)


def out_of_sight(window: QWidget, walk: Walk) -> Iterator[str]:
    """Controls that Tab comes to where nobody sees them."""
    yield from (describe(widget) for widget in walk.unseen)


def _branches(one: QWidget, other: QWidget) -> tuple[QWidget | None, QWidget | None]:
    """Of two widgets, the parts of their closest common owner in which they stand."""
    if one.isAncestorOf(other) or other.isAncestorOf(one):
        return None, None
    above = _line(one)
    branch = other
    while (parent := branch.parentWidget()) is not None:
        if parent in above:
            return above[above.index(parent) - 1], branch
        branch = parent
    return None, None


def _line(widget: QWidget) -> list[QWidget]:
    line = [widget]
    while (parent := line[-1].parentWidget()) is not None:
        line.append(parent)
    return line


def _floats(widget: QWidget) -> bool:
    """Whether a widget stands in a notice or a panel over the page."""
    return any(each.property("role") in {"toast", "popover"} for each in _line(widget))


def _is_before(one: QWidget, other: QWidget) -> bool:
    """Whether one is read before another: clearly above, or left of it in the same line."""
    first, second = _place(one), _place(other)
    if first.bottom() <= second.top():
        return first.left() < second.right()  # above it, not in a column further right
    shared = min(first.bottom(), second.bottom()) - max(first.top(), second.top())
    same_line = shared > min(first.height(), second.height()) / 2
    return same_line and first.right() <= second.left()


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def invisible_focus(walk: Walk) -> Iterator[str]:
    """Controls that look the same with the focus as without; of each look one is tried."""
    looked_at: set[tuple[object, ...]] = set()
    for widget in walk.stops:
        kind = (type(widget), widget.property("role"), widget.property("tone"), _checked(widget))
        if kind not in looked_at and not _changes(widget):
            yield f"{describe(widget)} role={widget.property('role')!r}"
        looked_at.add(kind)


def _checked(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.isChecked()


def _changes(widget: QWidget) -> bool:
    window = widget.window()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if not widget.hasFocus():
        return True  # it gives the focus to a part of itself, which is looked at by itself
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    QApplication.processEvents()
    area = _place(widget).adjusted(-4, -4, 4, 4) & window.rect()
    with_ = _pixels(window, area)
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    without = _pixels(window, area)
    return int((with_ != without).any(axis=-1).sum()) >= _LEAST_PIXELS


def _pixels(window: QWidget, area: QRect) -> np.ndarray:
    QApplication.processEvents()
    image = window.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)
    buffer = np.frombuffer(image.constBits(), np.uint8)
    return buffer.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()
