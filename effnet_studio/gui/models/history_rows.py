"""The history as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.gui.jobs import JobState
from effnet_studio.gui.models.marked_rows import MarkedRow
from effnet_studio.gui.notices.outcome import brief_text, remedy_text, title_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.gui.notices.outcome import Outcome


def history_rows(entries: Iterable[Outcome], project: str = "") -> list[MarkedRow]:
    """What the list shows, in the window's language.

    Args:
        entries: Newest first.
        project: Folder of the open project, which its entries need not name.

    Returns:
        A row for each, known by the entry's key.
    """
    return [_row(entry, named=entry.project != project) for entry in entries]


def _row(entry: Outcome, *, named: bool) -> MarkedRow:
    icon, tone = outcome_mark(entry)
    return MarkedRow(
        entry.key, title_text(entry), brief_text(entry, named=named), icon, tone, remedy_text(entry)
    )


def outcome_mark(entry: Outcome) -> tuple[str, str]:
    """Icon and colour by meaning of what became of a job."""
    if entry.state is JobState.FAILED:
        return "error", "danger"
    if entry.state is JobState.CANCELLED:
        return "stop", "muted"
    if entry.ready is False:
        return "warning", "warning"
    return "check-circle", "success"
