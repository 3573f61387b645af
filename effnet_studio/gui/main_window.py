"""The window: navigation, pages, banners and the job bar. It assembles; the work is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui import actions as action_table
from effnet_studio.gui.errors import Banner, BannerArea
from effnet_studio.gui.file_router import FileRouter
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.help_desk import HelpDesk
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.keyboard import Keyboard
from effnet_studio.gui.lifecycle.closing import Closing
from effnet_studio.gui.lifecycle.recovery import RecoveryBanner
from effnet_studio.gui.lifecycle.window_state import WindowState
from effnet_studio.gui.menus import Menus
from effnet_studio.gui.notices.notices import Notices
from effnet_studio.gui.pack_banner import PackBanner
from effnet_studio.gui.page_stack import ASIDES, PAGES, PageStack
from effnet_studio.gui.pages.welcome import WelcomePage
from effnet_studio.gui.pasteboard import may_bring
from effnet_studio.gui.preference_keeper import PreferenceKeeper
from effnet_studio.gui.projects import remember
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.tour import Tour
from effnet_studio.gui.undo.actions import UndoActions
from effnet_studio.gui.widgets.error_list import ErrorList
from effnet_studio.gui.widgets.job_bar import JobBar
from effnet_studio.gui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.pages.base import Page
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


class MainWindow(ReadingOrder, QMainWindow):
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
        self._build_ui()
        self._build_actions()
        self.help_desk = HelpDesk(self)
        self._connect()
        self._undo = UndoActions(
            session.undo, self.actions_by_key["undo"], self.actions_by_key["redo"]
        )
        self.tour = Tour(
            session, settings, theme, sidebar=self.sidebar, action=self.actions_by_key["tour"]
        )
        theme.add_window(self)
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
        self.state = WindowState(self.stack, self.settings)
        self.errors = ErrorList(self.theme, self)
        self.read_only = Banner(self.theme, "warning", self)
        self.read_only.setObjectName("read_only_banner")
        self.job_bar = JobBar(self.session.jobs, self.theme, self)
        self.files = FileRouter(self.session, self.stack, self.settings, self)
        self.closing = Closing(self.session, self.theme, self)
        self.recovery_banner = RecoveryBanner(self.theme, self)
        self.pack_banner = PackBanner(self.theme, self)
        banners = BannerArea(
            [
                self.closing.banner,
                self.recovery_banner,
                self.errors,
                self.read_only,
                self.pack_banner,
            ],
            self,
        )
        self._parts = (banners, self.sidebar, self.stack, self.job_bar)
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
        for holder in (self, middle):
            hold_parts(holder)
        self.notices = Notices(
            self.session,
            self.settings,
            self.theme,
            area=middle,
            bar=self.job_bar,
            stack=self.stack,
            errors=self.errors,
        )
        self.sidebar.hide()

    def _build_actions(self) -> None:
        self.actions_by_key = action_table.make_actions(self)
        self._menus = Menus(self.menuBar(), self.actions_by_key)

    def _connect(self) -> None:
        session, actions = self.session, self.actions_by_key
        session.project_changed.connect(self._on_project_changed)
        session.opening_started.connect(self._on_opening_started)
        session.runs_changed.connect(self._on_contents_changed)
        session.error_raised.connect(self.errors.show_error)
        self.errors.folder_asked.connect(self.files.ask_folder)
        self.sidebar.page_chosen.connect(self.show_page)
        self.stack.navigation_asked.connect(self.show_page)
        self.stack.files_sent.connect(self.files.send)
        self.files.page_asked.connect(self.show_page)
        self.closing.window_freed.connect(self.close)
        self.closing.project_freed.connect(session.close_project)
        self.stack.aside_left.connect(self.leave_aside)
        self.stack.action_asked.connect(self._on_action_asked)
        self.welcome.open_asked.connect(self.files.ask_open)
        self.welcome.new_asked.connect(self.files.ask_new)
        self.welcome.navigation_asked.connect(self.show_page)
        actions["new"].triggered.connect(self.files.ask_new)
        actions["open"].triggered.connect(self.files.ask_open)
        actions["sample"].triggered.connect(self.welcome.try_sample)
        actions["import"].triggered.connect(self.files.ask_import)
        session.dataset_changed.connect(self._enable_actions)
        actions["close"].triggered.connect(self.close_project)
        actions["prepared"].triggered.connect(self.show_prepared)
        actions["weights"].triggered.connect(self.show_weights)
        actions["about"].triggered.connect(self.show_about)
        self.notices.page_asked.connect(self.show_page)
        self.pack_banner.doctor_asked.connect(actions["doctor"].trigger)
        actions["history"].triggered.connect(self.notices.toggle_history)
        actions["notice"].triggered.connect(self.notices.go_to_latest)
        actions["quit"].triggered.connect(self.close)
        for page in (*PAGES, *ASIDES):
            actions[page.key].triggered.connect(self._on_page_action)
        preferences = PreferenceKeeper(self._app, self.settings, self.theme, actions, self)
        preferences.failed.connect(self.errors.show_error)
        self.keyboard = Keyboard(self, self._parts)
        self._enable_actions()

    # -- pages ---------------------------------------------------------------------------------

    def page(self, key: str) -> Page:
        """A page by its key, made when it is first asked for."""
        return self.stack.page(key)

    @Slot(str)
    def show_page(self, key: str, *, soon: bool = False) -> None:
        """Show a page; without a project there are only those beside the work, and the welcome.

        Args:
            key: Which.
            soon: In the next turn of the event loop.
        """
        aside = key in {page.key for page in ASIDES}
        if not aside:
            self._worked_on = key
        if self.session.project is None and not aside:
            self.stack.setCurrentWidget(self.welcome)
            self.welcome.setFocus()
            return
        self.stack.show_page(key, soon=soon)
        self.sidebar.set_current(key)

    @Slot()
    def leave_aside(self) -> None:
        """Go back to the page shown before one beside the work."""
        self.show_page(self._worked_on)

    @Slot(str)
    def _on_action_asked(self, key: str) -> None:
        self.actions_by_key[key].trigger()

    @property
    def current_key(self) -> str:
        """Key of the page shown; empty for the welcome page."""
        return self.stack.current_key

    @Slot()
    def _on_page_action(self) -> None:
        self.show_page(self.sender().objectName().removeprefix("action_"))

    # -- projects ------------------------------------------------------------------------------

    @Slot()
    def close_project(self) -> None:
        """Go back to the welcome page, unless something runs."""
        if self.closing.may_close_project():
            self.session.close_project()

    @Slot(object)
    def _on_opening_started(self, _job: Job) -> None:
        self.stack.make_soon(self.state.next_page)

    @Slot(object)
    def _on_project_changed(self, project: Project | None) -> None:
        self.errors.clear()
        self.job_bar.clear_finished()
        self.sidebar.setVisible(project is not None)
        self.sidebar.set_project(project.name if project else "")
        self.show_page(self.state.take_page(), soon=True)  # once all is known that it shows
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
        opened = self.session.project is not None
        self.actions_by_key["prepared"].setEnabled(self.session.dataset is not None)
        for key in ("close", "import", *(page.key for page in PAGES)):
            self.actions_by_key[key].setEnabled(opened)

    # -- texts ---------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        project = self.session.project
        self.setWindowTitle(f"{project.name} – EffNet Studio" if project else "EffNet Studio")
        self._menus.retranslate()
        self._undo.refresh()
        for page in (*PAGES, *ASIDES):
            self.sidebar.set_text(page.key, action_table.action_text(page.key))
        if project is not None and project.read_only_reason is not None:
            text, owner = translate_message(project.read_only_reason), project.locked_by
            self.read_only.setToolTip(text if owner else "")  # with the number of the process
            hint = self.tr("You can look at everything here, but change nothing.")
            if owner is not None:
                text = self.tr("The project is open in another window (on {host}).")
                text = text.format(host=owner.host)
                hint = self.tr(
                    "You can look at everything here; changes are made in the other window."
                )
            self.read_only.set_texts(text, hint)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            QTimer.singleShot(0, self, self.theme.follow_language)  # in a turn of its own

    @Slot()
    def show_prepared(self) -> None:
        """Open what is kept of decoded pictures."""
        # Here, because what the dialogs import would keep the window from appearing.
        from effnet_studio.gui.dialogs.prepared import PreparedDialog

        self._show_beside(PreparedDialog(self.session, self.theme, self))

    @Slot()
    def show_weights(self) -> None:
        """Open which pre-trained weights are here, or come back to it."""
        from effnet_studio.gui.dialogs.weights import WeightsDialog

        if not self._come_back_to(WeightsDialog):
            self._show_beside(WeightsDialog(self.session, self.settings, self.theme, self))

    @Slot()
    def show_about(self) -> None:
        """Open what the app is and under which licences it stands, or come back to it."""
        from effnet_studio.gui.dialogs.about import AboutDialog

        if not self._come_back_to(AboutDialog):
            self._show_beside(AboutDialog(self.session.jobs, self.theme, self))

    def _come_back_to(self, kind: type[QDialog]) -> bool:
        """Put a dialog that is open in front; whether there was one."""
        for dialog in self.findChildren(kind):
            if dialog.isVisible():
                dialog.raise_()
                dialog.activateWindow()
                return True
        return False

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
            self.files.light_up(active=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.files.light_up(active=False)
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files.light_up(active=False)
        self.files.take_mime(event.mimeData())

    # -- the end -------------------------------------------------------------------------------

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.closing.may_close_window():
            event.ignore()
            return
        project = self.session.project
        self.settings.last_project = str(project.root) if project is not None else ""
        self.state.save()
        self.settings.save_window(self)
        self.session.close_project()
        self.settings.wait_until_written()
        super().closeEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1280, 800)
