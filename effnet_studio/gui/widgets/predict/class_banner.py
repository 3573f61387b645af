"""Says when the classes of the model in use are not those of the open project's images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from typing_extensions import override

from effnet_studio.engine.predict.class_match import data_mismatch
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.i18n import translate_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


class ClassBanner(Banner):
    """One sentence, and what it means for the answers; hidden while there is nothing to say.

    Args:
        session: The open project and its images.
        theme: Tints the icon.
        parent: Qt's owner.
    """

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "warning", parent)
        self.setObjectName("class_banner")
        self._session = session
        self._known: tuple[str, ...] = ()
        session.dataset_changed.connect(self._on_dataset_changed)

    def set_classes(self, known: Sequence[str]) -> None:
        """Compare with what another model knows; empty: there is no model."""
        self._known = tuple(known)
        self._show_texts()

    @Slot(object)
    def _on_dataset_changed(self, _dataset: object) -> None:
        self._show_texts()

    def _show_texts(self) -> None:
        dataset = self._session.dataset
        mismatch = data_mismatch(self._known, dataset.classes) if dataset and self._known else None
        if mismatch is None:
            self.set_texts("")
            return
        hint = self.tr("Every image is given one of the classes the model knows.")
        self.set_texts(translate_message(mismatch), hint)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not self.isHidden():
            self._show_texts()
