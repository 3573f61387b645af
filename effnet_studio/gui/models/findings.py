"""Findings as rows of a list, the words for them, and what their remedies would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from effnet_studio.engine.data.checks.findings import Finding, FindingKind, Remedy
from effnet_studio.engine.data.checks.remedies import to_exclude, to_keep, to_move, to_relabel
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.marked_rows import BRIEF_ROLE, MARK_ROLE
from effnet_studio.gui.text import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.index import Index

_Index = QModelIndex | QPersistentModelIndex

translate = QCoreApplication.translate


class Weight(StrEnum):
    """How much a finding matters."""

    SEVERE = "severe"
    CAUTION = "caution"
    HINT = "hint"


_SEVERE: Final = frozenset([FindingKind.UNREADABLE, FindingKind.CONFLICT, FindingKind.LEAK])
_HINTS: Final = frozenset(
    [FindingKind.TINY, FindingKind.HUGE, FindingKind.ODD_SHAPE, FindingKind.GREY]
)


_MARKS: Final = {
    Weight.SEVERE: ("error", "danger"),
    Weight.CAUTION: ("warning", "warning"),
    Weight.HINT: ("info", "muted"),
}


def weight_of(kind: FindingKind) -> Weight:
    """How much a kind of finding matters: it spoils the model or its score, it costs, or it may."""
    if kind in _SEVERE:
        return Weight.SEVERE
    return Weight.HINT if kind in _HINTS else Weight.CAUTION


def brief_advice(kind: FindingKind) -> str:
    """What to do about a kind of finding, in a few words."""
    words = {
        FindingKind.UNREADABLE: translate("Findings", "See what is wrong with each"),
        FindingKind.CONFLICT: translate("Findings", "Decide which class is right"),
        FindingKind.LEAK: translate("Findings", "Put them on one side"),
        FindingKind.SMALL_CLASS: translate("Findings", "Add images"),
        FindingKind.SUSPICIOUS: translate("Findings", "See what is said about each"),
        FindingKind.DUPLICATE: translate("Findings", "Keep one of each"),
        FindingKind.BURST: translate("Findings", "A few of each are enough"),
        FindingKind.IMBALANCE: translate("Findings", "Add images, or balance in training"),
        FindingKind.BLANK: translate("Findings", "Leave them out"),
        FindingKind.BLURRED: translate("Findings", "Leave them out, or most of them"),
        FindingKind.TINY: translate("Findings", "Look for larger ones"),
        FindingKind.HUGE: translate("Findings", "Nothing has to be done"),
        FindingKind.ODD_SHAPE: translate("Findings", "See whether the middle shows the thing"),
        FindingKind.GREY: translate("Findings", "See whether they are of one class"),
    }
    return words[kind]


@dataclass(frozen=True)
class Effect:
    """What a remedy would do.

    Attributes:
        changed: Images that get another class or part.
        excluded: Images that are left out.
    """

    changed: int = 0
    excluded: int = 0


@dataclass(frozen=True)
class Figures:
    """What is worked out about a finding in the background.

    Attributes:
        effects: What each of its remedies would do.
        staying: Numbers of the images that stay when one of each group is kept.
    """

    effects: dict[Remedy, Effect]
    staying: frozenset[int] = frozenset()


def figures_of(index: Index, finding: Finding) -> Figures:
    """Work out what the remedies of a finding would do; may take a second for a million images."""
    effects = {remedy: _effect(index, finding, remedy) for remedy in finding.remedies}
    one_stays = Remedy.KEEP_ONE in finding.remedies
    return Figures(effects, frozenset(to_keep(index, finding) if one_stays else ()))


def _effect(index: Index, finding: Finding, remedy: Remedy) -> Effect:
    match remedy:
        case Remedy.EXCLUDE:
            return Effect(excluded=len(finding.ids))
        case Remedy.KEEP_ONE:
            return Effect(excluded=len(to_exclude(index, finding)))
        case Remedy.TO_ONE_SIDE:
            return Effect(changed=_total(to_move(index, finding).values()))
        case Remedy.TO_ONE_CLASS:
            classes, unclear = to_relabel(index, finding)
            return Effect(changed=_total(classes.values()), excluded=len(unclear))


def _total(groups: Iterable[list[int]]) -> int:
    return sum(map(len, groups))


def remedy_text(remedy: Remedy, effect: Effect | None = None) -> str:
    """What the button of a remedy says.

    Args:
        remedy: Which.
        effect: What it would do, once that is known.

    Returns:
        The text, with numbers if there are some.
    """
    if effect is None:
        return {
            Remedy.EXCLUDE: translate("Findings", "Leave them out"),
            Remedy.KEEP_ONE: translate("Findings", "Keep one of each"),
            Remedy.TO_ONE_SIDE: translate("Findings", "Put them on one side"),
            Remedy.TO_ONE_CLASS: translate("Findings", "Use the commoner class"),
        }[remedy]
    if remedy is Remedy.TO_ONE_CLASS and effect.excluded:
        text = translate("Findings", "Use the commoner class (changes {n}, leaves {out} out)")
    else:
        text = {
            Remedy.EXCLUDE: translate("Findings", "Leave them out ({out})"),
            Remedy.KEEP_ONE: translate("Findings", "Keep one of each (leaves {out} out)"),
            Remedy.TO_ONE_SIDE: translate("Findings", "Put them on one side (moves {n})"),
            Remedy.TO_ONE_CLASS: translate("Findings", "Use the commoner class (changes {n})"),
        }[remedy]
    return text.format(n=count_text(effect.changed), out=count_text(effect.excluded))


class FindingsModel(QAbstractListModel):
    """One row for each finding.

    Args:
        parent: Qt's owner.
    """

    FindingRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: Sequence[Finding] = ()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self._findings = findings
        self.endResetModel()

    def retranslate(self) -> None:
        """Tell views that the words are others."""
        if self._findings:
            self.dataChanged.emit(self.index(0), self.index(len(self._findings) - 1))

    @property
    def findings(self) -> Sequence[Finding]:
        """The rows."""
        return self._findings

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._findings)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        finding = self._findings[index.row()]
        title, brief = translate_message(finding.title), brief_advice(finding.kind)
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: title,
            BRIEF_ROLE: brief,
            MARK_ROLE: _MARKS[weight_of(finding.kind)],
            Qt.ItemDataRole.AccessibleTextRole: (
                f"{_weight_text(weight_of(finding.kind))}: {title}. {brief}"
            ),
            Qt.ItemDataRole.ToolTipRole: translate_message(finding.advice),
            self.FindingRole: finding,
        }
        return answers.get(role)


def _weight_text(weight: Weight) -> str:
    return {
        Weight.SEVERE: translate("Findings", "Serious"),
        Weight.CAUTION: translate("Findings", "Caution"),
        Weight.HINT: translate("Findings", "Hint"),
    }[weight]
