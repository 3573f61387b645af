"""The user's own pictures as training will see them: a wrong policy is seen before it is used."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.data.loading.augment import Flip
from effnet_studio.engine.training.variation import recipe_of
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.models.augment_variants import VariantMaker
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import list_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.image_view import to_qimage
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.train.variant_grid import Cell, VariantGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.data.loading.augment import Recipe
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.preview import PreviewRow, Variant
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager

ROWS: Final = 2
COLUMNS: Final = 6
"""Of the grid; the first column shows the images as they are."""

_RELEVANT: Final = ("model", "image_size", "augmentation", "flip", "mixup", "cutmix", "seed")
"""Settings that change what training sees."""


class AugmentPreview(QFrame):
    """Two images with five variants each, a sentence that says what is on, and two buttons.

    Nothing is read or computed before the widget is shown. Answers to settings that have changed
    since are dropped.

    Args:
        runner: Gives the background thread.
        theme: Gives the colours.
        parent: Qt's owner.
    """

    def __init__(
        self, runner: JobRunner, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("augment_preview")
        set_role(self, "card")
        self._theme = theme
        self._maker: VariantMaker | None = None
        self._classes: tuple[str, ...] = ()
        self._config: TrainConfig | None = None
        self._first = 0
        self._series = 0
        self._asked = 0
        self._stale = False
        self._rows: list[PreviewRow] = []
        self._error: StudioError | None = None
        self._requests = Requests(runner, heavy=True, parent=self)
        self._build_ui()
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)
        self._others.clicked.connect(self.show_others)
        self._next.clicked.connect(self.show_next)
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = Label(self)
        set_role(self._title, "strong")
        self._others = self._button("augment_others", "refresh")
        self._next = self._button("augment_next", "arrow-right")
        self._caption = named(Label(self), "augment_caption")
        self._caption.setWordWrap(True)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._caption, "muted")
        self._problem = ErrorPanel(self._theme, self)
        self._grid = VariantGrid(self._theme, rows=ROWS, columns=COLUMNS, parent=self)
        head = FlowLayout(SPACE_2)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self._title)
        head.addWidget(self._others)
        head.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addWidget(self._caption)
        layout.addWidget(self._problem)
        layout.addSpacing(SPACE_1)
        layout.addWidget(self._grid)
        layout.addStretch(1)

    def _button(self, name: str, icon: str) -> QPushButton:
        button = named(QPushButton(self), name)
        set_role(button, "ghost")
        self._theme.set_icon(button, icon, size=16)
        return button

    # -- what is shown ---------------------------------------------------------------------------

    def set_samples(self, samples: Sequence[Sample], classes: Sequence[str]) -> None:
        """Show other pictures.

        Args:
            samples: The training pictures, however many.
            classes: Names of the classes.
        """
        self._maker = VariantMaker(samples) if samples else None
        self._classes = tuple(classes)
        self._first = self._series = 0
        self._rows = []
        self._grid.set_cells(None)
        self._ask()
        self._retranslate_state()

    def set_config(self, config: TrainConfig) -> None:
        """Show what these settings do; what is on view stays until the answer is there."""
        before, self._config = self._config, config
        changed = before is None or any(
            getattr(before, name) != getattr(config, name) for name in _RELEVANT
        )
        if changed:
            self._ask()
        self._retranslate_state()

    @Slot()
    def show_others(self) -> None:
        """Show other variants of the same images."""
        self._series += 1
        self._ask()

    @Slot()
    def show_next(self) -> None:
        """Show the next images."""
        self._first += ROWS
        self._ask()

    def _ask(self) -> None:
        """Ask for the variants, now or as soon as they can be seen."""
        self._requests.forget()
        self._stale = not self.isVisible()
        if self._stale or self._maker is None or self._config is None:
            return
        self._asked += 1
        # A method of this widget must not be called, or even kept, by another thread.
        make = partial(
            self._maker.make,
            self._config,
            rows=ROWS,
            columns=COLUMNS - 1,
            first=self._first,
            series=self._series,
        )
        self._requests.ask(self._asked, make)

    @Slot(object, object)
    def _on_answered(self, _key: object, rows: list[PreviewRow]) -> None:
        self._error = None
        self._problem.clear()
        self._rows = rows
        self._show_rows()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self._error = error
        self._rows = []
        self._grid.set_cells(())
        self._problem.show_error(error)
        self._retranslate_state()

    def _show_rows(self) -> None:
        self._grid.set_cells([self._cells(row) for row in self._rows])
        self._retranslate_state()

    def _cells(self, row: PreviewRow) -> list[Cell]:
        name, file = self._class_name(row.sample.label), Path(row.sample.path).name
        lines = ((name, ""), (file, ""))
        original = Cell(_pixmap(row.whole), lines, hint=str(row.sample.path))
        return [original, *(self._variant_cell(row.sample.label, each) for each in row.variants)]

    def _variant_cell(self, label: int, variant: Variant) -> Cell:
        picture = _pixmap(variant.pixels)
        if self._config is None or not self._config.mixes:
            return Cell(picture)
        lines = [(self._class_name(label), percent_text(variant.share, 0))]
        if variant.other is not None:
            lines.append((self._class_name(variant.other), percent_text(1 - variant.share, 0)))
        rules = variant.other is None or variant.share >= 0.5
        hint = "\n".join(f"{name} {share}" for name, share in lines)
        return Cell(picture, tuple(lines), first_rules=rules, hint=hint)

    def _class_name(self, label: int) -> str:
        return self._classes[label] if label < len(self._classes) else str(label)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    # -- words -----------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = self.tr("What training sees")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._others.setText(self.tr("Others"))
        self._others.setToolTip(self.tr("Other variants of the same images"))
        self._next.setText(self.tr("Next"))
        self._next.setToolTip(self.tr("Go on to other images of the dataset"))
        for button in (self._others, self._next):
            button.setAccessibleName(button.text())
        self._grid.setAccessibleName(self.tr("Images and their variants"))
        if self._rows:
            self._show_rows()
        self._retranslate_state()

    def _retranslate_state(self) -> None:
        self._caption.setText(self._caption_text())
        self.setAccessibleDescription(self._caption.text())
        ready = self._maker is not None and self._config is not None and self._error is None
        self._others.setEnabled(ready and self._changes())
        self._next.setEnabled(self._maker is not None and self._config is not None)
        variants = self.tr("As the model gets it")
        if self._rows:
            text = self.tr("As the model gets it: {size} × {size} pixels")
            variants = text.format(size=len(self._rows[0].variants[0].pixels))
        self._grid.set_heads(self.tr("Yours"), variants)
        self._grid.setAccessibleDescription("; ".join(self._row_text(row) for row in self._rows))

    def _row_text(self, row: PreviewRow) -> str:
        return f"{self._class_name(row.sample.label)}, {Path(row.sample.path).name}"

    def _changes(self) -> bool:
        """Whether another epoch shows anything else."""
        config = self._config
        return config is not None and (config.mixes or recipe_of(config) is not None)

    def _caption_text(self) -> str:
        """What is on, in words."""
        if self._maker is None or self._config is None:
            return self.tr("Import images to see how training varies them.")
        recipe = recipe_of(self._config)
        if recipe is None:
            parts = [self.tr("Not varied: every epoch shows the same pixels")]
        else:
            parts = self._recipe_parts(recipe)
        mixup, cutmix = self._config.mixup > 0, self._config.cutmix > 0
        if mixup and cutmix:
            parts.append(self.tr("mixed with another image (MixUp or CutMix)"))
        elif mixup:
            parts.append(self.tr("laid over another image (MixUp)"))
        elif cutmix:
            parts.append(self.tr("a part of another image pasted in (CutMix)"))
        return list_text(parts)

    def _recipe_parts(self, recipe: Recipe) -> list[str]:
        flips = {
            Flip.NONE: self.tr("never mirrored"),
            Flip.HORIZONTAL: self.tr("half of them mirrored"),
            Flip.BOTH: self.tr("mirrored left to right and upside down"),
        }
        parts = [
            self.tr("Cropped to {least}–{most} of the image").format(
                least=round(100 * recipe.min_area), most=percent_text(1.0, 0)
            ),
            flips[recipe.flip],
            self.tr("colours changed by up to {share}").format(
                share=percent_text(recipe.jitter, 0)
            ),
        ]
        if recipe.operations:
            parts.append(
                self.tr("%n random operation(s) such as turning or shearing", "", recipe.operations)
            )
        if recipe.erase:
            parts.append(
                self.tr("a part painted over in {share} of them").format(
                    share=percent_text(recipe.erase, 0)
                )
            )
        return parts


def _pixmap(pixels: NDArray[np.uint8]) -> QPixmap:
    return QPixmap.fromImage(to_qimage(pixels))
