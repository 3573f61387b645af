"""Answers for other programs: comma-separated values and JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from effnet_studio.engine import atomic
from effnet_studio.engine.predict.answers import FailedImage, Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    Row = tuple[str, Prediction | FailedImage]
    """Name or path of an image, and its verdict."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answers_csv(rows: Iterable[Row], *, top: int | None = None) -> str:
    """Write answers as comma-separated values, one image a line.

    A text that a spreadsheet would take for a formula, such as a file called ``=1+1.jpg``, gets an
    apostrophe before it (OWASP, "CSV injection"): tables are passed on to others.

    Args:
        rows: The images.
        top: How many classes to name, likeliest first; None: the likeliest, then the probability
            of every class in a column of its own.

    Returns:
        The table with a line of titles, lines ending as in RFC 4180. ``rejected`` is ``yes`` where
        the verdict is "none of these"; why there is no answer stands in the last column, ``error``.
    """
    given = list(rows)
    classes = next((each.classes for _, each in given if isinstance(each, Prediction)), ())
    width = len(classes) + 3 if top is None else 2 * top + 1
    table = [_titles(classes, top)]
    for name, verdict in given:
        if isinstance(verdict, Prediction):
            table.append([name, *_cells(verdict, top, width), ""])
        else:
            table.append([name, *[""] * width, str(verdict.message)])
    return table_csv(table)


def table_csv(table: Iterable[Sequence[str]]) -> str:
    """Write any table for spreadsheets, as :func:`answers_csv` describes it.

    Args:
        table: Its lines, the one of titles first.
    """
    text = io.StringIO()
    csv.writer(text).writerows([_plain(cell) for cell in line] for line in table)
    return text.getvalue()


def write_csv(path: Path, text: str) -> None:
    """Replace a file by a table, in UTF-8 with the mark that tells Excel so.

    Args:
        path: The file.
        text: What :func:`table_csv` gave.

    Raises:
        StorageError: If it cannot be written.
    """
    atomic.write_bytes(path, text.encode("utf-8-sig"))


def answers_json(rows: Iterable[Row], *, top: int | None = None) -> str:
    """Write answers as a JSON list, one object an image.

    Args:
        rows: The images.
        top: How many classes to name, likeliest first; None: all.

    Returns:
        The document: ``path``, ``top`` (``label`` and ``probability``) and ``rejected`` (whether
        the verdict is "none of these"), or ``path``, ``error`` and ``hint``.
    """
    # One by one: all documents at once take some ten times the room of their text.
    documents = (
        json.dumps(answer_document(*row, top), indent=1, ensure_ascii=False, allow_nan=False)
        for row in rows
    )
    return "[\n" + ",\n".join(documents) + "\n]\n"


def answer_document(
    name: str, verdict: Prediction | FailedImage, top: int | None = None
) -> dict[str, Any]:
    """One image of :func:`answers_json`.

    Args:
        name: Name or path of the image.
        verdict: What was said about it.
        top: How many classes to name; None: all.
    """
    if isinstance(verdict, FailedImage):
        return {
            "path": _whole(name),
            "error": str(verdict.message),
            "hint": str(verdict.hint or ""),
        }
    answers = verdict.top(len(verdict.classes) if top is None else top)
    return {
        "path": _whole(name),
        "top": [{"label": each.label, "probability": each.probability} for each in answers],
        "rejected": verdict.rejected,
    }


def _titles(classes: tuple[str, ...], top: int | None) -> list[str]:
    if top is None:
        return ["path", "answer", "confidence", *classes, "rejected", "error"]
    ranked = (f"{name}_{k}" for k in range(1, top + 1) for name in ("label", "probability"))
    return ["path", *ranked, "rejected", "error"]


def _cells(prediction: Prediction, top: int | None, width: int) -> list[str]:
    """What stands between path and error, filled up to a width."""
    if top is None:
        best = prediction.best
        every = [f"{value:.6f}" for value in prediction.probabilities]
        cells = [best.label, f"{best.probability:.6f}", *every]
    else:
        pairs = ((each.label, f"{each.probability:.6f}") for each in prediction.top(top))
        cells = [cell for pair in pairs for cell in pair]
    return [*cells, *[""] * (width - 1 - len(cells)), "yes" if prediction.rejected else "no"]


def _plain(text: str) -> str:
    """A text that no spreadsheet computes."""
    shown = _whole(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _whole(text: str) -> str:
    """Names of files may hold bytes that are no UTF-8; they are written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
