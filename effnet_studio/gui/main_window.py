"""The window: navigation, pages, banners and the job bar. It assembles; the work is elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui import actions as action_table
from effnet_studio.gui.dialogs.prepared import PreparedDialog
from effnet_studio.gui.dialogs.weights import WeightsDialog
from effnet_studio.gui.errors import Banner, BannerArea, ErrorPanel
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.page_stack import ASIDES, PAGES, PageStack
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.pages.welcome import WelcomePage
from effnet_studio.gui.pasteboard import may_bring, no_project_error, read_mime
from effnet_studio.gui.preference_keeper import PreferenceKeeper
from effnet_studio.gui.projects import is_project, new_project_path, projects_folder, remember
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.job_bar import QUIET, JobBar
from effnet_studio.gui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


class MainWindow(QMainWindow):
    """The one window.

    Args:
        app: For switching languages.
        session: The open project.
        settings: What is remembered.
        theme: Colours and icons.
    """

    def __init__(
        self, app: QApplication, session: Session, settings: Settings, theme: ThemeManager
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._app = app
        self.session = session
        self.settings = settings
        self.theme = theme
        self._worked_on = PAGES[0].key
        self._closing = False
        self._close_asked = False
        theme.add_window(self)
        self._build_ui()
        self._build_actions()
        self._connect()
        self._retranslate()
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 640)
        if not settings.restore_window(self):
            self.resize(1280, 800)
        self.welcome.setFocus()

    # -- construction --------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self.sidebar = Sidebar(PAGES, ASIDES, self.theme, self)
        self.welcome = WelcomePage(self.session, self.theme, self.settings, self)
        self.stack = PageStack(self.session, self.theme, self.settings, self)
        self.stack.addWidget(self.welcome)
        self.errors = ErrorPanel(self.theme, self)
        self.read_only = Banner(self.theme, "warning", self)
        self.read_only.setObjectName("read_only_banner")
        self.job_bar = JobBar(self.session.jobs, self.theme, self)
        self._build_close_banner()
        banners = BannerArea([self.close_banner, self.errors, self.read_only], self)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(banners)
        right.addWidget(self.stack, 1)
        right.addWidget(self.job_bar)
        middle = QWidget(self)
        layout = QHBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addLayout(right, 1)
        self.setCentralWidget(middle)
        self.sidebar.hide()

    def _build_close_banner(self) -> None:
        self.close_banner = Banner(self.theme, "warning", self)
        self.close_banner.setObjectName("close_banner")
        self._close_now = named(QPushButton(self.close_banner), "close_now")
        self._close_not = named(QPushButton(self.close_banner), "close_not")
        set_role(self._close_now, "danger")
        self.close_banner.add_button(self._close_not)
        self.close_banner.add_button(self._close_now)
        self.close_banner.set_closable(False)

    def _build_actions(self) -> None:
        self.actions_by_key = action_table.make_actions(self)
        self._menus: dict[str, QMenu] = {}
        groups: dict[str, QActionGroup] = {}
        for row in action_table.ACTIONS:
            if row.menu not in self._menus:
                above = self._menus.get(action_table.PARENTS.get(row.menu, ""))
                self._menus[row.menu] = (above or self.menuBar()).addMenu("")
            if not row.key:
                self._menus[row.menu].addSeparator()
                continue
            action = self.actions_by_key[row.key]
            self._menus[row.menu].addAction(action)
            if row.group:
                group = groups.setdefault(row.group, QActionGroup(self))
                group.addAction(action)

    def _connect(self) -> None:
        session, actions = self.session, self.actions_by_key
        session.project_changed.connect(self._on_project_changed)
        session.runs_changed.connect(self._on_contents_changed)
        session.error_raised.connect(self.errors.show_error)
        session.jobs.job_finished.connect(self._on_job_finished)
        self.sidebar.page_chosen.connect(self.show_page)
        self.stack.navigation_asked.connect(self.show_page)
        self.stack.files_sent.connect(self._on_files_sent)
        self.stack.aside_left.connect(self.leave_aside)
        self.welcome.open_asked.connect(self.ask_open)
        self.welcome.new_asked.connect(self.ask_new)
        self._close_now.clicked.connect(self._on_close_now)
        self._close_not.clicked.connect(self._on_close_not)
        actions["new"].triggered.connect(self.ask_new)
        actions["open"].triggered.connect(self.ask_open)
        actions["sample"].triggered.connect(self.welcome.try_sample)
        actions["import"].triggered.connect(self.ask_import)
        actions["undo"].triggered.connect(session.editor.undo)
        actions["redo"].triggered.connect(session.editor.redo)
        session.dataset_changed.connect(self._enable_actions)
        actions["close"].triggered.connect(self.close_project)
        actions["prepared"].triggered.connect(self.show_prepared)
        actions["weights"].triggered.connect(self.show_weights)
        actions["quit"].triggered.connect(self.close)
        for page in (*PAGES, *ASIDES):
            actions[page.key].triggered.connect(self._on_page_action)
        PreferenceKeeper(self._app, self.settings, self.theme, actions, self)
        self._enable_actions()

    # -- pages ---------------------------------------------------------------------------------

    def page(self, key: str) -> Page:
        """A page by its key, made when it is first asked for."""
        return self.stack.page(key)

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page; without a project there are only those beside the work, and the welcome."""
        aside = key in {page.key for page in ASIDES}
        if not aside:
            self._worked_on = key
        if self.session.project is None and not aside:
            self.stack.setCurrentWidget(self.welcome)
            self.welcome.setFocus()
            return
        self.stack.setCurrentWidget(self.page(key))
        self.page(key).setFocus()
        self.sidebar.set_current(key)

    @Slot()
    def leave_aside(self) -> None:
        """Go back to the page shown before one beside the work."""
        self.show_page(self._worked_on)

    @Slot(str, object)
    def _on_files_sent(self, key: str, paths: list[Path]) -> None:
        self.show_page(key)
        self.page(key).drop_files(paths)

    @property
    def current_key(self) -> str:
        """Key of the page shown; empty for the welcome page."""
        return self.stack.current_key

    @Slot()
    def _on_page_action(self) -> None:
        self.show_page(self.sender().objectName().removeprefix("action_"))

    # -- projects ------------------------------------------------------------------------------

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose a project folder."""
        folder = self._choose_folder(self.tr("Open a project folder (NAME.effnet)"))
        if folder:
            self.session.open_project(folder)

    @Slot()
    def ask_new(self) -> None:
        """Let the user choose a folder of images for a new project."""
        folder = self._choose_folder(self.tr("Choose a folder of images"))
        if folder:
            self.start_from_folder(folder)

    @Slot()
    def ask_import(self) -> None:
        """Let the user choose a folder of images for the open project."""
        folder = self._choose_folder(self.tr("Choose a folder of images"))
        if folder:
            self.show_page("data")
            self.page("data").drop_files([folder])

    def start_from_folder(self, folder: Path) -> None:
        """Make a project for a folder of images, and read it."""
        place = projects_folder(self.settings)
        self.session.create_project_from(folder, new_project_path(folder.name, place))

    @Slot()
    def close_project(self) -> None:
        """Go back to the welcome page, unless something runs."""
        if self._busy():
            self._ask_about_jobs()
        else:
            self.session.close_project()

    def _choose_folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, title, self.settings.last_folder)
        if not chosen:
            return None
        self.settings.last_folder = str(Path(chosen).parent)
        return Path(chosen)

    @Slot(object)
    def _on_project_changed(self, project: Project | None) -> None:
        self.errors.clear()
        self.job_bar.clear_finished()
        self.sidebar.setVisible(project is not None)
        self.sidebar.set_project(project.name if project else "")
        self.show_page("data")
        if project is None:
            self.read_only.hide()
        self._retranslate()
        self._enable_actions()

    @Slot()
    def _on_contents_changed(self) -> None:
        if self.session.project is not None:
            remember(self.settings, self.session)

    @Slot()
    def _enable_actions(self) -> None:
        project, editor = self.session.project, self.session.editor
        opened = project is not None
        writable = project is not None and not project.read_only
        self.actions_by_key["undo"].setEnabled(writable and editor.last is not None)
        self.actions_by_key["redo"].setEnabled(writable and editor.next is not None)
        self.actions_by_key["prepared"].setEnabled(self.session.dataset is not None)
        for key in ("close", "import", *(page.key for page in PAGES)):
            self.actions_by_key[key].setEnabled(opened)

    # -- texts ---------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        project = self.session.project
        self.setWindowTitle(f"{project.name} – EffNet Studio" if project else "EffNet Studio")
        action_table.retranslate(self.actions_by_key)
        for key, menu in self._menus.items():
            menu.setTitle(action_table.menu_text(key))
        for page in (*PAGES, *ASIDES):
            self.sidebar.set_text(page.key, self.actions_by_key[page.key].text())
        self._close_now.setText(self.tr("Stop and close"))
        self._close_not.setText(self.tr("Keep running"))
        if project is not None and project.read_only_reason is not None:
            self.read_only.set_texts(
                translate_message(project.read_only_reason),
                self.tr("You can look at everything here; changes are made in the other window."),
            )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    @Slot()
    def show_prepared(self) -> None:
        """Open what is kept of decoded pictures."""
        self._show_beside(PreparedDialog(self.session, self.theme, self))

    @Slot()
    def show_weights(self) -> None:
        """Open which pre-trained weights are here, or come back to it."""
        for dialog in self.findChildren(WeightsDialog):
            if dialog.isVisible():
                dialog.raise_()
                dialog.activateWindow()
                return
        self._show_beside(WeightsDialog(self.session, self.settings, self.theme, self))

    @staticmethod
    def _show_beside(dialog: QDialog) -> None:
        """Show a dialog that is not modal."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    # -- drag and drop -------------------------------------------------------------------------

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_bring(event.mimeData()):
            event.acceptProposedAction()
            self._light_up(True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light_up(False)
        super().dragLeaveEvent(event)

    def _light_up(self, active: bool) -> None:  # noqa: FBT001 - a setter
        current = self.stack.currentWidget()
        if isinstance(current, Page):
            current.set_drop_active(active)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        brought = read_mime(event.mimeData(), self.tr("Dropped image"))
        event.acceptProposedAction()
        self._light_up(False)
        if brought.paths:
            self.take_files(list(brought.paths))
        elif brought.error is not None:
            self.errors.show_error(brought.error)
        elif self.session.project is None:
            self.errors.show_error(no_project_error())
        elif not self.page(self.current_key or "data").take_pasted(brought.pasted):
            self.show_page("predict")
            self.page("predict").take_pasted(brought.pasted)

    def take_files(self, paths: list[Path]) -> None:
        """Do what is meant by dropping these files: open a project, start one, or ask the page."""
        project = next((path for path in paths if is_project(path)), None)
        folder = next((path for path in paths if path.is_dir()), None)
        if project is not None:
            self.session.open_project(project)
        elif self.session.project is None:
            if folder is not None:
                self.start_from_folder(folder)
        elif not self.page(self.current_key or "data").drop_files(paths):
            self._offer_elsewhere(paths, folder)

    def _offer_elsewhere(self, paths: list[Path], folder: Path | None) -> None:
        """A folder is new data, single pictures are to be recognised."""
        key = "data" if folder is not None else "predict"
        self.show_page(key)
        self.page(key).drop_files(paths)

    # -- the end -------------------------------------------------------------------------------

    def _busy(self) -> list[Job]:
        return [job for job in self.session.jobs.jobs if job.kind != QUIET and job.running]

    def _ask_about_jobs(self) -> None:
        names = ", ".join(job.title for job in self._busy())
        self.close_banner.set_texts(
            self.tr("Still at work: {names}.").format(names=names),
            self.tr("Closing stops it. What is finished stays; a training keeps its best model."),
        )
        self._close_not.setFocus()

    @Slot()
    def _on_close_now(self) -> None:
        self.close()

    @Slot()
    def _on_close_not(self) -> None:
        self._close_asked = False
        self.close_banner.hide()

    @Slot()
    def _on_job_finished(self) -> None:
        if self._busy():
            return
        self.close_banner.hide()
        self._close_asked = False
        if self._closing:
            self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy() and not self._closing:
            event.ignore()
            if self._close_asked:
                self._closing = True
                for job in self.session.jobs.jobs:
                    job.cancel()
                self.close_banner.set_texts(self.tr("Stopping, then closing…"))
                self._close_now.setEnabled(False)
                self._close_not.setEnabled(False)
            else:
                self._close_asked = True
                self._ask_about_jobs()
            return
        if self._busy():
            event.ignore()
            return
        self.settings.save_window(self)
        self.session.close_project()
        super().closeEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1280, 800)
