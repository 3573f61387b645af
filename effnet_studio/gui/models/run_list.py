"""The runs of a project, newest first, for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.gui.text import moment_text, percent_text
from effnet_studio.gui.widgets.preset_cards import preset_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.models.train_state import TrainState

Index = QModelIndex | QPersistentModelIndex

RUN_ROLE = Qt.ItemDataRole.UserRole
"""The row's Run; None for the one that is being trained."""
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
"""Second line: when, how many epochs, and the state if it is not finished."""
ACCURACY_ROLE = Qt.ItemDataRole.UserRole + 2
"""Best accuracy as text; empty before the first epoch."""
LIVE_ROLE = Qt.ItemDataRole.UserRole + 3
"""Whether the row is the run that is being trained."""

translate = QCoreApplication.translate


def model_title(name: str) -> str:
    """Name of an architecture for people; its key if no architecture has that name."""
    try:
        return get_spec(name).title
    except ModelError:
        return name


def run_title(model: str, preset: str) -> str:
    """Name a run by what it is, such as ``"EfficientNet-B0 · Balanced"``."""
    return f"{model_title(model)} · {preset_title(preset)}"


def state_title(state: str) -> str:
    """State of a run in the window's language."""
    titles = {
        "finished": translate("RunList", "finished"),
        "stopped": translate("RunList", "stopped"),
        "interrupted": translate("RunList", "interrupted"),
    }
    return titles.get(state, state)


class RunListModel(QAbstractListModel):
    """Rows for the runs on disk, with the one being trained on top.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._live: TrainState | None = None

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Replace the runs on disk."""
        self.beginResetModel()
        self._runs = tuple(runs)
        self.endResetModel()

    def set_live(self, state: TrainState | None) -> None:
        """Show, update or take away the row of the run being trained."""
        if (state is None) != (self._live is None):
            self.beginResetModel()
            self._live = state
            self.endResetModel()
        elif state is not None:
            self._live = state
            self.dataChanged.emit(self.index(0), self.index(0))

    def row_of(self, run_id: str) -> int:
        """Row of a run, -1 if there is none."""
        offset = 0 if self._live is None else 1
        ids = [run.run_id for run in self._runs]
        return ids.index(run_id) + offset if run_id in ids else -1

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._runs) + (self._live is not None)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._live is not None and index.row() == 0:
            row = _live_row(self._live)
        else:
            row = _run_row(self._runs[index.row() - (self._live is not None)])
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: row.title,
            Qt.ItemDataRole.ToolTipRole: row.run.run_id if row.run else None,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(
                part for part in (row.title, row.accuracy, row.detail) if part
            ),
            RUN_ROLE: row.run,
            DETAIL_ROLE: row.detail,
            ACCURACY_ROLE: row.accuracy,
            LIVE_ROLE: row.run is None,
        }
        return values.get(role)


@dataclass(frozen=True)
class _Row:
    """What a row says."""

    title: str
    detail: str
    accuracy: str
    run: Run | None = None


def _live_row(state: TrainState) -> _Row:
    detail = translate("RunList", "being prepared")
    if state.epoch:
        detail = translate("RunList", "being trained · epoch {epoch} of {epochs}").format(
            epoch=state.epoch, epochs=state.epochs
        )
    best = state.best_accuracy
    accuracy = "" if best is None else percent_text(best)
    return _Row(run_title(state.model, state.preset), detail, accuracy)


def _run_row(run: Run) -> _Row:
    parts = [
        translate("RunList", "{done} of {planned} epochs").format(
            done=len(run.epochs), planned=run.config.epochs
        ),
        moment_text(run.created),
    ]
    if run.state != "finished":
        parts.insert(0, state_title(run.state))
    best = run.best_accuracy
    accuracy = "" if best is None else percent_text(best)
    return _Row(run_title(run.model, run.config.preset), " · ".join(parts), accuracy, run)
