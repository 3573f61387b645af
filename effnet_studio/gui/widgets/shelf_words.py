"""What came of work on the shelf of pre-trained weights, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.models.weights_table import bytes_to_come
from effnet_studio.gui.shelf import Bundled, Checked, Downloaded, ShelfWork, TakenIn
from effnet_studio.gui.text import bytes_text, count_text, list_text, sentences_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from effnet_studio.engine.models.shelf import ShelfEntry

Outcome = Downloaded | Checked | Bundled | TakenIn | StudioError | ShelfWork
"""What a job returned, why it failed, or which one was stopped."""

_NAMED: Final = 3
"""Models that are named one by one; of more only the number is told."""

translate = QCoreApplication.translate


def outcome_text(outcome: Outcome) -> tuple[str, str]:
    """What came of a job.

    Args:
        outcome: What it returned, why it failed, or which one was stopped.

    Returns:
        Sentences, and their tone: ``success``, ``warning``, ``danger`` or empty.
    """
    match outcome:
        case Downloaded(names=names):
            text = translate("Shelf", "Here and whole: {names}.").format(names=_listed(names))
            return text, "success"
        case Checked(entries=entries):
            return _checked(entries)
        case Bundled():
            return _bundled(outcome)
        case TakenIn(added=added, present=present):
            text = translate("Shelf", "{added} taken in, {present} here already.")
            return text.format(added=count_text(added), present=count_text(present)), "success"
        case ShelfWork():
            return _stopped(outcome), ""
        case _:
            message, hint, _place = describe_error(outcome)
            return sentences_text((message, hint)), "danger"


def choice_text(entries: Mapping[str, ShelfEntry], chosen: Sequence[str]) -> str:
    """One line on what is chosen in the table, or on all of it where nothing is.

    Args:
        entries: What was found, by catalog name.
        chosen: Catalog names.
    """
    if not entries:
        return ""
    if not chosen:
        here = [entry for entry in entries.values() if entry.state == "here"]
        return translate("Shelf", "{here} of {all} on this computer, {size}").format(
            here=count_text(len(here)),
            all=count_text(len(entries)),
            size=bytes_text(sum(entry.size for entry in here)),
        )
    to_come = sum(bytes_to_come(get_spec(name), entries[name]) for name in chosen)
    if not to_come:
        return translate("Shelf", "{n} chosen, nothing to download").format(
            n=count_text(len(chosen))
        )
    return translate("Shelf", "{n} chosen, about {size} to download").format(
        n=count_text(len(chosen)), size=bytes_text(to_come)
    )


def _checked(entries: Sequence[ShelfEntry]) -> tuple[str, str]:
    whole = [entry for entry in entries if entry.state == "here"]
    damaged = tuple(entry.file.model for entry in entries if entry.state == "damaged")
    if damaged:
        if len(damaged) == 1:
            text = translate(
                "Shelf", "Damaged: {names}. Choose it in the table and download it again."
            )
        else:
            text = translate(
                "Shelf", "Damaged: {names}. Choose them in the table and download them again."
            )
        return text.format(names=_listed(damaged)), "danger"
    if not whole:
        return translate("Shelf", "There are no weights here yet to check."), ""
    text = translate("Shelf", "All checksums are right. Checked: {n}.")
    return text.format(n=count_text(len(whole))), "success"


def _bundled(outcome: Bundled) -> tuple[str, str]:
    text = translate("Shelf", "Written: {name}, {size}. Weights in it: {n}.").format(
        name=outcome.path.name, size=bytes_text(outcome.size), n=count_text(outcome.files)
    )
    if not outcome.missing:
        return text, "success"
    left_out = translate("Shelf", "Not here and so left out: {names}.")
    left_out = left_out.format(names=_listed(outcome.missing))
    return sentences_text((text, left_out)), "warning"


def _stopped(work: ShelfWork) -> str:
    return {
        ShelfWork.DOWNLOAD: translate(
            "Shelf", "Stopped. What has come stays here: Download goes on from there."
        ),
        ShelfWork.CHECK: translate("Shelf", "Stopped."),
        ShelfWork.BUNDLE: translate("Shelf", "Stopped; no bundle was written."),
        ShelfWork.IMPORT: translate("Shelf", "Stopped; nothing was taken in."),
    }[work]


def _listed(names: Sequence[str]) -> str:
    """The titles of a few models, or how many there are."""
    if len(names) > _NAMED:
        return translate("Shelf", "{n} models").format(n=count_text(len(names)))
    return list_text(get_spec(name).title for name in names)
