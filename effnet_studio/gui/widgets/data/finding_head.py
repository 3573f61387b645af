"""The chosen finding in words, and the buttons of its remedies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.data.checks.findings import Remedy
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.findings import Figures, Weight, remedy_text, weight_of
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, set_role
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.data.checks.findings import Finding

_REMEDIES: Final = 2
"""Most remedies of a finding."""


class FindingHead(QWidget):
    """Title, advice in full, what one click can do, and what else.

    Args:
        parent: Qt's owner.
    """

    remedy_clicked = Signal(object)
    """A :class:`~effnet_studio.engine.data.checks.findings.Remedy`."""
    show_clicked = Signal()
    dismiss_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("finding_head")
        self._finding: Finding | None = None
        self._figures: Figures | None = None
        self._of_selection = False
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = named(Label(self), "finding_title")
        self._advice = named(Label(self), "finding_advice")
        set_role(self._title, "strong")
        set_role(self._advice, "muted")
        for label in (self._title, self._advice):
            label.setWordWrap(True)
        self._scope = named(Label(self), "finding_scope")
        set_role(self._scope, "caption")
        self._remedies = [
            named(QPushButton(self), f"finding_remedy_{number}") for number in range(_REMEDIES)
        ]
        self._show = named(QPushButton(self), "finding_show")
        self._dismiss = named(QPushButton(self), "finding_dismiss")
        buttons = FlowLayout(SPACE_2)
        buttons.addWidget(self._scope)
        for button in self._remedies:
            buttons.addWidget(button)
        for button in (self._show, self._dismiss):
            set_role(button, "link")
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._advice)
        column.addSpacing(SPACE_1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for button in self._remedies:
            button.clicked.connect(self._on_remedy)
        self._show.clicked.connect(self.show_clicked)
        self._dismiss.clicked.connect(self.dismiss_clicked)

    # -- what is shown -------------------------------------------------------------------------

    def set_finding(self, finding: Finding | None, *, editable: bool) -> None:
        """Show another finding.

        Args:
            finding: What was found.
            editable: Whether something may be done about it.
        """
        self._finding, self._figures, self._of_selection = finding, None, False
        remedies = finding.remedies if finding is not None else ()
        for number, button in enumerate(self._remedies):
            button.setVisible(number < len(remedies))
            button.setEnabled(editable)
        set_role(self._remedies[0], "primary" if _pressing(finding) else "")
        self._retranslate()

    def set_figures(self, figures: Figures | None, *, of_selection: bool) -> None:
        """Say in the buttons what they would do.

        Args:
            figures: The numbers; None while they are being worked out.
            of_selection: Whether the buttons are about the selected groups only.
        """
        self._figures, self._of_selection = figures, of_selection
        self._retranslate_buttons()

    @property
    def _showable(self) -> bool:
        return self._finding is not None and bool(self._finding.groups)

    @Slot()
    def _on_remedy(self) -> None:
        names = [button.objectName() for button in self._remedies]
        number = names.index(self.sender().objectName())
        if self._finding is not None and number < len(self._finding.remedies):
            self.remedy_clicked.emit(self._finding.remedies[number])

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        if self._finding is not None:
            self._title.setText(translate_message(self._finding.title))
            self._advice.setText(translate_message(self._finding.advice))
        self._show.setText(self.tr("Show in “Images”"))
        self._show.setToolTip(self.tr("Shows these images on the first tab, to filter and sort"))
        self._dismiss.setText(self.tr("This is fine"))
        self._dismiss.setToolTip(self.tr("Sets the finding aside; nothing is changed"))
        for button in (self._show, self._dismiss):
            button.setAccessibleName(button.text())
        self._scope.setText(self.tr("Selected groups:"))
        self._retranslate_buttons()

    def _retranslate_buttons(self) -> None:
        remedies = self._finding.remedies if self._finding is not None else ()
        scoped = self._of_selection and bool(remedies)
        # In the place of the links, so that nothing below moves while one selects.
        self._scope.setVisible(scoped)
        self._show.setVisible(not scoped and self._showable)
        self._dismiss.setVisible(not scoped)
        for button, remedy in zip(self._remedies, remedies, strict=False):
            effect = self._figures.effects[remedy] if self._figures is not None else None
            text = remedy_text(remedy, effect)
            button.setText(text)
            button.setAccessibleName(f"{self._scope.text()} {text}" if scoped else text)


def _pressing(finding: Finding | None) -> bool:
    """Whether the first remedy is what should be done, rather than one of several ways out."""
    if finding is None or not finding.remedies or weight_of(finding.kind) is Weight.HINT:
        return False
    return not (finding.same and finding.remedies[0] is Remedy.EXCLUDE)
