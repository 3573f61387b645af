"""How a connection to another computer ended, in words. Pure functions of their input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.connections import Outcome
from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP, translate_message

if TYPE_CHECKING:
    from effnet_studio.engine.connections import Connection

_REASONS: Final = (
    (
        ("errno -2]", "errno -3]", "errno 8]", "errno 11001]", "errno 11004]"),
        QT_TRANSLATE_NOOP("ConnectionWords", "the name was not found"),
    ),
    (
        ("errno 111]", "errno 61]", "errno 10061]"),
        QT_TRANSLATE_NOOP("ConnectionWords", "it accepts none"),
    ),
    (
        ("errno 101]", "errno 113]", "errno 51]", "errno 65]", "errno 10051]", "errno 10065]"),
        QT_TRANSLATE_NOOP("ConnectionWords", "the network is not reachable"),
    ),
    (
        ("timed out", "errno 110]", "errno 60]", "errno 10060]"),
        QT_TRANSLATE_NOOP("ConnectionWords", "no answer in time"),
    ),
    (
        ("certificate", "ssl"),
        QT_TRANSLATE_NOOP("ConnectionWords", "its certificate could not be checked"),
    ),
)
"""What systems write of a failure, in small letters, and what that means."""


def result_text(connection: Connection) -> str:
    """How it ended, such as "no connection: the name was not found".

    Args:
        connection: From the journal.
    """
    ended = translate_message(connection.outcome.label)
    if connection.outcome is Outcome.DONE or not connection.detail:
        return ended
    both = QCoreApplication.translate("ConnectionWords", "{ended}: {reason}")
    return both.format(ended=ended, reason=reason_text(connection.detail))


def reason_text(detail: str) -> str:
    """A reason in words; one that is not known stays in those of the system.

    Args:
        detail: From the journal.
    """
    small = detail.casefold().replace("winerror", "errno")
    for signs, words in _REASONS:
        if any(sign in small for sign in signs):
            return QCoreApplication.translate("ConnectionWords", words)
    return detail
