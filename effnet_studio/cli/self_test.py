"""``effnet-studio self-test``."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from effnet_studio.cli.terminal import STOPPED, make_console
from effnet_studio.cli.window import import_app

if TYPE_CHECKING:
    from effnet_studio.selftest.report import Report, StepResult

LIMIT = 300.0
"""Seconds without a sign of progress: slow computers need their time, and none needs that much."""

_TITLE_WIDTH = 24


class SkippedStep(StrEnum):
    """Steps that nothing else needs, or that can be left out with what needs them."""

    EVALUATE = "evaluate"
    PREDICT = "predict"
    ONNX = "onnx"
    INT8 = "int8"
    GUIDE = "guide"
    DOCTOR = "doctor"
    LANGUAGE = "language"
    THEME = "theme"


JsonFile = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Also write the results as JSON."),
]
PicturesFolder = Annotated[
    Path | None,
    typer.Option("--pictures", metavar="DIR", help="Keep a picture of the window of each step."),
]
KeepFolder = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        metavar="DIR",
        help="Keep what was made, in a new folder there; otherwise it is deleted.",
    ),
]
Quick = Annotated[
    bool,
    typer.Option(
        "--quick",
        help="Train on smaller pictures and round less carefully: several times as quick.",
    ),
]
Limit = Annotated[
    float,
    typer.Option("--limit", min=1.0, help="Seconds to wait for any sign of progress."),
]
Skip = Annotated[
    list[SkippedStep] | None,
    typer.Option("--skip", help="Leave a step out, and what needs it; may be given several times."),
]


def self_test(
    *,
    json_file: JsonFile = None,
    pictures: PicturesFolder = None,
    keep: KeepFolder = None,
    quick: Quick = False,
    skip: Skip = None,
    limit: Limit = LIMIT,
) -> None:
    """Try everything out in the real window, and say whether it works on this computer.

    A window opens and moves by itself: it makes the sample, trains a model on it, evaluates it,
    recognises and explains pictures, exports files and compares their answers, opens the guide and
    the doctor, switches language and colours, and closes itself. Your settings and projects are not
    touched, and no other computer is asked for anything. Close the window or press Ctrl+C to stop.

    Ends with code 0 if every step was right and nothing complained, else with 1.
    """
    import_app()
    from effnet_studio.engine import atomic
    from effnet_studio.selftest.place import own_place
    from effnet_studio.selftest.run import SelfTest, Wishes

    if pictures is not None:
        with atomic.storage_errors(pictures):
            pictures.mkdir(parents=True, exist_ok=True)
    printer = _Printer(json_file)
    with own_place(keep) as place:
        left_out = frozenset(step.value for step in skip or ())
        wishes = Wishes(limit=limit, quick=quick, pictures=pictures, skip=left_out)
        report = SelfTest(wishes, place.root, on_step=printer.step, on_stuck=printer.end).run()
        printer.end(report)
        if keep is not None:
            printer.say(f"What was made is in {place.root}.")
    if report.stopped:
        raise typer.Exit(STOPPED)
    if not report.ok:
        raise typer.Exit(1)


class _Printer:
    """Says what each step came to, and at the end what all of it did.

    Args:
        json_file: Where the results are written, too.
    """

    def __init__(self, json_file: Path | None) -> None:
        self._json_file = json_file
        self._console = make_console(error_stream=False)
        marks = "✓✗–"
        try:
            marks.encode(sys.stdout.encoding or "ascii")
        except UnicodeEncodeError:
            self._marks = {"passed": "ok    ", "failed": "FAILED", "skipped": "-     "}
        else:
            self._marks = dict(zip(("passed", "failed", "skipped"), marks, strict=True))

    def step(self, result: StepResult) -> None:
        """Print a line for a step, and one for each thing that was wrong."""
        from effnet_studio.selftest.report import Outcome

        styles = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.SKIPPED: "dim"}
        line = Text(self._marks[result.outcome], style=styles[result.outcome])
        line.append(f" {result.title:{_TITLE_WIDTH}}", style="default")
        if result.outcome is Outcome.SKIPPED:
            line.append("           not tried: it needs a step that did not work", style="dim")
        else:
            line.append(f" {result.seconds:6.1f} s", style="default")
            line.append(f"  {result.detail}", style="dim")
        self._console.print(line)
        for problem in result.problems:
            self._console.print(f"  {problem}", style="red")

    def end(self, report: Report) -> None:
        """Print the verdict, and write the results."""
        self.say(report.versions)
        if report.stopped:
            self._console.print("Stopped before the end.", style="yellow")
        elif report.ok:
            self._console.print(
                f"Everything works here; it took {report.seconds:.0f} s.", style="green"
            )
        else:
            self._console.print("Something does not work; see above.", style="red")
        if self._json_file is not None:
            from effnet_studio.engine import atomic

            text = json.dumps(report.document(), indent=2) + "\n"
            atomic.write_text(self._json_file.absolute(), text)

    def say(self, text: str) -> None:
        """Print a line."""
        self._console.print(text, style="dim")
