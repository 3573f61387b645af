"""Collects everything that can be done now: actions, pages, their tabs, projects and runs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTabBar

from effnet_studio.gui import actions as action_table
from effnet_studio.gui.models.commands import Command, plain
from effnet_studio.gui.models.run_list import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.base import Page

_RUNS: Final = 30
"""So many of the newest runs are offered; the list on the Train page has all."""


class CommandSource(QObject):
    """Asks the window, each time anew, so that what is possible is what is possible now.

    Args:
        window: Its actions and pages; owns this.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def commands(self) -> list[Command]:
        """All commands, those of the page shown first."""
        window = self._window
        pages = window.stack.made_pages()
        current = window.current_key
        keys = sorted(pages, key=lambda key: key != current)  # sorting keeps the order otherwise
        found: list[Command] = []
        for key in keys:
            found += self._of_page(key, pages[key])
        found += self._actions()
        found += self._runs()
        found += self._projects()
        return found

    # -- the window ------------------------------------------------------------------------------

    def _actions(self) -> Iterator[Command]:
        for row in action_table.ACTIONS:
            if not row.key or row.key in action_table.UNLISTED:
                continue
            action = self._window.actions_by_key[row.key]
            menu = action_table.MENUS.get(row.menu, "")
            yield Command(
                row.key,
                plain(action.text()),
                action.trigger,
                group=plain(action_table.menu_text(row.menu)) if menu else "",
                english=plain(f"{row.text} {menu}"),
                shortcut=action.shortcut().toString(),
                enabled=action.isEnabled(),
                reason="" if action.isEnabled() else self._why_not(row.key),
            )

    def _why_not(self, key: str) -> str:
        """Why an action of the window is not possible now."""
        project = self._window.session.project
        if project is None:
            return self.tr("Open a project first")
        if project.read_only:
            return self.tr("This project can only be looked at here")
        return {
            "undo": self.tr("There is nothing to undo"),
            "redo": self.tr("There is nothing to redo"),
            "prepared": self.tr("Import a folder of images first"),
        }.get(key, "")

    # -- the pages -------------------------------------------------------------------------------

    def _of_page(self, key: str, page: Page) -> Iterator[Command]:
        action = self._window.actions_by_key[key]
        if not action.isEnabled():
            return
        title, english = action_table.action_text(key), f" {key}"
        for command in page.commands():
            yield replace(
                command,
                run=partial(self._on_page, key, command.run),
                group=f"{title} · {command.group}" if command.group else title,
                english=command.english + english,
            )
        for bar in page.findChildren(QTabBar):
            if bar.isVisibleTo(page):
                yield from self._tabs(key, title, bar)

    def _tabs(self, key: str, title: str, bar: QTabBar) -> Iterator[Command]:
        for place in range(bar.count()):
            if bar.isTabVisible(place) and bar.isTabEnabled(place) and bar.tabText(place):
                show = partial(bar.setCurrentIndex, place)
                yield Command(
                    f"{bar.objectName()}:{place}",
                    plain(bar.tabText(place)).partition(" · ")[0],  # without how many there are
                    partial(self._on_page, key, show),
                    group=title,
                    english=key,
                )

    def _on_page(self, key: str, run: object) -> None:
        """Show a page, then do something on it."""
        self._window.show_page(key)
        if callable(run):
            run()

    # -- the project's runs, and other projects --------------------------------------------------

    def _runs(self) -> Iterator[Command]:
        for run in self._window.session.runs[:_RUNS]:
            name = title_of(run)
            yield Command(
                f"run:{run.run_id}",
                self.tr("Show run {name}").format(name=name),
                partial(self._show_run, run),
                group=self.tr("Runs"),
                english=f"Show run {name}",
            )

    def _show_run(self, run: Run) -> None:
        """A run with a model is looked at on Evaluate, one without on Train."""
        self._window.session.select_run(run.run_id)
        self._window.show_page("train" if run.best_accuracy is None else "evaluate")

    def _projects(self) -> Iterator[Command]:
        opened = self._window.session.project
        for recent in self._window.settings.recent_projects():
            if opened is None or str(opened.root) != recent.path:
                yield Command(
                    f"project:{recent.path}",
                    self.tr("Open {name}").format(name=recent.name),
                    partial(self._window.session.open_project, Path(recent.path)),
                    group=self.tr("Recent projects"),
                    english=f"Open {recent.name} recent project",
                )
