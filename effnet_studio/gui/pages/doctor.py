"""What this computer offers, what stands in the way, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.doctor.gpu_pack import pack_in_work
from effnet_studio.engine.facts.display import display_facts
from effnet_studio.engine.facts.fact import Level, Remedy
from effnet_studio.gui.announcer import announce
from effnet_studio.gui.display_probe import probe_display
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.gpu_packer import GpuPacker
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.aside import AsidePage
from effnet_studio.gui.projects import projects_folder
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.theme import SPACE_4
from effnet_studio.gui.turns import Portions
from effnet_studio.gui.widgets.doctor.fact_card import FactCard
from effnet_studio.gui.widgets.doctor.network_card import NetworkCard
from effnet_studio.gui.widgets.doctor.pack_card import PackCard
from effnet_studio.gui.widgets.doctor.speed_card import SpeedCard
from effnet_studio.gui.widgets.doctor.summary import Summary
from effnet_studio.gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.doctor.examine import Examination
    from effnet_studio.engine.doctor.speed import Speed
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.facts.fact import Fact

_BESIDE: Final = 940
"""Width from which cards stand side by side, pixels."""

_ICONS: Final = {
    "computer": "cpu",
    "graphics": "image",
    "display": "language",
    "folders": "folder",
    "weights": "layers",
    "parts": "fit",
    "versions": "info",
}
_LEFT: Final = ("computer", "graphics", "display", "folders")
"""Groups in the left column; the others stand in the right one."""


class _Content(NamedTuple):
    """What a card says.

    Attributes:
        key: Of the group of facts; "look" for what is to be looked at.
        title: In the window's language.
        facts: The rows.
        language: The window's; the rows are in it too.
    """

    key: str
    title: str
    facts: tuple[Fact, ...]
    language: str


class DoctorPage(AsidePage):
    """The examination is made in the background each time the page is opened."""

    key: ClassVar[str] = "doctor"
    command_buttons: ClassVar[tuple[str, ...]] = ("doctor_copy",)

    @override
    def _build_ui(self) -> None:
        self._found: Examination | None = None
        self._cards: dict[str, tuple[_Content, FactCard]] = {}
        self._cards_in_turns = Portions(self._put_card, self)
        self._copy = named(QPushButton(self), "doctor_copy")
        self._again = named(QPushButton(self), "doctor_again")
        self.theme.set_icon(self._copy, "copy", size=16)
        self.theme.set_icon(self._again, "refresh", size=16)
        self.header.add_action(self._again)
        self.header.add_action(self._copy)
        self._error = ErrorPanel(self.theme, self)
        self._waiting = EmptyState(self.theme, "doctor", self)
        self._states = named(QStackedWidget(self), "doctor_states")
        self._states.addWidget(self._waiting)
        self._states.addWidget(self._make_report())
        self.body.addWidget(self._error)
        self.body.addWidget(self._states, 1)

    def _make_report(self) -> QWidget:
        self._scroll = named(QScrollArea(self), "doctor_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = self._inside = named(QWidget(self._scroll), "scroll_body")
        self._summary = Summary(self.theme, body)
        self._speed = SpeedCard(self.theme, body)
        self._network = NetworkCard(self.theme, body)
        self._pack = PackCard(self.theme, body)
        self._pack.installEventFilter(self)
        self._packer = GpuPacker(self.session, self.settings, self._pack)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        for layout in (self._column, self._beside, self._left, self._right):
            layout.setSpacing(SPACE_4)
        self._beside.addLayout(self._left, 1)
        self._beside.addLayout(self._right, 1)
        self._right.addWidget(self._speed)
        self._left.addWidget(self._pack)
        self._left.addStretch(1)
        self._right.addStretch(1)
        self._column.addWidget(self._summary)
        self._column.addLayout(self._beside)
        self._column.addWidget(self._network)
        self._column.addStretch(1)
        self._scroll.setWidget(body)
        hold_parts(self._states)
        hold_parts_in_scroll(self._scroll)
        return self._scroll

    @override
    def _connect(self) -> None:
        self._copy.clicked.connect(self._on_copy)
        self._again.clicked.connect(self.look)
        self._speed.measure_asked.connect(self.measure)
        self._packer.pack_changed.connect(self.look)
        self._pack.work_changed.connect(self._show)
        self.session.jobs.job_started.connect(self._on_jobs_changed)
        self.session.jobs.job_finished.connect(self._on_jobs_changed)
        self._on_jobs_changed()

    # -- work ----------------------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._packer.tidy()
        self.look()

    @Slot()
    def look(self) -> None:
        """Examine this computer, in the background."""
        if not self._again.isEnabled():
            return
        self._error.clear()
        self._copy.setText(self.tr("Copy report"))  # of what is found now
        self._again.setEnabled(False)
        project = self.session.project
        job = self.session.jobs.start(
            _examine,
            None if project is None else project.root,
            projects_folder(self.settings),
            title=lambda: self.tr("Doctor"),
            kind="quiet",
            with_events=False,
            heavy=True,
        )
        job.succeeded.connect(self.set_examination)
        job.failed.connect(self._error.show_error)
        job.finished.connect(self._on_looked)

    @Slot()
    def _on_looked(self) -> None:
        self._again.setEnabled(True)

    @Slot()
    def measure(self) -> None:
        """Measure how fast this computer is."""
        self._error.clear()
        job = self.session.jobs.start(
            _measure, title=lambda: self.tr("Measuring this computer's speed"), kind="speed"
        )
        self._speed.follow(job)
        job.succeeded.connect(self.set_speed)
        job.failed.connect(self._error.show_error)

    @Slot()
    def _on_jobs_changed(self) -> None:
        """What else computes would make this computer look slow."""
        kinds = {job.kind for job in self.session.jobs.jobs if job.running}
        self._speed.set_measurable(kinds <= {"quiet", "speed"})

    # -- showing -------------------------------------------------------------------------------

    @Slot(object)
    def set_examination(self, found: Examination) -> None:
        """Show what was found."""
        self._found = found
        self._show()
        if self.isVisible():
            announce(self._summary, self._summary.accessibleName())

    @Slot(object)
    def set_speed(self, speed: Speed) -> None:
        """Show a measurement."""
        if self._found is not None:
            self._found = replace(self._found, speed=speed)
        self._speed.set_speed(speed)
        announce(self._speed, self._speed.verdict)

    @property
    def examination(self) -> Examination | None:
        """What is shown, with what the window adds; None while nothing is."""
        if self._found is None:
            return None
        return _with_display(self._found, self)

    @Slot()
    def _show(self) -> None:
        found = self.examination
        self._copy.setEnabled(found is not None)
        self._states.setCurrentWidget(self._waiting if found is None else self._scroll)
        if found is None:
            return
        self._summary.set_counts(len(found.at(Level.PROBLEM)), len(found.at(Level.WARNING)))
        self._pack.set_state(found.pack)
        self._speed.set_speed(found.speed)
        self._network.set_network(found.hosts, found.connections, found.proxy)
        contents = self._contents(found)
        for key in self._cards.keys() - {each.key for each in contents}:
            self._drop(self._cards.pop(key)[1])
        self._cards_in_turns.start(contents)

    def _contents(self, found: Examination) -> list[_Content]:
        """What the cards are to say; what is to be looked at stands first."""
        contents, language = [], QLocale().name()
        if found.to_look_at:
            title = self.tr("To look at")
            contents.append(_Content("look", title, found.to_look_at, language))
        for group in found.groups:
            facts = group.facts
            if self._pack.in_work:
                facts = tuple(pack_in_work() if f.key == "gpu_pack" else f for f in facts)
            title = translate_message(group.title)
            contents.append(_Content(group.key, title, facts, language))
        return contents

    def _put_card(self, content: _Content) -> None:
        """Show a card in the place of the one of before; one that says the same is left."""
        before = self._cards.get(content.key)
        if before is not None and before[0] == content:
            return
        look = content.key == "look"
        card = FactCard(
            content.key,
            content.title,
            content.facts,
            self.theme,
            self._inside,
            icon="search" if look else _ICONS[content.key],
            name="look" if look else "fact",
            brief=not look,
        )
        card.remedy_asked.connect(self._on_remedy)
        column = self._column if look else self._left if content.key in _LEFT else self._right
        if before is not None:
            column.insertWidget(column.indexOf(before[1]), card)
            self._drop(before[1])
        else:
            column.insertWidget(1 if look else column.count() - 1, card)
            if content.key == "graphics":  # what can be done about it stands below it
                self._left.removeWidget(self._pack)
                self._left.insertWidget(self._left.count() - 1, self._pack)
        self._cards[content.key] = (content, card)
        card.show()  # at once: a layout would do it later, and the page flicker

    def _drop(self, card: FactCard) -> None:
        card.hide()
        card.deleteLater()

    @Slot(object)
    def _on_remedy(self, remedy: Remedy) -> None:
        if remedy is Remedy.GPU_PACK:
            self._scroll.ensureWidgetVisible(self._pack)
            self._pack.first_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.action_asked.emit(remedy.value)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the card in view that was led to while others come and push it away."""
        moved = event.type() in {QEvent.Type.Move, QEvent.Type.Resize}
        if watched is self._pack and moved and self._pack.first_button.hasFocus():
            self._scroll.ensureWidgetVisible(self._pack)
        return super().eventFilter(watched, event)

    @Slot()
    def _on_copy(self) -> None:
        from effnet_studio.engine.doctor.document import report_text

        found = self.examination
        if found is not None:
            QGuiApplication.clipboard().setText(report_text(found))
            self._copy.setText(self.tr("Copied"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    @override
    def _retranslate(self) -> None:
        self.header.set_texts(
            self.tr("Doctor"),
            self.tr("What this computer offers, and what to do about what stands in the way."),
        )
        self._copy.setText(self.tr("Copy report"))
        self._copy.setToolTip(self.tr("Plain text in English, without your name"))
        self._again.setText(self.tr("Look again"))
        self._waiting.set_texts(
            self.tr("Looking around…"),
            self.tr("Processor, memory, graphics, folders, versions: it takes a few seconds."),
        )
        self._scroll.setAccessibleName(self.tr("Findings"))
        for button in (self._copy, self._again):
            button.setAccessibleName(button.text())
        self._show()


def _with_display(found: Examination, page: QWidget) -> Examination:
    """Add what only a window knows."""
    from effnet_studio.engine.doctor.examine import Group
    from effnet_studio.engine.messages import msg

    display = Group("display", msg("Display"), tuple(display_facts(probe_display(page))))
    groups = [group for group in found.groups if group.key != "display"]
    return replace(found, groups=(*groups[:2], display, *groups[2:]))


def _examine(project: Path | None, offered: Path) -> Examination:
    """Find everything out, in the job's thread; imports PyTorch."""
    from effnet_studio.engine.doctor.examine import examine

    return examine(project, offered)


def _measure(*, on_event: OnEvent, cancel: CancelToken) -> Speed:
    """Measure and keep it, in the job's thread."""
    from effnet_studio.engine.doctor.speed import keep_speed, measure_speed

    speed = measure_speed(on_event=on_event, cancel=cancel)
    keep_speed(speed)
    return speed
