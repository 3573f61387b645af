"""One way to look at an evaluation; each number in it opens its images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.evaluate import Evaluation


class EvaluationTab(QWidget):
    """Base of the views of an evaluation; the image sheet beside it shows what is chosen.

    A view asks again for what it has chosen when the language changes, so that the title of the
    sheet changes too.
    """

    images_chosen = Signal(object)
    """The :class:`~effnet_studio.gui.models.image_choice.ImageChoice` behind a number."""

    nothing_to_open = Signal()
    """What was chosen has no images of its own: the sheet shows all errors."""

    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show another evaluation, and choose nothing in it.

        Args:
            evaluation: Figures and answers; None while there are none.
        """
        raise NotImplementedError

    def tab_title(self) -> str:
        """Its name in the bar of tabs, in the window's language."""
        raise NotImplementedError

    def clear_choice(self) -> None:
        """Forget which number is chosen."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
