"""What the app asks other computers for: those it can ask, and every connection it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.layout_parts import link_row
from effnet_studio.gui.models.connection_words import result_text
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text, count_text, moment_text, sentences_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.doctor.fact_card import card_head
from effnet_studio.gui.widgets.doctor.full_table import FullTable
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.connections import Connection
    from effnet_studio.engine.doctor.hosts import HostUse
    from effnet_studio.gui.theme import ThemeManager

SHOWN = 50
"""Connections that are listed, the newest."""


class NetworkCard(QFrame):
    """A sentence, a table of computers, and on request one of connections.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card_network")
        set_role(self, "card")
        self._theme = theme
        self._hosts: Sequence[HostUse] = ()
        self._connections: Sequence[Connection] = ()
        self._proxy = ""
        self._build_ui()
        self._more.toggled.connect(self._on_more)
        self._retranslate()

    def _build_ui(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(card_head("", "globe", self._theme, self))
        self._promise = named(Label(self), "network_promise")
        self._about = named(Label(self), "network_about")
        set_role(self._about, "muted")
        self._table = FullTable("network_hosts", 1, self)
        self._more = named(QPushButton(self), "network_more")
        self._more.setCheckable(True)
        set_role(self._more, "link")
        self._journal = FullTable("network_journal", 2, self)
        self._journal.hide()
        for label in (self._promise, self._about):
            label.setWordWrap(True)
        for widget in (self._promise, self._about, self._table):
            column.addWidget(widget)
        column.addLayout(link_row(self._more))
        column.addWidget(self._journal)

    def set_network(
        self, hosts: Sequence[HostUse], connections: Sequence[Connection], proxy: str
    ) -> None:
        """Show what can be asked and what was.

        Args:
            hosts: Other computers.
            connections: The journal, the newest first.
            proxy: Host and port that downloads go through; empty: none.
        """
        self._hosts, self._connections, self._proxy = hosts, connections, proxy
        self._retranslate()

    @Slot(bool)
    def _on_more(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        self._journal.setVisible(shown)
        self._name_more()

    def _name_more(self) -> None:
        count = len(self._connections)
        self._more.setVisible(count > 0)
        if self._more.isChecked():
            text = self.tr("Hide the connections")
        elif count > SHOWN:
            text = self.tr("Show the last {shown} of {count} connections").format(
                shown=SHOWN, count=count_text(count)
            )
        else:
            text = self.tr("Show every connection ({count})").format(count=count)
        self._more.setText(text)
        self._more.setAccessibleName(text)

    def _retranslate(self) -> None:
        title = self.findChild(QLabel, "card_network_title")
        assert title is not None  # noqa: S101 - made above
        title.setText(self.tr("Network"))
        self.setAccessibleName(title.text())
        self._promise.setText(
            self.tr("Nothing of yours leaves this computer: no images, no results, no statistics.")
        )
        about = self.tr(
            "The app only fetches what is listed here, when you use what needs it, and writes "
            "every connection down."
        )
        if self._proxy:
            proxy = self.tr("Downloads go through the proxy {proxy}.").format(proxy=self._proxy)
            about = sentences_text((about, proxy))
        self._about.setText(about)
        self._name_more()
        self._table.setAccessibleName(self.tr("Servers that the app can ask"))
        self._journal.setAccessibleName(self.tr("Connections, the newest first"))
        self._show_hosts()
        self._show_journal()

    def _show_hosts(self) -> None:
        columns = (
            Column(self.tr("Server"), number=False),
            Column(self.tr("What for"), number=False),
            Column(self.tr("Last time"), number=False),
            Column(self.tr("Received")),
        )
        rows = [
            (
                use.host.name,
                translate_message(use.host.why),
                self._last(use),
                bytes_text(use.received) if use.received else "–",
            )
            for use in self._hosts
        ]
        self._table.set_table(columns, rows)

    def _last(self, use: HostUse) -> str:
        if use.last is None:
            return self.tr("never")
        when = moment_text(use.last.began)
        if use.last.outcome.value == "done":
            return when
        ended = translate_message(use.last.outcome.label)
        return self.tr("{when} ({ended})").format(when=when, ended=ended)

    def _show_journal(self) -> None:
        columns = (
            Column(self.tr("When"), number=False),
            Column(self.tr("Server"), number=False),
            Column(self.tr("What for"), number=False),
            Column(self.tr("Result"), number=False),
            Column(self.tr("Received")),
        )
        purpose = self.tr("{what}: {name}")
        rows = [
            (
                moment_text(each.began),
                each.host,
                purpose.format(what=translate_message(each.purpose.label), name=each.sent),
                result_text(each),
                bytes_text(each.received) if each.received else "–",
            )
            for each in self._connections[:SHOWN]
        ]
        self._journal.set_table(columns, rows)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
