"""Choices of an explanation: method, layer, class, opacity, colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget
from typing_extensions import override

from effnet_studio.engine.explain.names import CAMS, CLASSLESS
from effnet_studio.engine.explain.overlay import COLORMAPS
from effnet_studio.gui.models.model_stages import stage_text
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.color_scale import ColorScale
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.models.explanations import ModelFacts
    from effnet_studio.gui.theme import ThemeManager

_METHODS = (*(method.value for method in CAMS), "none")


@dataclass(frozen=True)
class Choice:
    """What is to be explained and how.

    Attributes:
        method: One of :class:`~effnet_studio.engine.explain.names.Method`, or ``none``.
        layer: Name of a stage or block; None: the last.
        class_index: Class to explain; None: the likeliest.
        against: Class it is compared with; None: none.
        channel: With ``se``: one channel of the block; None: all together.
    """

    method: str
    layer: str | None
    class_index: int | None
    against: int | None = None
    channel: int | None = None


class ExplainControls(QWidget):
    """Two columns of labelled combo boxes and a slider, and what the colours mean.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    choice_changed = Signal()
    """Another method, layer or class: the engine has to be asked again."""
    look_changed = Signal()
    """Another opacity or colour map: the picture is only blended anew."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explain_controls")
        self._scale = ColorScale(theme, self)
        self._facts: ModelFacts | None = None
        self._labels = [Label(self) for _ in range(6)]
        self._method = CalmCombo("explain_method", self)
        self._layer = CalmCombo("explain_layer", self)
        self._class = CalmCombo("explain_class", self)
        self._against = CalmCombo("explain_against", self)
        self._colors = CalmCombo("explain_colors", self)
        for name in COLORMAPS:
            self._colors.addItem(name.capitalize(), name)
        for method in _METHODS:
            self._method.addItem("", method)
        self._opacity = named(QSlider(Qt.Orientation.Horizontal, self), "explain_opacity")
        self._opacity.setRange(0, 100)
        self._opacity.setValue(55)
        self._build_ui()
        self._method.currentIndexChanged.connect(self._on_method)
        self._layer.currentIndexChanged.connect(self._on_choice)
        self._class.currentIndexChanged.connect(self._on_choice)
        self._against.currentIndexChanged.connect(self._on_choice)
        self._opacity.valueChanged.connect(self._on_look)
        self._colors.currentIndexChanged.connect(self._on_look)
        self._retranslate()

    def _build_ui(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(1, 1)
        for row, (label, field) in enumerate(zip(self._labels, self._fields, strict=True)):
            set_role(label, "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._scale, len(self._fields), 1)
        self._scale.set_colormap(self.colormap)

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        return (
            self._method,
            self._layer,
            self._class,
            self._against,
            self._opacity,
            self._colors,
        )

    @property
    def choice(self) -> Choice:
        """What the engine is to be asked."""
        method = str(self._method.currentData())
        if not self.isEnabled():
            return Choice("none", None, None)  # nobody can look into this model
        layer = self._layer.currentData()
        number, other = self._class.currentData(), self._against.currentData()
        asked = method in CAMS and method != CLASSLESS
        return Choice(
            method,
            layer if isinstance(layer, str) else None,
            number if asked and isinstance(number, int) else None,
            other if asked and isinstance(other, int) and other != number else None,
        )

    @property
    def opacity(self) -> float:
        """Of the heat map, in [0, 1]."""
        return self._opacity.value() / 100

    @property
    def colormap(self) -> str:
        """Name of the colour map."""
        return str(self._colors.currentData())

    def set_facts(self, facts: ModelFacts | None) -> None:
        """Offer what the model allows."""
        self._facts = facts
        self.blockSignals(True)
        self._fill_classes()
        if facts is not None and not facts.explainable:
            self._method.setCurrentIndex(self._method.findData("none"))
        self._fill_layers()
        self.blockSignals(False)
        self.setEnabled(facts is not None and facts.explainable)

    def _fill_classes(self) -> None:
        for combo, nobody in (
            (self._class, self.tr("The likeliest")),
            (self._against, self.tr("No other")),
        ):
            combo.blockSignals(True)
            combo.clear()
            combo.addItem(nobody, None)
            for index, name in enumerate(self._facts.classes if self._facts else ()):
                combo.addItem(name, index)
            combo.blockSignals(False)

    def _fill_layers(self) -> None:
        self._layer.blockSignals(True)
        self._layer.clear()
        method = str(self._method.currentData())
        self._layer.addItem(self.tr("The last"), None)
        if self._facts is not None and method in CAMS:
            for title, name in self._facts.layers:
                self._layer.addItem(stage_text(title), name)
        self._layer.blockSignals(False)
        self._layer.setEnabled(method != "none")
        of_class = method in CAMS and method != CLASSLESS
        self._class.setEnabled(of_class)
        self._against.setEnabled(of_class)
        self._opacity.setEnabled(method != "none")
        self._colors.setEnabled(method != "none")
        self._scale.setVisible(method != "none")

    @Slot()
    def _on_method(self) -> None:
        self._fill_layers()
        self.choice_changed.emit()

    @Slot()
    def _on_choice(self) -> None:
        self.choice_changed.emit()

    @Slot()
    def _on_look(self) -> None:
        self._scale.set_colormap(self.colormap)
        self.look_changed.emit()

    def _retranslate(self) -> None:
        titles = {
            "gradcam": (
                self.tr("Where it looked"),
                self.tr("Grad-CAM: which places raised the score of the class"),
            ),
            "gradcam++": (
                "Grad-CAM++",
                self.tr("As Grad-CAM, with its share for each of several objects"),
            ),
            "layercam": (
                "LayerCAM",
                self.tr("A weight for each place: finer where earlier layers are chosen"),
            ),
            "hirescam": ("HiResCAM", self.tr("What each place really adds to the score")),
            "scorecam": (
                "Score-CAM",
                self.tr("Tries what the model says to parts of the image; takes some seconds"),
            ),
            "eigencam": ("Eigen-CAM", self.tr("What the layer has most of, whatever the class")),
            "none": (self.tr("The whole image"), self.tr("Without explanation")),
        }
        for row, method in enumerate(_METHODS):
            title, hint = titles[method]
            self._method.setItemText(row, title)
            self._method.setItemData(row, hint, Qt.ItemDataRole.ToolTipRole)
        texts = (
            self.tr("Show"),
            self.tr("Layer"),
            self.tr("Class"),
            self.tr("And not"),
            self.tr("Opacity"),
            self.tr("Colours"),
        )
        for label, text, field in zip(self._labels, texts, self._fields, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self._class.setItemText(0, self.tr("The likeliest"))
        self._against.setItemText(0, self.tr("No other"))
        self._against.setToolTip(
            self.tr("Shows what speaks for the one class and not for the other")
        )
        self._layer.setItemText(0, self.tr("The last"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
