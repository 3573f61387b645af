"""A model card: what a model is for, how it was measured, and where not to use it.

Sections follow Mitchell et al., "Model Cards for Model Reporting" (FAT* 2019), figure 1. The head
is YAML as the Hugging Face Hub reads it (its documentation, "Model Cards"): every text in it is a
JSON string, which YAML reads as such. What the app cannot know is left to be filled in, in plain
sight.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.messages import msg
from effnet_studio.engine.report.background import about_images, duration
from effnet_studio.engine.report.certainty import ERROR_HINT, ERROR_TITLE, error_texts
from effnet_studio.engine.report.content import spoken
from effnet_studio.engine.report.figures import (
    class_figures,
    confusions,
    count_text,
    metrics_of,
    percent,
)
from effnet_studio.engine.report.limits import limits, part_remark, part_title, warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.content import Text
    from effnet_studio.engine.report.facts import Facts

    Say = Callable[[Text], str]

MOST_CLASSES: Final = 100
"""Rows of a table of classes."""

_MOST_PAIRS: Final = 10
_SPLITS: Final = {"train": "train", "val": "validation", "test": "test"}
"""What the Hub calls the parts."""

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~&])")


def model_card(facts: Facts, *, words: Callable[[Message], str] = str) -> str:
    """Write a model card.

    Args:
        facts: What is known.
        words: Says messages in the reader's language.

    Returns:
        Markdown with a YAML head.
    """

    def say(text: Text) -> str:
        return markdown(spoken(text, words))

    parts = (
        _details(facts, say),
        _intended_use(say),
        _factors(say),
        _metrics(facts, say),
        _data(facts, say),
        _analyses(facts, say),
        _caveats(facts, say),
    )
    body = [f"# {say(facts.project)}", "", say(_summary(facts)), ""]
    for part in parts:
        body += [*part, ""]
    return "\n".join([*_head(facts), *body])


def markdown(text: str) -> str:
    r"""Make a text safe inside Markdown, in tables too.

    Args:
        text: Any.

    Returns:
        The same with a ``\`` before each letter that means something there, on one line.
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _head(facts: Facts) -> Iterator[str]:
    evaluation = facts.evaluation
    yield "---"
    yield "license: unknown  # to fill in"
    yield "library_name: effnet-studio"
    yield "pipeline_tag: image-classification"
    yield f"tags: [image-classification, effnet-studio, {quoted(facts.run.model)}]"
    yield "metrics: [accuracy, f1]"
    yield "model-index:"
    yield f"  - name: {quoted(facts.project)}"
    yield "    results:"
    yield "      - task:"
    yield "          type: image-classification"
    yield "        dataset:"
    yield f"          name: {quoted(facts.outside or facts.project)}"
    yield "          type: imagefolder"
    yield f"          split: {_SPLITS.get(evaluation.split, 'test')}"
    yield "        metrics:"
    for metric in metrics_of(evaluation, facts.intervals):
        yield f"          - type: {_TYPES.get(metric.key, metric.key)}"
        yield f"            name: {quoted(str(metric.words.title))}"
        yield f"            value: {metric.value:.6f}"
    yield "---"
    yield ""


_TYPES: Final = {
    "macro_f1": "f1",
    "weighted_f1": "f1",
    "mcc": "matthews_correlation",
    "kappa": "cohen_kappa",
    "top5": "top_5_accuracy",
}
"""Names of figures as the Hub has them, where they differ."""


def quoted(text: str) -> str:
    """Write a text so that YAML reads the same text again.

    Args:
        text: Any.

    Returns:
        A JSON string, which YAML reads too; what cannot be printed is written as its number.
    """
    whole = json.dumps(text.encode("utf-8", "backslashreplace").decode(), ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in whole)


def _summary(facts: Facts) -> Message:
    return msg(
        "Tells {count} classes of images apart: {names}.",
        count=len(facts.evaluation.classes),
        names=", ".join(facts.evaluation.classes[:20])
        + (", …" if len(facts.evaluation.classes) > 20 else ""),
    )


def _heading(say: Say, title: Message) -> str:
    return f"## {say(title)}"


def _blank(say: Say, question: Message) -> str:
    """What only people know."""
    return f"- **{say(question)}** {say(msg('(to fill in)'))}"


def _row(say: Say, title: Message, value: Text) -> str:
    return f"- **{say(title)}:** {say(value)}"


