"""One architecture at a closer look: what it is, its figures, its stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.catalog_table import accuracy_text, millions
from effnet_studio.gui.models.model_stages import source_text, stage_text
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.gui.theme import ThemeManager

WIDTH = 296
"""Of the panel, pixels."""

translate = QCoreApplication.translate


def family_text(family: str) -> str:
    """What a family is and when to take it, in two plain sentences; empty for an unknown one."""
    texts = {
        "EfficientNet": translate(
            "ModelFamilies",
            "Grows depth, width and image size together, so that every step of size buys as much "
            "accuracy as it can. Begin with B0; take a larger one when fine detail decides.",
        ),
        "EfficientNetV2": translate(
            "ModelFamilies",
            "EfficientNet's successor: wider first stages make it quicker to train for its "
            "accuracy. Its models are large; take them with a graphics card.",
        ),
        "EfficientNet-Lite": translate(
            "ModelFamilies",
            "EfficientNet for phones and small boards: without the parts that lose accuracy in "
            "8-bit numbers, and with simpler activations.",
        ),
        "ResNet": translate(
            "ModelFamilies",
            "The classic: each block only learns what to add to its input, which keeps deep "
            "networks trainable. Simple, quick to train, and understood by every tool.",
        ),
        "ResNetV2": translate(
            "ModelFamilies",
            "ResNet with its norms before the convolutions, so that what a block adds passes "
            "unchanged through the whole network. Trains steadily at any depth.",
        ),
        "SE-ResNet": translate(
            "ModelFamilies",
            "ResNet whose blocks also weigh their channels by what the whole image shows "
            "(squeeze-and-excitation): a little slower, and more exact.",
        ),
        "ResNeXt": translate(
            "ModelFamilies",
            "ResNet whose blocks work in many narrow groups side by side: more exact than a ResNet "
            "of the same cost, but slower than its calculations suggest.",
        ),
        "ConvNeXt": translate(
            "ModelFamilies",
            "A convolutional network made like a transformer: exact with many images and good "
            "starting weights, slow on a processor.",
        ),
        "MobileNet": translate(
            "ModelFamilies",
            "The first two networks made for phones: depthwise convolutions, few calculations. "
            "Simple enough for every converter.",
        ),
        "MobileNetV3": translate(
            "ModelFamilies",
            "Made for phones and small boards: very few calculations for each image. Take it "
            "when the result must run on weak hardware.",
        ),
        "DenseNet": translate(
            "ModelFamilies",
            "Every layer sees the results of all layers before it, so that few parameters go a "
            "long way. Good with few images, but slower than its size suggests.",
        ),
    }
    return texts.get(family, "")


class ModelDetails(QFrame):
    """A card about the chosen architecture, with the button that takes it to the Train page.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    use_clicked = Signal(str)
    """Catalog name of the architecture."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model_details")
        set_role(self, "card")
        self.setFixedWidth(WIDTH)
        self._spec: ModelSpec | None = None
        self._build_ui(theme)
        self.use.clicked.connect(self._on_use)
        self._retranslate()

    def _build_ui(self, theme: ThemeManager) -> None:
        self._title = named(Label(self), "details_title")
        set_role(self._title, "title")
        self._about = named(Label(self), "details_about")
        set_role(self._about, "muted")
        self._about.setWordWrap(True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(SPACE_5)
        self._facts.setVerticalSpacing(SPACE_2)
        self._facts.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []
        for row in range(4):
            name, value = Label(self), Label(self)
            set_role(name, "muted")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._facts.addWidget(name, row, 0)
            self._facts.addWidget(value, row, 1)
            self._rows.append((name, value))
        self._stages_title = Label(self)
        set_role(self._stages_title, "strong")
        self._stages = named(Label(self), "details_stages")
        set_role(self._stages, "muted")
        self._stages.setWordWrap(True)
        self._source = named(Label(self), "details_source")
        set_role(self._source, "caption")
        self._source.setWordWrap(True)
        self.use = named(QPushButton(self), "details_use")
        set_role(self.use, "primary")
        theme.set_icon(self.use, "train", tone="on_accent")

        body = named(QWidget(self), "scroll_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self._about)
        column.addLayout(self._facts)
        column.addSpacing(SPACE_2)
        column.addWidget(self._stages_title)
        column.addWidget(self._stages)
        column.addStretch(1)
        column.addWidget(self._source)
        self._scroll = scroll = named(QScrollArea(self), "details_scroll")
        set_role(scroll, "read")  # nothing in it takes the focus: it does, to be scrolled
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._title)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.use)

    @property
    def spec(self) -> ModelSpec | None:
        """The architecture shown."""
        return self._spec

    def set_spec(self, spec: ModelSpec | None) -> None:
        """Show an architecture; None leaves the card empty."""
        self._spec = spec
        self._retranslate()

    @Slot()
    def _on_use(self) -> None:
        if self._spec is not None:
            self.use_clicked.emit(self._spec.name)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.use.setText(self.tr("Use this model"))
        self.use.setAccessibleName(self.use.text())
        self._scroll.setAccessibleName(self.tr("About this model"))
        self.use.setEnabled(self._spec is not None)
        spec = self._spec
        if spec is None:
            self._title.setText(self.tr("No model chosen"))
            return
        locale = QLocale()
        self._title.setText(spec.title)
        self._about.setText(family_text(spec.family))
        facts = (
            (self.tr("Parameters"), millions(spec.parameters)),
            (
                self.tr("Work per image"),
                f"{locale.toString(spec.macs, 'f', 2)} G MACs",
            ),
            (self.tr("Input"), f"{spec.input_size} × {spec.input_size} px"),
            (self.tr("ImageNet top-1"), accuracy_text(spec)),
        )
        for (name, value), (key, text) in zip(self._rows, facts, strict=True):
            name.setText(key)
            value.setText(text)
        self._stages_title.setText(
            self.tr("{count} stages").format(count=locale.toString(len(spec.stages)))
        )
        names = "  ›  ".join(stage_text(stage.name) for stage in spec.stages)
        self._stages.setText(names)
        self._stages.setToolTip(
            self.tr("Stages are frozen, thawed and explained as one. They run from left to right.")
        )
        self._source.setVisible(bool(spec.top1_source))
        self._source.setText(
            self.tr("Accuracy: {source}").format(source=source_text(spec.top1_source))
        )
