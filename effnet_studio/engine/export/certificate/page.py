"""The certificate as one page for a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine import atomic
from effnet_studio.engine.data.files.thumbnails import THUMBNAIL_SIDE, shrink
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.export.certificate.record import SAME_PROBABILITY, told_share
from effnet_studio.engine.export.certificate.tried import attempts_section
from effnet_studio.engine.export.certificate.verdict import part_name, shortcomings
from effnet_studio.engine.export.formats import spec_of
from effnet_studio.engine.export.targets import TARGETS
from effnet_studio.engine.images import load_image
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.report.content import (
    Block,
    Bullets,
    Card,
    Column,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Report,
    Section,
    Sheet,
    Table,
)
from effnet_studio.engine.report.figures import megabytes, percent, signed_points
from effnet_studio.engine.report.html import report_html
from effnet_studio.engine.web_page import jpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.export.certificate.record import ExportResult, PartCheck
    from effnet_studio.engine.report.content import Cell, Text

_SHOWN: Final = 12
"""Images with another answer that the page has pictures of."""


def write_page(
    result: ExportResult,
    dataset: Dataset,
    *,
    words: Callable[[Message], str] = str,
    language: str = "en",
) -> None:
    """Write the certificate beside the file, as a page.

    Args:
        result: What was measured.
        dataset: Its images are those that file and app judged.
        words: Says messages in the reader's language.
        language: Which that is, such as ``"zh_CN"``.

    Raises:
        StorageError: If it cannot be written.
    """
    report = certificate_report(result, dataset)
    atomic.write_text(result.page_file, report_html(report, words=words, language=language))


def certificate_report(result: ExportResult, dataset: Dataset) -> Report:
    """Say what is known of an exported file, without saying yet how it looks.

    Args:
        result: What was measured.
        dataset: Its images are those that file and app judged.

    Returns:
        The page.
    """
    model = get_spec(result.model).title
    sections = [*_comparison(result), *_differing(result, dataset), *attempts_section(result)]
    return Report(
        title=msg("Certificate of {file}", file=result.file.name),
        subtitle=msg(
            "{model} · {format} · {moment}",
            model=model,
            format=spec_of(result.format).title,
            moment=result.created.replace("T", " ").removesuffix("+00:00") + " UTC",
        ),
        opening=(*_verdict(result), _key_figures(result)),
        sections=(*sections, *_speed(result), _origin(result)),
    )


def _verdict(result: ExportResult) -> Iterator[Block]:
    reasons = shortcomings(result)
    if reasons:
        yield Paragraph(msg("Not ready."), tone="warning")
        yield Bullets(reasons)
    elif result.budget_points is None:
        yield Paragraph(
            msg(
                "Ready. The file was opened again and gave the app's answer on every image; no "
                "probability differs by more than {points} points.",
                points=f"{100 * SAME_PROBABILITY:g}",
            )
        )
    else:
        yield Paragraph(
            msg(
                "Ready. The file was opened again and lost no more than the {points} points of "
                "accuracy it was allowed on the {part} images.",
                points=f"{result.budget_points:g}",
                part=part_name(result.parts[0].part),
            )
        )


def _key_figures(result: ExportResult) -> KeyFigures:
    size = KeyFigure(msg("Size"), megabytes(result.bytes))
    if not result.checked:
        return KeyFigures((size,))
    figures = [
        KeyFigure(
            msg("Same answers"),
            percent(told_share(result.agreement)),
            msg("{images} images", images=result.images),
        ),
        KeyFigure(
            msg("Largest difference"),
            _small_share(result.max_probability_difference),
            msg("of a probability"),
        ),
        KeyFigure(
            msg("Accuracy"),
            percent(result.accuracy),
            msg("app: {value}", value=percent(result.app_accuracy)),
        ),
        size,
    ]
    if result.latencies:
        last = result.latencies[-1]
        figures.append(
            KeyFigure(
                msg("Time for one image"),
                f"{last.median_ms:.1f} ms",
                msg("app: {value}", value=f"{last.app_median_ms:.1f} ms"),
            )
        )
    return KeyFigures(tuple(figures))


def _small_share(share: float) -> str:
    """A difference of probabilities, with more digits the smaller it is."""
    if 0 < share < 1e-5:
        return "<0.001\u00a0%"  # on one line, also beside other figures
    return f"{100 * share:.{1 if share >= 0.01 else 3}f} %"


def _comparison(result: ExportResult) -> Iterator[Section]:
    if not result.checked:
        return
    number = [Column(text, number=True) for text in _comparison_heads()]
    table = Table(
        caption=msg("File and app on the same image files"),
        columns=(Column(msg("Images")), *number),
        rows=tuple(_part_row(part) for part in result.parts),
    )
    notes: list[Block] = [table]
    skipped = result.skipped
    if skipped:
        notes.append(
            Paragraph(
                msg("{count} images could not be read and were left out.", count=skipped),
                tone="warning",
            )
        )
    notes.append(
        Paragraph(
            msg(
                "Both read every image from its file. Intervals are 95 %: those of accuracies are "
                "Wilson's, those of points lost are of paired answers."
            ),
            tone="muted",
        )
    )
    yield Section("comparison", msg("Compared with the app"), tuple(notes))


def _comparison_heads() -> tuple[Text, ...]:
    return (
        msg("Same answers"),
        msg("Accuracy"),
        "95 %",
        msg("App"),
        msg("Points lost"),
        "95 %",
        msg("Largest difference"),
    )


def _part_row(part: PartCheck) -> tuple[Cell, ...]:
    accuracy, (low, high) = part.accuracy_share, part.loss_limits
    return (
        part_name(part.part),
        msg("{same} of {images}", same=part.same, images=part.images),
        percent(part.accuracy),
        f"{100 * accuracy.low:.1f} – {percent(accuracy.high)}",
        percent(part.app_accuracy),
        signed_points(part.loss),
        f"{signed_points(low)} … {signed_points(high)}",
        _small_share(part.largest_difference),
    )


def _differing(result: ExportResult, dataset: Dataset) -> Iterator[Section]:
    if not result.differing:
        return
    samples = {sample.id: sample for sample in dataset.samples}
    cards = []
    for one in result.differing[:_SHOWN]:
        sample = samples.get(one.image)
        pictures: tuple[Picture, ...] = ()
        if sample is not None:
            try:
                pictures = (Picture(_small(sample.path), one.name),)
            except ImageError:
                pictures = ()
        cards.append(
            Card(
                title=msg("File: {answer}", answer=one.file or msg("none of these")),
                pictures=pictures,
                notes=(
                    msg("App: {answer}", answer=one.app or msg("none of these")),
                    msg("True class: {name}", name=one.true),
                    one.name,
                ),
            )
        )
    yield Section("differing", msg("Images with another answer"), (Sheet(tuple(cards)),))


def _small(path: Path) -> bytes:
    return jpeg(shrink(load_image(path, min_side=THUMBNAIL_SIDE)))


def _speed(result: ExportResult) -> Iterator[Section]:
    if not result.checked:
        return
    heads = (msg("Median"), msg("95th percentile"), msg("App"), msg("Rounds"))
    table = Table(
        caption=msg("Time of one image, without reading its file"),
        columns=(Column(msg("Threads")), *(Column(text, number=True) for text in heads)),
        rows=tuple(
            (
                str(one.threads),
                f"{one.median_ms:.1f} ms",
                f"{one.p95_ms:.1f} ms",
                f"{one.app_median_ms:.1f} ms",
                str(one.rounds),
            )
            for one in result.latencies
        ),
    )
    rows: list[tuple[Cell, ...]] = [
        (title, result.environment[key])
        for key, title in (
            ("system", msg("System")),
            ("processor", msg("Processor")),
            ("cores", msg("Cores")),
            ("program", msg("Run by")),
            ("python", msg("Python")),
        )
        if result.environment.get(key)
    ]
    if result.peak_memory is not None:
        rows.insert(0, (msg("Most memory of a process"), megabytes(result.peak_memory)))
    where = Table(
        caption=msg("Where that was measured"),
        columns=(Column(msg("What")), Column(msg("Value"))),
        rows=tuple(rows),
        headed=False,
    )
    blocks: tuple[Block, ...] = (table, where) if result.latencies else (where,)
    yield Section("speed", msg("Time and memory"), blocks)


def _origin(result: ExportResult) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (msg("Made for"), TARGETS[result.target].title),
        (msg("Training"), result.run),
        (msg("Classes"), str(result.classes)),
        (msg("Version of the dataset"), result.dataset_version),
        (msg("SHA-256 of the trained weights"), result.weights),
        *((msg("SHA-256 of {file}", file=name), digest) for name, digest in result.sha256.items()),
        (msg("Version of the app"), result.environment.get("effnet_studio", "")),
    ]
    table = Table(
        caption=msg("What the file is and where it came from"),
        columns=(Column(msg("What")), Column(msg("Value"))),
        rows=tuple(rows),
        headed=False,
    )
    return Section("origin", msg("Where it came from"), (table,))
