"""A picture with its heat map and, if wished, the picture without it, zoomed together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.theme import SPACE_2
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.predict.linked_views import LinkedViews

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

_LOWEST: Final = 64
"""Height of a picture where warnings take nearly all the room, pixels."""
_WIDE: Final = 0.75
"""Width over height from which two pictures stand side by side, not one above the other."""


class PicturePair(QWidget):
    """One or two views; what is done to one is done to the other.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture_pair")
        self.view = ImageView(self)
        self.original = ImageView(self)
        self.original.setObjectName("original_view")
        self._beside = False
        for view in (self.view, self.original):
            view.setMinimumHeight(_LOWEST)
        self._links = LinkedViews((self.view, self.original), self)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_2)
        self._layout.addWidget(self.view, 1)
        self._layout.addWidget(self.original, 1)
        self.original.hide()
        self._retranslate()

    def set_pictures(
        self,
        picture: NDArray[np.uint8] | None,
        original: NDArray[np.uint8] | None = None,
        *,
        keep_view: bool = False,
    ) -> None:
        """Show another picture.

        Args:
            picture: RGB, uint8, shape (h, w, 3); None: nothing.
            original: The same without heat map; None if there is no map.
            keep_view: Keep zoom and place, as when only the colours change.
        """
        self.view.set_image(picture, keep_view=keep_view)
        self.original.set_image(original, keep_view=keep_view)
        self._show_original()

    def set_beside(self, beside: bool) -> None:  # noqa: FBT001 - a slot
        """Whether the picture without heat map is shown too, where there is a map."""
        self._beside = beside
        self._show_original()

    def _show_original(self) -> None:
        shown = self._beside and self.original.has_image()
        if shown != self.original.isVisibleTo(self):
            self.original.setVisible(shown)
            self.view.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE * self.height()
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Image with heat map"))
        self.original.setAccessibleName(self.tr("Image without heat map"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
