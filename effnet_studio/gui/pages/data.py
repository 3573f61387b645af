"""The images of the project."""

from __future__ import annotations

from typing import ClassVar

from effnet_studio.gui.pages.base import Page


class DataPage(Page):
    """Import, classes, thumbnails, split and problems."""

    key: ClassVar[str] = "data"

    def _retranslate(self) -> None:
        self.header.set_texts(self.tr("Data"))
