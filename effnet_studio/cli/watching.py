"""``effnet-studio watch``: says what is on pictures as they appear in a folder."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.options import Device, ModelPath, RunId
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.predict.answers import FailedImage, Prediction
    from effnet_studio.engine.predict.predictor import Predictor


def watch(
    model: ModelPath,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="What to watch, with all folders in it.")
    ],
    *,
    existing: Annotated[
        bool, typer.Option("--existing", help="Begin with the pictures that are there already.")
    ] = False,
    top: Annotated[int, typer.Option(min=1, help="How many classes to name.")] = 3,
    seconds: Annotated[
        float, typer.Option(min=0.01, metavar="S", help="Seconds from one look to the next.")
    ] = 1.0,
    run: RunId = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--csv", metavar="FILE", help="Also add each answer to a table, as it is known."
        ),
    ] = None,
    device: Device = "auto",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document a line for each picture.")
    ] = False,
) -> None:
    """Say what is on pictures as they appear in a folder, until Ctrl+C."""
    from effnet_studio.engine.errors import Cancelled
    from effnet_studio.engine.predict.predictor import load_predictor
    from effnet_studio.engine.predict.watch import watch_folder

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        answering = _Answering(
            load_predictor(model, run=run, device=device), terminal, job.cancel, top, table
        )
        terminal.remark(f"Watching {folder} (Ctrl+C ends it)")
        try:
            watch_folder(
                folder,
                answering.take,
                known=() if existing else None,
                seconds=seconds,
                on_event=job.on_event,
                cancel=job.cancel,
            )
        except Cancelled:  # the only way this ends well
            terminal.remark(answering.summary())


@dataclass
class _Answering:
    """Judges what the watch reports, and says it at once.

    Attributes:
        predictor: The model.
        terminal: Where to say it.
        cancel: Stops between two files.
        top: How many classes to name.
        table: File to add the answers to.
        judged: Pictures answered so far.
        failed: Files that could not be judged.
    """

    predictor: Predictor
    terminal: Terminal
    cancel: CancelToken
    top: int
    table: Path | None
    judged: int = 0
    failed: int = 0

    def take(self, files: list[Path]) -> None:
        """Judge files that have appeared."""
        from effnet_studio.engine.predict.batch import verdict_on
        from effnet_studio.engine.predict.pipeline import judge

        for judged in judge(self.predictor, files, images=len(files), cancel=self.cancel):
            self._say(verdict_on(judged, self.predictor))

    def summary(self) -> str:
        """What has been done, in one line."""
        failed = f", {self.failed:,} could not be judged" if self.failed else ""
        return f"{self.judged:,} pictures judged{failed}"

    def _say(self, verdict: Prediction | FailedImage) -> None:
        from effnet_studio.engine.predict.answers import Prediction
        from effnet_studio.engine.predict.tables import answer_document

        good = isinstance(verdict, Prediction)
        self.judged += good
        self.failed += not good
        if self.table is not None:
            add_row(self.table.absolute(), verdict, self.top)
        if self.terminal.as_json:
            line = json.dumps(
                answer_document(str(verdict.path), verdict, self.top), allow_nan=False
            )
        else:
            line = f"{verdict.path}: {_words(verdict, self.top)}"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _words(verdict: Prediction | FailedImage, top: int) -> str:
    from effnet_studio.engine.predict.answers import FailedImage

    if isinstance(verdict, FailedImage):
        return str(verdict.message)
    text = ", ".join(f"{each.label} {100 * each.probability:.1f} %" for each in verdict.top(top))
    return f"none of these ({text})" if verdict.rejected else text


def add_row(path: Path, verdict: Prediction | FailedImage, top: int) -> None:
    """Add one answer to a table, with the titles where the table is new.

    Args:
        path: The file, made where there is none.
        verdict: What was said about a picture.
        top: How many classes to name.

    Raises:
        StorageError: If it cannot be written.
    """
    from effnet_studio.engine.atomic import storage_errors
    from effnet_studio.engine.predict.tables import answers_csv

    text = answers_csv([(str(verdict.path), verdict)], top=top)
    with storage_errors(path), path.open("a", encoding="utf-8", newline="") as stream:
        # One write of a whole line to the end: whoever reads meanwhile sees no half of a row,
        # and what is there is never touched.
        stream.write(f"\ufeff{text}" if stream.tell() == 0 else text.split("\n", 1)[1])
