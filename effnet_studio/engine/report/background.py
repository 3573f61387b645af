"""The sections of a report on what stands behind the figures: images, training, computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.report.content import (
    Block,
    Bullets,
    Chart,
    Charts,
    Column,
    Paragraph,
    Section,
    Series,
    Table,
)
from effnet_studio.engine.report.figures import count_text, percent
from effnet_studio.engine.report.limits import limits
from effnet_studio.engine.report.setting_words import all_settings, own_settings, setting_text

if TYPE_CHECKING:
    from effnet_studio.engine.report.content import Cell, Text
    from effnet_studio.engine.report.facts import Facts, PartCounts

MOST_CLASSES: Final = 60
"""Classes listed one by one; of more, so many of the smallest."""

MOST_EDITS: Final = 20


def images_section(facts: Facts) -> Section:
    """The images: how many of each class, what was changed and what was found.

    Args:
        facts: What is known.
    """
    blocks: list[Block] = [Paragraph(about_images(facts)), _class_table(facts)]
    if facts.findings:
        blocks.append(Paragraph(msg("What the checks found and nobody has mended:")))
        blocks.append(Bullets(facts.findings))
    else:
        blocks.append(Paragraph(msg("The checks found nothing to mend.")))
    blocks += _edits(facts)
    return Section("images", msg("Images"), tuple(blocks))


def about_images(facts: Facts) -> Message:
    """How many images the project has, and which version of them this is."""
    return msg(
        "{images} images of {classes} classes; version {version}.",
        images=count_text(sum(each.images for each in facts.counts)),
        classes=count_text(len(facts.counts)),
        version=facts.dataset_version[:12],
    )


def _class_table(facts: Facts) -> Table:
    shown, caption = facts.counts, msg("Images of each class")
    if len(shown) > MOST_CLASSES:
        shown = tuple(sorted(shown, key=lambda each: each.images)[:MOST_CLASSES])
        caption = msg("The {count} classes with the fewest images", count=MOST_CLASSES)
    rows: list[tuple[Cell, ...]] = [_count_row(each) for each in shown]
    sums = tuple(facts.images(split) for split in SPLITS)
    rows.append((msg("All classes"), *(count_text(each) for each in (*sums, sum(sums)))))
    return Table(
        caption,
        (
            Column(msg("Class")),
            Column(msg("Training"), number=True),
            Column(msg("Validation"), number=True),
            Column(msg("Test"), number=True),
            Column(msg("All"), number=True),
        ),
        tuple(rows),
        titled=True,
    )


def _count_row(each: PartCounts) -> tuple[Cell, ...]:
    numbers = (each.train, each.val, each.test, each.images)
    return each.label, *(count_text(number) for number in numbers)


def _edits(facts: Facts) -> list[Block]:
    if not facts.edits:
        return [Paragraph(msg("Nobody has changed a class or left an image out by hand."))]
    shown = facts.edits[-MOST_EDITS:]
    blocks: list[Block] = [
        Paragraph(msg("Changes made by hand: {count}", count=len(facts.edits))),
        Table(
            msg("Changes made by hand"),
            (Column(msg("When")), Column(msg("What"))),
            tuple((edit.made[:10], edit.title) for edit in reversed(shown)),
        ),
    ]
    if len(shown) < len(facts.edits):
        older = msg("The {count} latest are listed.", count=len(shown))
        blocks.append(Paragraph(older, "muted"))
    return blocks


def split_section(facts: Facts) -> Section:
    """How the images were divided.

    Args:
        facts: What is known.
    """
    division = facts.division
    total = sum(each.images for each in facts.counts)
    items: list[Text] = []
    if division.named:
        items.append(
            msg(
                "For {named} of {images} images the folder or table named the part.",
                named=count_text(division.named),
                images=count_text(total),
            )
        )
    if not division.named:
        items.append(
            msg(
                "They were drawn at random, each class separately: {shares}.", shares=_shares(facts)
            )
        )
    elif division.named < total:
        items.append(
            msg(
                "The others were drawn at random, each class separately: {shares}.",
                shares=_shares(facts),
            )
        )
    if division.named < total:
        items.append(msg("Copies and series of one moment were drawn together."))
        items.append(msg("Images that are added later never move the old ones."))
    changed = _changed(facts)
    if changed is not None:
        items.append(changed)
    return Section("split", msg("How they were divided"), (Bullets(tuple(items)),))


def _shares(facts: Facts) -> Message:
    division = facts.division
    if not division.test:
        return msg(
            "{val} % for validation, seed {seed}", val=f"{100 * division.val:g}", seed=division.seed
        )
    return msg(
        "{val} % for validation, {test} % for test, seed {seed}",
        val=f"{100 * division.val:g}",
        test=f"{100 * division.test:g}",
        seed=division.seed,
    )


def _changed(facts: Facts) -> Message | None:
    """How today's images differ from those of the training."""
    changes = facts.changes
    if changes is None:
        return msg("Which images the model was trained on is not remembered.")
    if not changes:
        return msg("They are the same images, in the same parts, as in the training.")
    return msg(
        "Images since the training: {added} added, {removed} taken away, {relabelled} given "
        "another class, {moved} moved to another part.",
        added=len(changes.added),
        removed=len(changes.removed),
        relabelled=len(changes.relabelled),
        moved=len(changes.moved),
    )


