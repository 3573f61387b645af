"""``effnet-studio predict``."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.options import AsJson, Device, ModelPath, RunId
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.predict.filing import How

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.cli.terminal import Job
    from effnet_studio.engine.predict.answers import FailedImage, Prediction
    from effnet_studio.engine.predict.filing import Filing
    from effnet_studio.engine.predict.journal import AnswerJournal
    from effnet_studio.engine.predict.predictor import Predictor

    Verdicts = Sequence[Prediction | FailedImage]


def predict(
    model: ModelPath,
    images: Annotated[
        list[Path], typer.Argument(metavar="IMAGE...", help="Images, or folders of them.")
    ],
    *,
    top: Annotated[int, typer.Option(min=1, help="How many classes to name.")] = 5,
    run: RunId = None,
    table: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Also write the answers as a table to a file."),
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write all probabilities as JSON to a file."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on with a table that was stopped (with --csv)."),
    ] = False,
    sort_into: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Also copy the images into one folder for each class there."
        ),
    ] = None,
    how: Annotated[How, typer.Option(help="How images are sorted; never moved.")] = How.COPY,
    least: Annotated[
        float,
        typer.Option(min=0, max=1, help='Less likely answers are sorted into "unsure".'),
    ] = 0.0,
    nearest: Annotated[
        int, typer.Option(min=0, help="Also name so many training images that are most alike.")
    ] = 0,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Say what is on pictures."""
    from effnet_studio.cli import render
    from effnet_studio.cli.likeness import find_likeness, likeness_document, likeness_table
    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.predict.filing import file_images
    from effnet_studio.engine.predict.predictor import load_predictor
    from effnet_studio.engine.predict.tables import answer_document

    if resume and table is None:
        raise typer.BadParameter("--resume needs --csv: the table to go on with")
    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        predictor = load_predictor(model, run=run, device=device)
        asked = _Asked(images, table, sort_into, top=top, resume=resume)
        verdicts = _judge(predictor, asked, terminal, job)
        _write(verdicts, json_file)
        like = find_likeness(predictor, verdicts, nearest, job) if nearest else []
        filing = None
        if sort_into is not None:
            rows = [(verdict.path or Path(), verdict) for verdict in verdicts]
            filing = file_images(
                rows,
                sort_into.absolute(),
                how=how,
                least=least,
                on_event=job.on_event,
                cancel=job.cancel,
            )
    terminal.emit(
        [
            answer_document(str(verdict.path), verdict, top) | likeness_document(each)
            for verdict, each in zip_longest(verdicts, like)
        ],
        *([str(predictor.note)] if predictor.note is not None else []),
        render.predictions_table(verdicts, top),
        *([likeness_table(verdicts, like)] if like else []),
        *(_filing_lines(filing) if filing is not None else []),
    )
    if not any(isinstance(verdict, Prediction) for verdict in verdicts):
        terminal.remark(f"error: none of {len(verdicts)} files is an image that can be judged")
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Asked:
    """What a batch is about.

    Attributes:
        images: Files and folders.
        table: Where the answers are written; None: nowhere.
        sorted: Folder of images that were sorted before, which are not judged again.
        top: Classes named in the table.
        resume: Whether a table that was stopped is gone on with.
    """

    images: Sequence[Path]
    table: Path | None
    sorted: Path | None
    top: int
    resume: bool


def _judge(predictor: Predictor, asked: _Asked, terminal: Terminal, job: Job) -> Verdicts:
    """Judge all images; those of a table are kept as they come."""
    from effnet_studio.engine.predict.batch import expand, predict_batch

    entries = expand(asked.images)
    if asked.sorted is not None:
        folder = asked.sorted.absolute()
        # Only where it lies inside what is judged: who names a sorted folder itself means it.
        if any(image.absolute() in folder.parents for image in asked.images):
            entries = [
                entry
                for entry in entries
                if not (isinstance(entry, Path) and entry.absolute().is_relative_to(folder))
            ]
    if asked.table is None:
        return predict_batch(predictor, entries, on_event=job.on_event, cancel=job.cancel)
    with _open_journal(asked.table, predictor, resume=asked.resume) as journal:
        if len(journal):
            terminal.remark(f"Going on: {len(journal):,} files were judged before.")
        try:
            verdicts = predict_batch(
                predictor,
                entries,
                known=journal.known,
                on_verdict=journal.add,
                on_event=job.on_event,
                cancel=job.cancel,
            )
        except BaseException:
            if len(journal):
                terminal.remark(f"{len(journal):,} answers are kept; go on with --resume.")
            raise
        _write(verdicts, asked.table, top=asked.top)
        journal.remove()
    return verdicts


def _open_journal(table: Path, predictor: Predictor, *, resume: bool) -> AnswerJournal:
    """Open the answers so far, which lie beside the table."""
    from effnet_studio.engine.errors import StorageError
    from effnet_studio.engine.messages import msg
    from effnet_studio.engine.predict.journal import AnswerJournal

    path = table.absolute().with_name(f"{table.name}.part")
    if path.exists() and not resume:
        raise StorageError(
            msg("A table that was stopped waits in {name}.", name=path.name),
            hint=msg("Add --resume to go on with it, or delete that file to begin anew."),
            path=path,
        )
    return AnswerJournal(path, predictor)


def _write(verdicts: Verdicts, path: Path | None, *, top: int | None = None) -> None:
    """Write all answers to a file: a table, or JSON without ``top``."""
    from effnet_studio.engine import atomic
    from effnet_studio.engine.predict.tables import answers_csv, answers_json, write_csv

    if path is not None:
        rows = ((str(verdict.path), verdict) for verdict in verdicts)
        if top is None:
            atomic.write_text(path.absolute(), answers_json(rows))
        else:
            write_csv(path.absolute(), answers_csv(rows, top=top))


def _filing_lines(filing: Filing) -> list[str]:
    lines = [f"Sorted into {filing.folder}:"]
    lines += [f"  {name}: {count:,}" for name, count in sorted(filing.counts.items())]
    if filing.already:
        lines.append(f"  {filing.already:,} of them were there already")
    lines += [f"  {each.path}: {each.message}" for each in filing.problems]
    return lines
