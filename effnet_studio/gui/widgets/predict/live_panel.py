"""What a camera sees, and what the model makes of it while one watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.explain.overlay import blend
from effnet_studio.gui.names import named
from effnet_studio.gui.text import rate_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.top_k_bars import TopKBars
from effnet_studio.gui.widgets.predict.verdict_line import VerdictLine

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from effnet_studio.gui.camera import FrameSource
    from effnet_studio.gui.live_judge import Seen
    from effnet_studio.gui.theme import ThemeManager

_SIDE_WIDTH = 300
_BLANK_WIDTH = 360
_TOP = 5
_OPACITY = 0.5


class LivePanel(QWidget):
    """The picture at the left, answers and choices at the right; the camera is off while hidden.

    Args:
        theme: Colours and icons.
        parent: Qt's owner.
    """

    frame_taken = Signal(QImage)
    """A new frame, to be judged."""
    kept = Signal(QImage)
    """The user wants to keep this frame."""
    closed = Signal()
    """The camera is off."""
    retry_asked = Signal()
    """The camera does not work, and is to be opened again."""
    explain_toggled = Signal(bool)
    steady_toggled = Signal(bool)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live_panel")
        self._source: FrameSource | None = None
        self._frame = QImage()
        self._rate: float | None = None
        self._failure: str | None = None
        self._refusal = ""
        self._answered = False
        self._kept = 0
        self._view = named(ImageView(self), "live_view")
        self._blank = EmptyState(theme, "image", self, text_width=_BLANK_WIDTH)
        self._pictures = named(QStackedWidget(self), "live_pictures")
        for state in (self._blank, self._view):
            self._pictures.addWidget(state)
        self._side = named(QFrame(self), "live_side")
        self._note = named(Label(self), "live_note")
        self._verdict = VerdictLine("live_verdict", theme, self)
        self._bars = named(TopKBars(theme, self), "live_bars")
        self._speed = named(Label(self), "live_rate")
        self._explain = named(QCheckBox(self), "live_explain")
        self._steady = named(QCheckBox(self), "live_steady")
        self._keep = named(QPushButton(self), "live_keep")
        self._done = named(QPushButton(self), "live_done")
        set_role(self._keep, "primary")
        theme.set_icon(self._keep, "image", tone="on_accent")
        theme.set_icon(self._done, "check")
        self._note.setWordWrap(True)
        set_role(self._note, "muted")
        set_role(self._speed, "caption")
        self._build_ui()
        self._keep.clicked.connect(self.keep)
        self._blank.action_clicked.connect(self.retry_asked)
        self._blank.second_clicked.connect(self.close_camera)
        self._done.clicked.connect(self.close_camera)
        self._explain.toggled.connect(self._on_explain_toggled)
        self._steady.toggled.connect(self.steady_toggled)
        self._retranslate()

    def _build_ui(self) -> None:
        left, side = QFrame(self), self._side
        for card in (left, side):
            set_role(card, "card")
        picture = QVBoxLayout(left)
        picture.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        picture.setSpacing(SPACE_2)
        picture.addWidget(self._pictures, 1)
        picture.addWidget(self._note)
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self._verdict)
        column.addWidget(self._bars)
        column.addWidget(self._speed)
        self._rule = QFrame(side)
        set_role(self._rule, "rule")
        for widget in (self._rule, self._explain, self._steady):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._keep)
        column.addWidget(self._done)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(left, 1)
        layout.addWidget(side)

    @property
    def is_on(self) -> bool:
        """Whether a camera is open."""
        return self._source is not None

    def open_camera(self, source: FrameSource) -> None:
        """Show what a camera sees.

        Args:
            source: The camera, not started yet.
        """
        self.close_camera()
        self._source, self._frame = source, QImage()
        self._failure, self._refusal, self._kept = None, "", 0
        self.clear_answers()
        source.frame_arrived.connect(self._on_frame)
        source.failed.connect(self._on_failed)
        source.start()
        self._keep.setEnabled(False)
        self._retranslate()
        self._keep.setFocus()

    @Slot()
    def close_camera(self) -> None:
        """Turn the camera off and go back."""
        if self._source is None:
            return
        self._source.stop()
        self._source.frame_arrived.disconnect(self._on_frame)
        self._source.failed.disconnect(self._on_failed)
        self._source = None
        self._view.set_image(None)
        self.closed.emit()

    def set_explainable(self, explainable: bool) -> None:  # noqa: FBT001 - a setter
        """Offer the heat map, or not where the model cannot give one."""
        self._explain.setEnabled(explainable)
        self._explain.setChecked(self._explain.isChecked() and explainable)
        self._retranslate()

    def clear_answers(self) -> None:
        """Show no answer until the next one is there."""
        self._answered, self._rate = False, None
        self._bars.set_answers(())
        self._verdict.set_rejected(rejected=False)
        self._retranslate()

    def set_seen(self, seen: Seen, rate: float | None) -> None:
        """Show what the model says.

        Args:
            seen: About the newest frame that was answered.
            rate: Answers per second, if it is known.
        """
        if self._source is None:
            return
        self._answered, self._rate, self._refusal = True, rate, ""
        self._bars.set_answers(seen.prediction.top(_TOP))
        self._verdict.set_rejected(rejected=seen.prediction.rejected)
        if seen.map is not None and self._explain.isChecked():
            picture = blend(seen.map.picture, seen.map.heatmap, opacity=_OPACITY)
            self._view.set_image(picture, keep_view=True)
        self._show_texts()

    @Slot()
    def keep(self) -> None:
        """Keep the frame that is seen now."""
        if not self._frame.isNull():
            self._kept += 1
            self.kept.emit(self._frame)
            self._show_texts()

    def show_refusal(self, sentence: str) -> None:
        """Say why there is no answer."""
        self._refusal = sentence
        self._show_texts()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._failure, self._frame = reason, QImage()
        self._keep.setEnabled(False)
        self._show_texts()
        self._blank.action.setFocus()

    @Slot(QImage)
    def _on_frame(self, frame: QImage) -> None:
        begins = self._frame.isNull()
        self._frame, self._failure = frame, None
        if begins:
            self._keep.setEnabled(True)
            self._show_texts()
        # With the map on, the picture is the one that was answered: the two belong together.
        if not (self._explain.isChecked() and self._answered):
            self._view.set_image(frame, keep_view=True)
        self.frame_taken.emit(frame)

    @Slot(bool)
    def _on_explain_toggled(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's value
        if not wanted and not self._frame.isNull() and self._source is not None:
            self._view.set_image(self._frame)
        self.explain_toggled.emit(wanted)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_camera()  # nobody is filmed who does not see it

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._explain.setText(self.tr("Show where the model looks"))
        self._explain.setToolTip(
            self.tr("A heat map (Grad-CAM) of each picture that is answered; answers take longer")
            if self._explain.isEnabled()
            else self.tr("An exported file gives answers only")
        )
        self._steady.setText(self.tr("Steady answers"))
        self._steady.setToolTip(self.tr("A moving average over the last answers"))
        self._keep.setText(self.tr("Keep this picture"))
        self._keep.setToolTip(self.tr("Put it into the list; Space keeps the next one"))
        self._done.setText(self.tr("Done"))
        for button in (self._keep, self._done, self._explain, self._steady):
            button.setAccessibleName(button.text())
        self._view.setAccessibleName(self.tr("What the camera sees"))
        self._show_texts()

    def _show_texts(self) -> None:
        self._show_blank()
        self._rule.setVisible(self._answered)
        if self._frame.isNull():
            speed = ""
        elif self._rate is not None:
            speed = self.tr("{rate} answers/s").format(rate=rate_text(self._rate))
        elif self._answered:
            speed = ""
        else:
            speed = self.tr("The first answer is on its way…")
        self._speed.setText(speed)
        if self._refusal:
            text = self._refusal
        elif self._kept:
            text = self.tr("%n picture(s) kept in the list", "", self._kept)
        else:
            text = self.tr("Nothing is recorded. Pictures you keep go into the list of images.")
        self._note.setVisible(self._failure is None)
        set_tone(self._note, "danger" if self._refusal else "")
        self._note.setText(text)

    def _show_blank(self) -> None:
        """What stands in the place of the picture: the camera starts, or does not work."""
        self._pictures.setCurrentWidget(self._blank if self._frame.isNull() else self._view)
        self._side.setVisible(self._failure is None)
        if self._failure is not None:
            advice = self.tr(
                "Another program may be using it, or it was unplugged. Close that program or plug"
                " the camera in, then try again."
            )
            said = self.tr("The system says: {reason}").format(reason=self._failure)
            self._blank.set_icon("warning", tone="warning")
            self._blank.set_texts(
                self.tr("The camera does not work"),
                f"{advice}\n{said}" if self._failure else advice,
                action=self.tr("Try again"),
                second=self.tr("Done"),
            )
        else:
            self._blank.set_icon("image")
            self._blank.set_texts(
                self.tr("The camera is starting…"),
                self.tr("The system asks some programs for permission first."),
            )
