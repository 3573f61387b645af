"""Says at the start that a GPU pack that is here is not used any more, and where to mend that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton

from effnet_studio import paths
from effnet_studio.engine.gpu_pack.activate import Standing
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.names import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.theme import ThemeManager


class PackBanner(Banner):
    """Hidden unless a pack failed, or is left over from an earlier version of the app.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    doctor_asked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(theme, "warning", parent)
        self.setObjectName("pack_banner")
        self._standing = Standing.NONE
        self._doctor = named(QPushButton(self), "pack_banner_doctor")
        theme.set_icon(self._doctor, "doctor", tone="text", size=16)
        self._doctor.clicked.connect(self._on_doctor)
        self.add_button(self._doctor)
        self.language_changed.connect(self._retranslate)
        self._retranslate()

    def look(self) -> None:
        """Look once how it stands; costs a look at a folder where there is no pack."""
        from effnet_studio.engine.errors import GpuPackError
        from effnet_studio.engine.gpu_pack.activate import stand
        from effnet_studio.engine.gpu_pack.manifest import load_manifest

        root = paths.gpu_pack_dir()
        if not root.is_dir():
            return
        try:
            self.set_standing(stand(load_manifest(), root))
        except GpuPackError:  # the doctor tells
            return

    def set_standing(self, standing: Standing) -> None:
        """Show how it stands, if that is worth a word.

        Args:
            standing: Whether there is a pack, and whether it is used.
        """
        self._standing = standing
        self._retranslate()

    @Slot()
    def _on_doctor(self) -> None:
        self.hide()
        self.doctor_asked.emit()

    @Slot()
    def _retranslate(self) -> None:
        shown = not self.isHidden()
        message, hint = {
            Standing.FAILED: (
                self.tr("The GPU pack was switched off after a failure."),
                self.tr(
                    "Training runs on the processor for now. The Doctor says what happened and "
                    "what to do."
                ),
            ),
            Standing.OTHER: (
                self.tr("The GPU pack belongs to an earlier version of the app."),
                self.tr(
                    "Training runs on the processor until the new one is installed in the Doctor."
                ),
            ),
        }.get(self._standing, ("", ""))
        self._doctor.setText(self.tr("Open the Doctor"))
        self._doctor.setAccessibleName(self._doctor.text())
        if self.sender() is not self or shown:  # one that was closed stays closed
            self.set_texts(message, hint)
