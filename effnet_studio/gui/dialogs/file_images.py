"""Copies of judged images, or links to them, in one folder for each class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.predict.filing import Filing, file_images
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.models.filing_plan import plan_filing
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, sentences_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.filing_form import FilingForm
from effnet_studio.gui.widgets.predict.filing_result import FilingResult
from effnet_studio.gui.widgets.work_foot import WorkFoot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job, JobRunner
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.theme import ThemeManager

_SIZE: Final = (660, 640)


class FileImagesDialog(ReadingOrder, QDialog):
    """Stands beside the window, which stays usable; the job goes on when it is closed.

    Args:
        jobs: Does the work.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    failed = Signal(object)
    """The error of a job that ended while the dialog was closed."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("file_images")
        self._jobs = jobs
        self._plan = plan_filing(())
        self._job: Job | None = None
        self._filed: list[str] = []
        self._begun: object = None
        self._ended = ""
        self._filing: Filing | None = None
        self._build_ui(theme)
        self._connect()
        self._retranslate()
        self.resize(*_SIZE)

    def _build_ui(self, theme: ThemeManager) -> None:
        self._title, self._about, self._left_out = (
            named(Label(self), f"filing_{name}") for name in ("title", "about", "left_out")
        )
        set_role(self._title, "title")
        for label in (self._about, self._left_out):
            set_role(label, "muted")
            label.setWordWrap(True)
        self._form = FilingForm(theme, self)
        self._result = FilingResult(theme, self)
        self._pages = named(QStackedWidget(self), "filing_pages")
        self._pages.addWidget(self._form)
        self._pages.addWidget(self._result)
        self._error = ErrorPanel(theme, self)
        self._foot = WorkFoot("filing", self)
        self._again, self._close, self._start, self._show = (
            named(QPushButton(self), f"filing_{name}")
            for name in ("again", "close", "start", "show")
        )
        for button in (self._start, self._show):
            set_role(button, "primary")
        theme.set_icon(self._show, "folder-open", tone="on_accent", size=16)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addWidget(self._again)
        buttons.addStretch(1)
        for button in (self._close, self._start, self._show):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        for widget in (self._title, self._about, self._left_out):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(self._error)
        column.addWidget(self._foot)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._form.changed.connect(self._show_state)
        self._start.clicked.connect(self._on_start)
        self._again.clicked.connect(self._on_again)
        self._show.clicked.connect(self._on_show)
        self._close.clicked.connect(self.close)

    @property
    def running(self) -> bool:
        """Whether images are being filed."""
        return self._job is not None

    @property
    def _choices(self) -> object:
        """What is filed, where and how."""
        return self._plan, self._form.folder, self._form.how, self._form.least

    @property
    def form(self) -> FilingForm:
        """The choices."""
        return self._form

    def set_items(self, items: Sequence[Item]) -> None:
        """Offer other images; what is being filed stays as it was begun.

        Args:
            items: All judged images.
        """
        self._plan = plan_filing(items)
        self._form.set_plan(self._plan)
        self._retranslate()

    # -- what is done --------------------------------------------------------------------------

    @Slot()
    def _on_start(self) -> None:
        form = self._form
        if form.folder is None or self.running:
            return
        self._error.clear()
        self._filing, self._filed, self._ended = None, [], ""
        self._begun = self._choices
        self._job = self._jobs.start(
            file_images,
            self._plan.rows,
            form.folder,
            how=form.how,
            least=form.least,
            on_filed=self._filed.append,
            title=lambda: self.tr("Filing images by class"),
            kind="file",
            heavy=False,
        )
        self._foot.watch(self._job)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.cancelled.connect(self._on_stopped)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._show_state()

    @Slot(object)
    def _on_succeeded(self, filing: Filing) -> None:
        self._filing = filing
        self._result.set_filing(filing)

    @Slot()
    def _on_stopped(self) -> None:
        self._ended = "stopped"

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._ended = "failed"
        self._error.show_error(error)
        if not self.isVisible():
            self.failed.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._retranslate()
        if self._show.isVisible():
            self._show.setFocus()

    @Slot()
    def _on_again(self) -> None:
        self._filing, self._ended = None, ""
        self._error.clear()
        self._retranslate()

    @override
    def done(self, answer: int) -> None:
        """Close; what was seen is not shown again, what ends from now on is."""
        super().done(answer)
        if not self.running:
            self._on_again()

    @Slot()
    def _on_show(self) -> None:
        if self._filing is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._filing.folder)))

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _show_state(self) -> None:
        done = self._filing is not None
        self._pages.setCurrentWidget(self._result if done else self._form)
        self._form.setEnabled(not self.running)
        self._about.setHidden(done)
        self._left_out.setHidden(done or not self._left_out.text())
        self._foot.setHidden(done or not (self.running or self._ended))
        self._start.setHidden(done)
        for button in (self._again, self._show):
            button.setVisible(done)
        left = len(self._plan.rows) - len(self._filed)
        if self._ended and 0 < left < len(self._plan.rows) and self._begun == self._choices:
            self._start.setText(self.tr("File the remaining %n image(s)", "", left))
        else:
            self._start.setText(self.tr("File %n image(s)", "", len(self._plan.rows)))
        ready = self._form.folder is not None and bool(self._plan.rows)
        self._start.setEnabled(ready and not self.running)
        self._start.setToolTip("" if ready else self.tr("Choose a folder first"))

    @override
    def event(self, event: QEvent) -> bool:
        """Be as high as the wrapped texts need; Qt does not see to that for a window."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        layout, pages = self.layout(), self._pages.layout()
        shown = self._result if self._filing is not None else self._form
        page = shown.layout()
        if layout is None or pages is None or page is None:
            return
        edges = layout.contentsMargins()
        width = self.width() - edges.left() - edges.right()
        # A stack asks for the height that its pages like, not for the least they need.
        spare = pages.heightForWidth(width) - page.minimumHeightForWidth(width)
        self.setMinimumHeight(layout.minimumHeightForWidth(self.width()) - max(0, spare))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = self.tr("One folder for each class")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._about.setText(self.tr("Images are never moved or changed."))
        self._left_out.setText(sentences_text(self._left_out_texts()))
        self._again.setText(self.tr("Back"))
        self._close.setText(self.tr("Close"))
        self._show.setText(self.tr("Show folder"))
        filed = self.tr("Images filed, which stay where they are: {count}.").format(
            count=count_text(len(self._filed))
        )
        if self._ended == "stopped":
            more = self.tr(
                "Stopped. {filed} Start again to file the rest; no image is filed twice."
            )
            self._foot.set_status(more.format(filed=filed), "warning")
        else:
            self._foot.set_status(filed)
        self._show_state()

    def _left_out_texts(self) -> list[str]:
        plan, texts = self._plan, []
        if plan.pasted:
            texts.append(
                self.tr("Left out because they have no file: {count}.").format(
                    count=count_text(plan.pasted)
                )
            )
        if plan.refused:
            texts.append(
                self.tr("Left out because they could not be read: {count}.").format(
                    count=count_text(plan.refused)
                )
            )
        return texts
