"""One stage from inside: its blocks drawn, and all its layers as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.anatomy_words import alike_blocks, block_about, layer_table
from effnet_studio.gui.models.model_stages import stage_text
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_4, set_role
from effnet_studio.gui.widgets.architectures.block_diagram import BlockDiagram
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.twin_card import TwinCard

if TYPE_CHECKING:
    from effnet_studio.engine.models.anatomy import StageAnatomy
    from effnet_studio.gui.theme import ThemeManager

_BLOCKS = 24
"""Least width of the choice of blocks, letters."""


class StageInside(QWidget):
    """A card about one stage.

    Args:
        theme: Colours and icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage_inside")
        self._stage: StageAnatomy | None = None
        self.diagram = BlockDiagram(theme, self)
        self.card = TwinCard(self.diagram, theme, name="layers", parent=self)
        self.blocks = CalmCombo("inside_block", self)
        self.blocks.setMinimumContentsLength(_BLOCKS)
        self.card.add_to_head(self.blocks)
        self._about = named(Label(self), "inside_about")
        set_role(self._about, "caption")
        self._about.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        self._about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_1)
        layout.addWidget(self.card)
        layout.addWidget(self._about)
        self.blocks.currentIndexChanged.connect(self._on_block_chosen)
        self._retranslate()

    def set_stage(self, stage: StageAnatomy) -> None:
        """Show a stage; the chosen block stays if it is the same stage as before."""
        row = self.blocks.currentIndex() if self._stage == stage else 0
        self._stage = stage
        with QSignalBlocker(self.blocks):
            self.blocks.clear()
            for title, _ in alike_blocks(stage):
                self.blocks.addItem(title)
            self.blocks.setCurrentIndex(row)
        self.blocks.setVisible(self.blocks.count() > 1)
        self.card.set_table(*layer_table(stage))
        self.card.set_waiting("")
        self._retranslate()

    @Slot()
    def _on_block_chosen(self) -> None:
        if self._stage is None or self.blocks.currentIndex() < 0:
            return
        _, block = alike_blocks(self._stage)[self.blocks.currentIndex()]
        self.diagram.set_block(block)
        self.card.set_caption(block_about(block))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._stage is not None:
                self.set_stage(self._stage)

    def _retranslate(self) -> None:
        name = "" if self._stage is None else stage_text(self._stage.name)
        title = self.tr("Inside: {stage}").format(stage=name)
        self.card.set_title(title)
        self.blocks.setAccessibleName(self.tr("Block of the stage"))
        self.diagram.setAccessibleName(title)
        self._about.setText(
            self.tr(
                "The more channels come out of a layer, the taller its box. Every convolution is "
                "followed by a batch norm, and most by an activation; these are in the table."
            )
        )
        self._on_block_chosen()
