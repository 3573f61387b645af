"""Whether an export is what an installation that works makes, whatever its model is like.

A file in full precision must answer exactly like the app; there the model is no excuse. Of a file
of 8-bit integers the app promises to say how far it keeps to the model, not that every model can be
rounded: the sample's, trained in seconds, keeps the promise on one computer and misses it by one
image on the next. So the file must be close, and where it is not close enough, all ways must have
been tried and the certificate must say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.export.certificate.verdict import shortcomings
from effnet_studio.selftest.hands import CheckError

if TYPE_CHECKING:
    from effnet_studio.engine.export.certificate.record import ExportResult

_LEAST_AGREEMENT: Final = 0.9
"""Share of the same answers of any file that was rounded without a fault; arithmetic that does not
work on a processor brings a sixth of them, as guessing does."""


def judge_export(result: ExportResult) -> str:
    """Judge an exported file by its certificate.

    Args:
        result: The certificate.

    Returns:
        What it is like, in words.

    Raises:
        CheckError: If the file is not what it has to be.
    """
    from effnet_studio.engine.export.int8.search import WEIGHTS  # heavy; loaded by the export

    said = f"{result.bytes / 1e6:.1f} MB, same answer for {result.agreement:.1%} of the images"
    if result.ok:
        return said
    reasons = " ".join(map(str, shortcomings(result)))
    if result.budget_points is None or not (result.checked and result.notes_fit):
        raise CheckError(f"The file did not pass its check. {reasons}")
    if [tried.recipe for tried in result.attempts][-1:] != [WEIGHTS]:
        raise CheckError(f"Not every way to round it was tried. {reasons}")
    if result.agreement < _LEAST_AGREEMENT:
        raise CheckError(f"It is far from the model. {reasons}")
    return f"{said}; said to be not close enough"