def _details(facts: Facts, say: Say) -> Iterator[str]:
    run = facts.run
    yield _heading(say, msg("Model details"))
    yield ""
    yield _blank(say, msg("Who made it, and how to reach them:"))
    yield _row(say, msg("Made on"), run.created[:10])
    yield _row(say, msg("Name of the run"), run.title)
    yield _row(say, msg("Architecture"), facts.model_title)
    yield _row(say, msg("Input"), msg("{size} × {size} pixels", size=run.preprocess.size))
    yield _row(say, msg("Began with"), facts.origin.description)
    if facts.origin.source:
        yield _row(say, msg("Source of these weights"), facts.origin.source)
    if facts.origin.licence:
        yield _row(say, msg("Their terms"), facts.origin.licence)
    yield _row(
        say,
        msg("Training"),
        msg(
            "{epochs} epochs in {time} with EffNet Studio {app}",
            epochs=len(run.epochs),
            time=duration(sum(epoch.seconds for epoch in run.epochs)),
            app=facts.app,
        ),
    )
    yield _blank(say, msg("Licence of this model:"))


def _intended_use(say: Say) -> Iterator[str]:
    yield _heading(say, msg("Intended use"))
    yield ""
    yield _blank(say, msg("What it is for, and who should use it:"))
    yield _blank(say, msg("What it must not be used for:"))


def _factors(say: Say) -> Iterator[str]:
    yield _heading(say, msg("Factors"))
    yield ""
    yield _blank(say, msg("Where, when and with which cameras the images were taken:"))
    yield _blank(say, msg("Groups or conditions for which it may do worse:"))


def _metrics(facts: Facts, say: Say) -> Iterator[str]:
    yield _heading(say, msg("Metrics"))
    yield ""
    for metric in metrics_of(facts.evaluation, facts.intervals):
        yield _row(say, metric.words.title, metric.words.hint)
    yield _row(say, ERROR_TITLE, ERROR_HINT)


def _data(facts: Facts, say: Say) -> Iterator[str]:
    evaluation = facts.evaluation
    yield _heading(say, msg("Evaluation data"))
    yield ""
    yield say(
        msg(
            "{images} {part}; {classes} classes.",
            images=count_text(evaluation.images),
            part=part_title(facts),
            classes=len(evaluation.classes),
        )
    )
    yield ""
    yield say(part_remark(facts)[0])
    yield ""
    yield _heading(say, msg("Training data"))
    yield ""
    yield say(about_images(facts))
    yield ""
    heads = (msg("Class"), msg("Training"), msg("Validation"), msg("Test"))
    rows = [
        (each.label, str(each.train), str(each.val), str(each.test))
        for each in facts.counts[:MOST_CLASSES]
    ]
    yield from _table(say, heads, rows)
    if len(facts.counts) > MOST_CLASSES:
        yield ""
        yield say(msg("and {count} more classes", count=len(facts.counts) - MOST_CLASSES))
    yield ""
    yield _blank(say, msg("Where the images come from, and under which terms:"))


def _analyses(facts: Facts, say: Say) -> Iterator[str]:
    yield _heading(say, msg("Quantitative analyses"))
    yield ""
    heads: tuple[Message, ...] = (msg("Figure"), msg("Value"), msg("95 % interval"))
    metrics = [
        (metric.words.title, metric.text, metric.interval)
        for metric in metrics_of(facts.evaluation, facts.intervals)
    ]
    metrics.append((ERROR_TITLE, *error_texts(facts.calibration)))
    yield from _table(say, heads, metrics)
    yield ""
    heads = (
        msg("Class"),
        msg("Images"),
        msg("Recall"),
        msg("95 % interval"),
        msg("Class precision"),
    )
    rows: list[Sequence[Text]] = []
    for each in class_figures(facts.evaluation, facts.intervals)[:MOST_CLASSES]:
        known = each.recall is not None
        interval = f"{100 * each.recall_low:.0f} – {100 * each.recall_high:.0f} %"
        rows.append(
            (
                each.label,
                str(each.images),
                "–" if each.recall is None else percent(each.recall),
                interval if known else "–",
                "–" if each.precision is None else percent(each.precision),
            )
        )
    yield from _table(say, heads, rows)
    pairs = confusions(facts.evaluation, _MOST_PAIRS)
    if pairs:
        yield ""
        heads = (msg("Class"), msg("Taken for"), msg("Images"), msg("Of its images"))
        yield from _table(
            say,
            heads,
            [(p.true, p.predicted, str(p.images), percent(p.share)) for p in pairs],
        )


def _caveats(facts: Facts, say: Say) -> Iterator[str]:
    yield _heading(say, msg("Ethical considerations"))
    yield ""
    yield _blank(say, msg("People or private things in the images, and whether they agreed:"))
    yield _blank(say, msg("Whom a wrong answer could harm, and how:"))
    yield ""
    yield _heading(say, msg("Caveats and recommendations"))
    yield ""
    remark = part_remark(facts)[0]  # said where the images are described
    for sentence in (*(each for each in warnings(facts) if each != remark), *limits(facts)):
        yield f"- {say(sentence)}"


def _table(say: Say, heads: Sequence[Text], rows: Sequence[Sequence[Text]]) -> Iterator[str]:
    yield f"| {' | '.join(say(head) for head in heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(say(cell) for cell in row)} |"