def training_section(facts: Facts) -> Section:
    """The model, what it began with, and how it was trained.

    Args:
        facts: What is known.
    """
    run = facts.run
    blocks: list[Block] = [_facts_table(msg("The model and its training"), _training_rows(facts))]
    own = own_settings(run)
    if own:
        blocks.append(
            Table(
                msg("Settings that are not what the preset fills in"),
                (Column(msg("Setting")), Column(msg("Value"))),
                own,
                titled=True,
            )
        )
    if run.epochs:
        blocks.append(_curves(facts))
    return Section("training", msg("Model and training"), tuple(blocks))


def _training_rows(facts: Facts) -> list[tuple[Text, Text]]:
    run, spec = facts.run, facts.spec
    rows: list[tuple[Text, Text]] = [(msg("Architecture"), facts.model_title)]
    if spec is not None:
        millions = msg("{count} million", count=f"{spec.parameters / 1e6:.1f}")
        rows.append((msg("Parameters"), millions))
    rows.append((msg("Input"), msg("{size} × {size} pixels", size=run.preprocess.size)))
    rows.append((msg("Began with"), facts.origin.description))
    if facts.origin.source:
        rows.append((msg("Source of these weights"), facts.origin.source))
    if facts.origin.licence:
        rows.append((msg("Their terms"), facts.origin.licence))
    rows += [
        (msg("Preset"), setting_text("preset", run.config.preset.value)),
        (msg("Started"), run.created[:10]),
        (msg("Epochs"), _epochs(facts)),
        (msg("Time"), duration(sum(epoch.seconds for epoch in run.epochs))),
        (
            msg("Temperature"),
            msg(
                "{value}: outputs are divided by it, so that probabilities mean what they say",
                value=f"{facts.temperature:.3f}",
            ),
        ),
    ]
    return rows


def _epochs(facts: Facts) -> Message:
    return msg(
        "{done} of {planned}; kept is epoch {best}, the best on the validation images",
        done=len(facts.run.epochs),
        planned=facts.run.config.epochs,
        best=facts.best_epoch,
    )


def duration(seconds: float) -> Message:
    """A length of time, as exact as is useful."""
    if seconds < 100:
        return msg("{count} s", count=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 100:
        return msg("{count} min", count=minutes)
    return msg("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def _curves(facts: Facts) -> Charts:
    epochs = facts.run.epochs
    x = tuple(float(epoch.epoch + 1) for epoch in epochs)
    best = float(facts.best_epoch) if facts.best_epoch else None
    names = (msg("Training"), msg("Validation"))
    loss = (tuple(e.train_loss for e in epochs), tuple(e.loss for e in epochs))
    right = (tuple(e.train_accuracy for e in epochs), tuple(e.accuracy for e in epochs))
    last = epochs[-1]

    def series(values: tuple[tuple[float, ...], ...]) -> tuple[Series, ...]:
        return (
            Series(names[0], x, values[0], color=0, style="dashed"),
            Series(names[1], x, values[1], color=1),
        )

    loss_alt = msg(
        "Loss over the epochs; at the end {train} in training, {val} in validation.",
        train=f"{last.train_loss:.3f}",
        val=f"{last.loss:.3f}",
    )
    right_alt = msg(
        "Accuracy over the epochs; at the end {train} in training, {val} in validation.",
        train=percent(last.train_accuracy),
        val=percent(last.accuracy),
    )
    kept = msg("kept")
    epoch = msg("Epoch")
    return Charts(
        (
            Chart(
                msg("Loss"), loss_alt, epoch, series(loss), whole=True, mark=best, mark_title=kept
            ),
            Chart(
                msg("Accuracy"),
                right_alt,
                epoch,
                series(right),
                percent="y",
                whole=True,
                mark=best,
                mark_title=kept,
            ),
        )
    )


def limits_section(facts: Facts) -> Section:
    """What the model cannot do.

    Args:
        facts: What is known.
    """
    return Section("limits", msg("Limits of use"), (Bullets(limits(facts)),))


def appendix(facts: Facts) -> tuple[Section, ...]:
    """All settings, and the computer that made the report.

    Args:
        facts: What is known.
    """
    settings = Table(
        msg("All settings of the training"),
        (Column(msg("Setting")), Column(msg("Value"))),
        all_settings(facts.run),
    )
    computer = _facts_table(
        msg("The computer that made this report"),
        [(fact.title, fact.value) for fact in facts.environment],
    )
    made = msg(
        "Made by EffNet Studio {app} on {date}. Intervals hold the true figure in 95 of 100 cases, "
        "if new images are like these.",
        app=facts.app,
        date=facts.made.strftime("%Y-%m-%d %H:%M"),
    )
    return (
        Section("settings", msg("All settings"), (settings,)),
        Section("environment", msg("Environment"), (computer, Paragraph(made, "muted"))),
    )


def _facts_table(caption: Message, rows: list[tuple[Text, Text]]) -> Table:
    heads = (Column(msg("What")), Column(msg("Value")))
    return Table(caption, heads, tuple(rows), headed=False)
