"""What the user may choose for the whole app: few rows, searched, explained, applied at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from effnet_studio.gui.errors import Banner
from effnet_studio.gui.i18n import Phrasebook
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.aside import AsidePage
from effnet_studio.gui.preferences import PREFERENCES, SECTIONS, Kind, Preference, Value, fits
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.preferences.folder_row import CacheRow, FolderRow
from effnet_studio.gui.widgets.preferences.row import SIMPLE, PreferenceRow
from effnet_studio.gui.widgets.preferences.section import SectionCard
from effnet_studio.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WIDTH: Final = 984
"""Of the column of cards at most, pixels: it fills the smallest window, and on a large screen
explanations stay near their controls."""

_SEARCH_WIDTH: Final = 240


class SettingsPage(AsidePage):
    """Cards of rows made from the table of preferences, a search, and the way back."""

    key: ClassVar[str] = "settings"

    def _build_ui(self) -> Iterator[None]:
        self._phrasebook: Phrasebook | None = None
        self._before: Mapping[str, Value] = {}
        self._search = SearchField("settings_search", self.theme, self)
        self._search.setFixedWidth(_SEARCH_WIDTH)
        self._reset_all = named(QPushButton(self), "settings_reset_all")
        self._undo = named(QPushButton(self), "settings_undo")
        self._notice = Banner(self.theme, "accent", self)
        self._notice.setObjectName("settings_notice")
        self._notice.add_button(self._undo)
        self._notice.setMaximumWidth(_WIDTH - SPACE_3)
        self.header.add_action(self._search)
        self.header.add_action(self._reset_all)
        self._rows: dict[str, PreferenceRow] = {}
        self._cards: dict[str, SectionCard] = {}
        for key in SECTIONS:
            yield
            rows = {row.key: self._make_row(row) for row in PREFERENCES if row.section == key}
            self._rows |= rows
            self._cards[key] = SectionCard(key, list(rows.values()), self)
        yield
        self._nothing = EmptyState(self.theme, "search", self)
        self._views = QStackedWidget(self)
        self._views.addWidget(self._make_scroll())
        self._views.addWidget(self._nothing)
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._views, 1)

    def _make_row(self, row: Preference) -> PreferenceRow:
        if row.key == "cache_folder":
            return CacheRow(row, self.settings, self.theme, self.session, self)
        kind = FolderRow if row.kind is Kind.FOLDER else SIMPLE[row.kind]
        return kind(row, self.settings, self.theme, self)

    def _make_scroll(self) -> QScrollArea:
        body = named(QWidget(self), "scroll_body")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, SPACE_3, 0)
        column.setSpacing(SPACE_4)
        for card in self._cards.values():
            column.addWidget(card)
        column.addWidget(self._make_privacy())
        column.addStretch(1)
        holder = QWidget(body)
        holder.setLayout(column)
        holder.setMaximumWidth(_WIDTH)
        line = QHBoxLayout(body)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(holder, 1)
        line.addStretch(0)
        scroll = named(QScrollArea(self), "settings_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        for part in (self._views, holder):
            hold_parts(part)
        hold_parts_in_scroll(scroll)
        return scroll

    def _make_privacy(self) -> QWidget:
        """A statement; there is nothing to switch off."""
        self._privacy = named(QWidget(self), "settings_privacy")
        icon, self._telemetry = Label(self), named(Label(self), "settings_telemetry")
        self.theme.set_icon(icon, "lock", size=16)
        set_role(self._telemetry, "muted")
        self._telemetry.setWordWrap(True)
        line = QHBoxLayout(self._privacy)
        line.setContentsMargins(SPACE_4, 0, SPACE_4, SPACE_2)
        line.setSpacing(SPACE_2)
        line.addWidget(icon)
        line.addWidget(self._telemetry, 1)
        return self._privacy

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_searched)
        self._reset_all.clicked.connect(self._on_reset_all)
        self._undo.clicked.connect(self._on_undo)
        self._nothing.action_clicked.connect(self._search.clear)
        self._notice.language_changed.connect(self._say_reset)
        self.settings.changed.connect(self._on_changed)
        for row in self._rows.values():
            row.reset_asked.connect(self.settings.reset)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._on_find)
        self._on_changed()

    @Slot()
    def _on_find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    @Slot()
    def _on_searched(self) -> None:
        query = self._search.text().strip()
        if query and self._phrasebook is None:
            self._phrasebook = Phrasebook()
        found = 0
        for card in self._cards.values():
            found += card.show_rows(
                row
                for row in card.rows
                if self._phrasebook is None or fits(row.preference, query, self._phrasebook)
            )
        self._privacy.setVisible(not query)
        self._views.setCurrentIndex(0 if found else 1)
        self._say_found()

    def _say_found(self) -> None:
        self._nothing.set_texts(
            self.tr("No setting is called “{query}”").format(query=self._search.text().strip()),
            self.tr("The search looks at names and explanations, in English and in Chinese."),
            action=self.tr("Show all settings"),
        )

    @Slot()
    def _on_changed(self) -> None:
        self._reset_all.setEnabled(bool(self.settings.changed_keys()))

    # -- all back, and again -------------------------------------------------------------------

    @Slot()
    def _on_reset_all(self) -> None:
        """Done at once, with a way back instead of a question before."""
        keys = self.settings.changed_keys()
        self._before = {key: self.settings.value(key) for key in keys}
        for key in keys:
            self.settings.reset(key)
        self._say_reset()
        self._undo.setFocus()

    @Slot()
    def _on_undo(self) -> None:
        for key, value in self._before.items():
            self.settings.set_value(key, value)
        self._before = {}
        self._say_reset()
        self._search.setFocus()

    @Slot()
    def _say_reset(self) -> None:
        text = self.tr("%n setting(s) reset.", "", len(self._before))
        self._notice.set_texts(text if self._before else "")
        self._undo.setText(self.tr("Undo"))
        self._undo.setAccessibleName(self.tr("Undo: bring my settings back"))

    def _retranslate(self) -> None:
        self.header.set_texts(self.tr("Settings"), self.tr("Changes take effect immediately."))
        self._search.setPlaceholderText(self.tr("Search settings"))
        self._search.setAccessibleName(self.tr("Search settings"))
        self._reset_all.setText(self.tr("Reset all"))
        self._reset_all.setToolTip(self.tr("Give every setting its default again"))
        self._telemetry.setText(
            self.tr(
                "EffNet Studio has no telemetry: nothing about you or your work leaves this "
                "computer, so there is nothing to switch off."
            )
        )
        self._say_found()
