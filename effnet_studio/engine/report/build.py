"""From facts to a report: what comes first, what it is called, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.messages import msg
from effnet_studio.engine.report.background import (
    appendix,
    images_section,
    limits_section,
    split_section,
    training_section,
)
from effnet_studio.engine.report.certainty import calibration_section
from effnet_studio.engine.report.content import (
    Bar,
    Block,
    Card,
    Column,
    KeyFigure,
    KeyFigures,
    Matrix,
    Paragraph,
    Picture,
    Report,
    Section,
    Sheet,
    Table,
)
from effnet_studio.engine.report.figures import (
    class_figures,
    confusions,
    count_text,
    metrics_of,
    percent,
)
from effnet_studio.engine.report.limits import part_remark, part_title, warnings

if TYPE_CHECKING:
    from effnet_studio.engine.report.content import Cell, Text
    from effnet_studio.engine.report.facts import Facts
    from effnet_studio.engine.report.figures import ClassFigures, Metric
    from effnet_studio.engine.report.worst import Mistake

MATRIX_CLASSES: Final = 30
"""Classes up to which the confusion matrix is a grid; with more only its largest cells are read."""

MOST_PAIRS: Final = 20
MOST_CLASSES: Final = 60


def build_report(facts: Facts) -> Report:
    """Write a report, without saying yet how it looks.

    Args:
        facts: What is known.

    Returns:
        The report.
    """
    sections = [
        _figures_section(facts),
        _classes_section(facts),
        _confusion_section(facts),
        _mistakes_section(facts),
        calibration_section(facts),
        images_section(facts),
        split_section(facts),
        training_section(facts),
        limits_section(facts),
        *appendix(facts),
    ]
    return Report(
        title=facts.project,
        subtitle=msg(
            "{run}, {model}: how well it recognises {images} {part}.",
            run=facts.run.title,
            model=facts.model_title,
            images=count_text(facts.evaluation.images),
            part=part_title(facts),
        ),
        opening=_opening(facts),
        sections=tuple(sections),
    )


def _opening(facts: Facts) -> tuple[Block, ...]:
    evaluation = facts.evaluation
    shown = metrics_of(evaluation, facts.intervals)[:3]
    figures = [KeyFigure(each.words.title, each.text, _range(each)) for each in shown]
    wrong = int((evaluation.true != evaluation.predicted).sum())
    figures.append(
        KeyFigure(
            msg("Wrong answers"),
            count_text(wrong),
            msg("of {images} images", images=count_text(evaluation.images)),
        )
    )
    blocks: list[Block] = [KeyFigures(tuple(figures))]
    blocks += [Paragraph(each, "warning") for each in warnings(facts)]
    remark, grave = part_remark(facts)
    if not (grave or facts.learned or facts.chosen):
        blocks.append(Paragraph(remark))
    return tuple(blocks)


def _range(metric: Metric) -> Text:
    return msg("95 %: {range}", range=metric.interval)


def _figures_section(facts: Facts) -> Section:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (each.words.title, each.text, each.interval, each.words.hint)
        for each in metrics_of(facts.evaluation, facts.intervals)
    )
    heads = (
        Column(msg("Figure")),
        Column(msg("Value"), number=True),
        Column(msg("95 % interval"), number=True),
        Column(msg("What it says")),
    )
    part = Paragraph(
        msg(
            "All figures are of {images} {part}.",
            images=count_text(facts.evaluation.images),
            part=part_title(facts),
        ),
        "muted",
    )
    return Section("figures", msg("Figures"), (part, Table(msg("Figures"), heads, rows)))


def _classes_section(facts: Facts) -> Section:
    found = class_figures(facts.evaluation, facts.intervals)
    shown = found[:MOST_CLASSES]
    text = msg("The class that is recognised worst comes first.")
    if len(shown) < len(found):
        text = msg(
            "The {count} classes that are recognised worst, of {all}.",
            count=len(shown),
            all=count_text(len(found)),
        )
    heads = (
        Column(msg("Class")),
        Column(msg("Images"), number=True),
        Column(msg("Recognised"), number=True),
        Column(msg("95 % interval"), number=True),
        Column(""),
        Column(msg("Class precision"), number=True),
        Column(msg("F1"), number=True),
    )
    table = Table(msg("Each class"), heads, tuple(_class_row(each) for each in shown))
    note = msg(
        "Recognised: share of the images of the class (recall). Class precision: share of the "
        "answers with its name that are right. F1: both taken together."
    )
    return Section("classes", msg("Each class"), (Paragraph(text), table, Paragraph(note, "muted")))


def _class_row(each: ClassFigures) -> tuple[Cell, ...]:
    shares = [
        "–" if share is None else percent(share) for share in (each.recall, each.precision, each.f1)
    ]
    interval, bar = "–", Bar(0.0)
    if each.recall is not None:
        interval = f"{100 * each.recall_low:.0f} – {100 * each.recall_high:.0f} %"
        bar = Bar(each.recall, each.recall_low, each.recall_high)
    return each.label, count_text(each.images), shares[0], interval, bar, shares[1], shares[2]


def _confusion_section(facts: Facts) -> Section:
    evaluation = facts.evaluation
    pairs = confusions(evaluation, MOST_PAIRS)
    blocks: list[Block] = []
    if 1 < len(evaluation.classes) <= MATRIX_CLASSES:
        blocks.append(
            Matrix(
                msg("Images by class (rows) and answer (columns)"),
                evaluation.classes,
                tuple(tuple(row) for row in evaluation.confusion.tolist()),
            )
        )
    if not pairs:
        blocks.append(Paragraph(msg("Every image was recognised.")))
    else:
        heads = (
            Column(msg("Class")),
            Column(msg("Taken for")),
            Column(msg("Images"), number=True),
            Column(msg("Of its images"), number=True),
            Column(""),
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                pair.true,
                pair.predicted,
                count_text(pair.images),
                percent(pair.share),
                Bar(pair.share),
            )
            for pair in pairs
        )
        blocks.append(Table(msg("Most frequent mix-ups"), heads, rows, titled=True))
    return Section("confusion", msg("What is taken for what"), tuple(blocks))


def _mistakes_section(facts: Facts) -> Section:
    if not facts.worst:
        text = msg("Every image was recognised.")
        return Section("mistakes", msg("Worst mistakes"), (Paragraph(text),))
    text = msg(
        "The {count} wrong answers that gave the true class the least. Left: what the model sees. "
        "Right: where it looked for its answer; bright places counted most (Grad-CAM).",
        count=len(facts.worst),
    )
    if not any(each.pictures for each in facts.worst):
        text = msg(
            "The {count} wrong answers that gave the true class the least.", count=len(facts.worst)
        )
    cards = tuple(_card(each) for each in facts.worst)
    return Section("mistakes", msg("Worst mistakes"), (Paragraph(text), Sheet(cards)))


def _card(mistake: Mistake) -> Card:
    alts = (
        msg("{name}, as the model sees it", name=mistake.name),
        msg("The same with a map of where it looked"),
    )
    pictures = tuple(Picture(file, alt) for file, alt in zip(mistake.pictures, alts, strict=False))
    title = msg("{truth}, taken for {answer}", truth=mistake.true, answer=mistake.predicted)
    sure = msg(
        "{percent} sure; {truth}: {other}",
        percent=percent(mistake.confidence),
        truth=mistake.true,
        other=percent(mistake.true_probability),
    )
    return Card(title, pictures, (sure, mistake.name))
