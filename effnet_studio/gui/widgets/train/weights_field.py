"""Choice of the starting weights, with a sentence on what that means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.models.scaled import inheritance
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.models.setting_words import weights_titles
from effnet_studio.gui.models.weights_on_disk import WeightsOnDisk
from effnet_studio.gui.theme import SPACE_1, set_role
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.models.spec import ModelSpec

FILE = "file"
_WORDS = ("auto", "imagenet", "starter", "none", FILE)


class WeightsField(QWidget):
    """A combo box of the possible starting weights, and a note below it.

    Args:
        spec: The architecture they are for.
        parent: Qt's owner.
    """

    note_changed = Signal()
    """What the choice means has changed."""

    def __init__(self, spec: ModelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("weights_field")
        self._spec = spec
        self._file: Path | None = None
        self._present = WeightsOnDisk()
        self.combo = CalmCombo("train_weights", self)
        for word in _WORDS:
            self.combo.addItem(word, word)
        self.note = Label(self)
        self.note.setObjectName("weights_note")
        self.note.setWordWrap(True)
        set_role(self.note, "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_1)
        layout.addWidget(self.combo)
        layout.addWidget(self.note)
        self.combo.currentIndexChanged.connect(self._update_note)
        self.combo.activated.connect(self._on_activated)
        self._retranslate()

    @property
    def value(self) -> str:
        """The choice as :class:`TrainConfig` takes it: a word or a file."""
        word = str(self.combo.currentData())
        return str(self._file or "") if word == FILE else word

    def set_value(self, weights: str) -> None:
        """Show a choice."""
        word = weights if weights in _WORDS[:-1] else FILE
        if word == FILE:
            self._file = Path(weights)
        self.combo.setCurrentIndex(self.combo.findData(word))
        self._retranslate()

    def set_spec(self, spec: ModelSpec) -> None:
        """Change the architecture."""
        self._spec = spec
        self._update_note()

    def set_present(self, present: WeightsOnDisk) -> None:
        """Say which weights are on this computer."""
        self._present = present
        self._update_note()

    # -- choosing a file ------------------------------------------------------------------------

    @Slot()
    def _on_activated(self) -> None:
        if self.combo.currentData() == FILE:
            self.ask_file()

    def ask_file(self) -> None:
        """Let the user choose a weights file."""
        kinds = self.tr("Weights (*.safetensors *.pth *.pt)")
        dialog = file_dialogs.file_dialog(self, self.tr("Choose a weights file"), "", kinds)
        dialog.fileSelected.connect(self.set_value)
        dialog.rejected.connect(self._on_rejected)
        dialog.show()

    @Slot()
    def _on_rejected(self) -> None:
        if self._file is None:
            self.combo.setCurrentIndex(0)

    # -- words ----------------------------------------------------------------------------------

    @Slot()
    def _update_note(self) -> None:
        word = str(self.combo.currentData())
        self.note.setText(
            self._download_note() if word in {"auto", "imagenet"} else self._note(word)
        )
        self.note_changed.emit()

    @property
    def _donor(self) -> str:
        """Catalog name of the architecture whose weights it starts from."""
        return self._spec.donor or self._spec.name

    def _note(self, word: str) -> str:
        """What a choice means that needs no network."""
        if word == "none":
            return self.tr("Starts from nothing: needs many images and much time.")
        if word == FILE:
            if self._file is None:
                return self.tr("Choose a weights file.")
            return self.tr("Starts from {name}.").format(name=self._file.name)
        if self._donor in self._present.starter:
            return self.tr("Starts from the small backbone shipped with the app.")
        return self.tr("There is no starter backbone for this model yet.")

    def _download_note(self) -> str:
        """What a choice means that may need the network."""
        if self._spec.scaling is not None and not inheritance(self._spec.scaling).worthwhile:
            return self.tr("No published weights fit this width: starts from nothing.")
        if self._donor in self._present.imagenet:
            return self.tr("Starts from ImageNet weights, which are on this computer.")
        if self.combo.currentData() == "imagenet":
            return self.tr("ImageNet weights are downloaded when you start.")
        if self._donor in self._present.starter:
            return self.tr(
                "ImageNet weights are downloaded when you start. Without a network the starter "
                "backbone is used."
            )
        return self.tr(
            "ImageNet weights are downloaded when you start. Without a network it starts from "
            "nothing."
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        file = self._file.name if self._file is not None else self.tr("From a file…")
        titles = {**weights_titles(), FILE: file}
        for row in range(self.combo.count()):
            self.combo.setItemText(row, titles[self.combo.itemData(row)])
        self.combo.setAccessibleName(self.tr("Starting weights"))
        self._update_note()
