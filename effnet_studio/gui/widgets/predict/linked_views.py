"""Pictures that are zoomed and moved together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from effnet_studio.gui.widgets.image_view import ImageView, Place

if TYPE_CHECKING:
    from collections.abc import Sequence


class LinkedViews(QObject):
    """What happens to one view happens to the others: the same part, equally large.

    Args:
        views: Two or more.
        parent: Qt's owner.
    """

    def __init__(self, views: Sequence[ImageView], parent: QObject) -> None:
        super().__init__(parent)
        self._views = tuple(views)
        self._following = False
        for view in self._views:
            view.place_changed.connect(self._on_place_changed)

    @Slot(object)
    def _on_place_changed(self, place: Place) -> None:
        if self._following:
            return
        self._following = True
        for view in self._views:
            if view is not self.sender():
                view.show_place(place)
        self._following = False
