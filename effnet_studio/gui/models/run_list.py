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
    Signal,
)
from typing_extensions import override

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.training.runs import find_runs
from effnet_studio.gui.text import list_text, moment_text, percent_text
from effnet_studio.gui.widgets.train.preset_cards import preset_title

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
"""Whether the row's run is being trained, here or elsewhere."""

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


def title_of(run: Run) -> str:
    """The name that people gave a run, else what it is."""
    return run.notes.name or run_title(run.model, run.config.preset)


def titles_of(first: Run, second: Run) -> tuple[str, str]:
    """Titles that tell two runs apart, with the time of training where they would be the same."""
    titles = title_of(first), title_of(second)
    if titles[0] != titles[1]:
        return titles
    timed = [f"{title_of(run)} · {moment_text(run.created)}" for run in (first, second)]
    return (timed[0], timed[1]) if timed[0] != timed[1] else (first.run_id, second.run_id)


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

    renamed = Signal(str, str)
    """Id of a run, and the name that was written for it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Run, ...] = ()
        self._runs: tuple[Run, ...] = ()
        self._live: TrainState | None = None
        self._elsewhere: frozenset[str] = frozenset()
        self._words = ""
        self._editable = False

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs on disk, those too that the search does not find."""
        return self._all

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Replace the runs on disk."""
        self.beginResetModel()
        self._all = tuple(runs)
        self._runs = tuple(find_runs(self._all, self._words))
        self.endResetModel()

    def set_words(self, text: str) -> None:
        """Show only the runs in which these words are found; empty: all."""
        if text != self._words:
            self._words = text
            self.set_runs(self._all)

    def set_editable(self, editable: bool) -> None:  # noqa: FBT001 - a setter
        """Let runs be renamed, or not."""
        self._editable = editable

    def set_live(self, state: TrainState | None) -> None:
        """Show, update or take away the row of the run being trained."""
        if (state is None) != (self._live is None):
            self.beginResetModel()
            self._live = state
            self.endResetModel()
        elif state is not None:
            self._live = state
            self.dataChanged.emit(self.index(0), self.index(0))

    def set_elsewhere(self, run_ids: frozenset[str]) -> None:
        """Say which of the runs on disk another process is training."""
        if run_ids != self._elsewhere:
            self._elsewhere = run_ids
            self.retranslate()

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
            run = self._runs[index.row() - (self._live is not None)]
            row = _run_row(run, elsewhere=run.run_id in self._elsewhere)
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: row.title,
            Qt.ItemDataRole.EditRole: row.title,
            Qt.ItemDataRole.ToolTipRole: row.hint,
            Qt.ItemDataRole.AccessibleTextRole: list_text(
                part for part in (row.title, row.accuracy, row.detail) if part
            ),
            RUN_ROLE: row.run,
            DETAIL_ROLE: row.detail,
            ACCURACY_ROLE: row.accuracy,
            LIVE_ROLE: row.live,
        }
        return values.get(role)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        editable = self._editable and index.data(RUN_ROLE) is not None
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        run = index.data(RUN_ROLE)
        if role != Qt.ItemDataRole.EditRole or run is None or value == index.data():
            return False
        self.renamed.emit(run.run_id, str(value))
        return True


@dataclass(frozen=True)
class _Row:
    """What a row says."""

    title: str
    detail: str
    accuracy: str
    run: Run | None = None
    hint: str | None = None
    live: bool = False


def _live_row(state: TrainState) -> _Row:
    detail = translate("RunList", "being prepared")
    if state.epoch:
        detail = translate("RunList", "being trained · epoch {epoch} of {epochs}").format(
            epoch=state.epoch, epochs=state.epochs
        )
    best = state.best_accuracy
    accuracy = "" if best is None else percent_text(best)
    return _Row(run_title(state.model, state.preset), detail, accuracy, live=True)


def _run_row(run: Run, *, elsewhere: bool) -> _Row:
    parts = [
        translate("RunList", "{done} of {planned} epochs").format(
            done=len(run.epochs), planned=run.config.epochs
        ),
        moment_text(run.created),
    ]
    if elsewhere:
        parts.insert(0, translate("RunList", "being trained elsewhere"))
    elif run.state != "finished":
        parts.insert(0, state_title(run.state))
    if run.notes.note:
        parts.append(run.notes.note.partition("\n")[0])
    best = run.best_accuracy
    accuracy = "" if best is None else percent_text(best)
    return _Row(title_of(run), " · ".join(parts), accuracy, run, _hint(run), elsewhere)


def _hint(run: Run) -> str:
    """What a run is, which its name need not say; where it came from; its note."""
    lines = [run_title(run.model, run.config.preset), run.run_id]
    if run.origin is not None:
        again = translate("RunList", "The same as {run} once more")
        on = translate("RunList", "Goes on from {run}")
        lines.append((again if run.origin.how == "again" else on).format(run=run.origin.run))
    if run.notes.note:
        lines += ["", run.notes.note]
    return "\n".join(lines)
