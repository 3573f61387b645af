"""Small notices at the bottom right of the window, one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QVariantAnimation, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.announcer import announce
from effnet_studio.gui.motion import animations_allowed
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_4
from effnet_studio.gui.widgets.overlay import FocusReturn, corner
from effnet_studio.gui.widgets.toast import Toast, ToastSpec

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

SHOWN: Final = 3
"""So many stand one above the other; an older one goes for a fourth."""
_SHARE: Final = 0.2
"""So much of the height they may take: the middle of empty pages has buttons."""

_WIDTH: Final = 360
_SLIDE_MS: Final = 160


class ToastStack(QWidget):
    """The notices of a window, the newest at the bottom; takes no room in its layout.

    Args:
        area: What they lie upon.
        bar: Stands at the foot of the area while it is visible; they keep above it.
        theme: Tints the icons.
    """

    acted = Signal(str)
    """A notice's button was pressed; the key of its spec."""
    language_changed = Signal()
    """Whoever made the notices says them anew."""

    def __init__(self, area: QWidget, bar: QWidget, theme: ThemeManager) -> None:
        super().__init__(area)
        self.setObjectName("toasts")
        self._area, self._bar, self._theme = area, bar, theme
        self._aside = 0
        self._lower = 0
        self._sliding = named(QVariantAnimation(self), "toasts_sliding")
        self._sliding.setDuration(_SLIDE_MS)
        self._sliding.setStartValue(SPACE_4)
        self._sliding.setEndValue(0)
        self._sliding.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._sliding.valueChanged.connect(self._on_slid)
        self._return = FocusReturn(self)
        self._toasts: list[Toast] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_2)
        self.hide()
        area.installEventFilter(self)
        bar.installEventFilter(self)

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """Those shown, oldest first."""
        return tuple(self._toasts)

    def show_toast(self, spec: ToastSpec) -> Toast:
        """Show a notice.

        Args:
            spec: What it says; it takes the place of one that says the same or is on its topic.

        Returns:
            The notice.
        """
        for toast in self._toasts:
            if toast.spec == spec or (spec.topic and toast.spec.topic == spec.topic):
                self._remove(toast)
                break
        while len(self._toasts) >= SHOWN:
            self._remove_oldest()
        toast = Toast(spec, self._theme, self)
        toast.closed.connect(self._on_closed)
        toast.acted.connect(self.acted)
        self._toasts.append(toast)
        self._layout.addWidget(toast)
        toast.show()
        self._place()
        while len(self._toasts) > 1 and self.height() > _SHARE * self._area.height():
            self._remove_oldest()
        self.show()
        self._slide_in()
        toast.start()
        announce(self, toast.accessibleName(), assertive=spec.tone == "danger")
        return toast

    def take_focus(self) -> bool:
        """Put the focus on the newest notice; closing it gives the focus back.

        Returns:
            Whether there is one.
        """
        if not self._toasts:
            return False
        self._return.remember()
        self._toasts[-1].take_focus()
        return True

    def set_aside(self, width: int) -> None:
        """Keep so many pixels from the right edge, for something else that lies there."""
        self._aside = width
        self._place()

    @Slot()
    def clear(self) -> None:
        """Take all away."""
        for toast in list(self._toasts):
            self._remove(toast)

    @Slot()
    def _on_closed(self) -> None:
        toast = self.sender()
        if isinstance(toast, Toast) and toast in self._toasts:
            focused = toast.has_focus
            self._remove(toast)
            if focused:
                self._give_focus_back()

    def _give_focus_back(self) -> None:
        if self._toasts:
            self._toasts[-1].take_focus()
        else:
            self._return.give_back()

    def _remove_oldest(self) -> None:
        """Take the oldest away that nobody is at; never the one that has just come."""
        older = self._toasts[:-1] or self._toasts
        self._remove(next((each for each in older if not each.held), older[0]))

    def _remove(self, toast: Toast) -> None:
        self._toasts.remove(toast)
        self._layout.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.setVisible(bool(self._toasts))
        self._place()

    def _slide_in(self) -> None:
        """Let a new notice come up from below.

        It does not fade in: to paint through an effect, Qt lays out all that is hidden in the
        window first.
        """
        if animations_allowed():
            self._on_slid(SPACE_4)  # Qt says nothing of where it begins
            self._sliding.start()

    @Slot(object)
    def _on_slid(self, lower: int) -> None:
        self._lower = lower
        self._place()

    def _place(self) -> None:
        if not self._toasts:
            return
        width = min(_WIDTH, self._area.width() - 2 * SPACE_4)
        height = self._layout.heightForWidth(width)
        if height < 0:
            height = self._layout.sizeHint().height()
        place = corner(self._area, self._bar, width, height, aside=self._aside)
        self.setGeometry(place.translated(0, self._lower))
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.Show,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        }
        if moved and not self.isHidden():
            self._place()
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.language_changed.emit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)
