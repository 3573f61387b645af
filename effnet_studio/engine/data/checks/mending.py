"""One click on a finding: its remedy as one entry of the edit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from effnet_studio.engine.data.checks.findings import Finding, Remedy
from effnet_studio.engine.data.checks.remedies import to_exclude, to_move, to_relabel
from effnet_studio.engine.data.edits import Edit, change_images
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project


def mend(project: Project, index: Index, finding: Finding, remedy: Remedy) -> Edit | None:
    """Do what is advised about a finding.

    Args:
        project: Writable.
        index: The pictures the finding was made from.
        finding: What was found; perhaps only some of its groups.
        remedy: What to do.

    Returns:
        The log's entry, or None when nothing had to change.

    Raises:
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    match remedy:
        case Remedy.EXCLUDE:
            ids = list(finding.ids)
            return change_images(
                project, msg("Images left out: {count}", count=len(ids)), excluded=ids
            )
        case Remedy.KEEP_ONE:
            ids = to_exclude(index, finding)
            return change_images(
                project, msg("Copies left out: {count}", count=len(ids)), excluded=ids
            )
        case Remedy.TO_ONE_SIDE:
            moves = cast("dict[Split, list[int]]", to_move(index, finding))
            title = msg("Images moved to the side of their copies: {count}", count=_size(moves))
            return change_images(project, title, splits=moves)
        case Remedy.TO_ONE_CLASS:
            classes, unclear = to_relabel(index, finding)
            title = msg(
                "Images given the class of their copies: {count}, left out: {unclear}",
                count=_size(classes),
                unclear=len(unclear),
            )
            return change_images(project, title, classes=classes, excluded=unclear)


def _size(groups: dict[Split, list[int]] | dict[str, list[int]]) -> int:
    return sum(map(len, groups.values()))
