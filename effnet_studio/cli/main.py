"""The command ``effnet-studio``: its sub-commands, and how failures reach the user."""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from effnet_studio import __version__
from effnet_studio.cli import (
    answers,
    attention,
    benchmark,
    comparing,
    data,
    demo,
    doctor,
    editing,
    enough,
    explaining,
    export,
    exports,
    gpu_pack,
    guide,
    label_next,
    predicting,
    prepared,
    rejecting,
    reporting,
    runs,
    scaling,
    self_test,
    slices,
    suspects,
    training,
    watching,
    weights,
    window,
)
from effnet_studio.cli.terminal import STOPPED, make_console, print_json
from effnet_studio.engine.device import yield_while_waiting
from effnet_studio.engine.errors import Cancelled, StudioError
from effnet_studio.engine.gpu_pack.activate import activate

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUG_VARIABLE = "EFFNET_STUDIO_DEBUG"
"""Set to 1 to see tracebacks."""

app = typer.Typer(
    name="effnet-studio",
    help="Teach a computer to recognise your own images.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.command("import")(data.import_pictures)
editing.app.command("suspects")(suspects.suspects)
editing.app.command("label-next")(label_next.label_next)
app.add_typer(editing.app, name="data")
editing.app.command("prepare")(prepared.prepare)
editing.app.command("enough")(enough.enough)
app.command("train", epilog=training.settings_help())(training.train)
app.add_typer(runs.app, name="runs")
app.command("evaluate")(answers.evaluate)
app.command("threshold")(rejecting.threshold)
app.command("slices")(slices.slices)
app.command("report")(reporting.report)
app.command("predict")(predicting.predict)
app.command("watch")(watching.watch)
app.command("compare")(comparing.compare)
app.command("explain")(explaining.explain)
app.command("attention")(attention.attention)
app.command("export")(export.export)
app.command("exports")(exports.exports)
app.add_typer(scaling.app, name="models")
scaling.app.command("benchmark")(benchmark.benchmark)
scaling.app.command("recommend")(benchmark.recommend)
app.add_typer(weights.app, name="weights")
app.add_typer(gpu_pack.app, name="gpu-pack")
app.command("guide")(guide.guide)
app.command("doctor")(doctor.doctor)
app.command("self-test")(self_test.self_test)
app.command("gui")(window.gui)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - called by typer with the option's value
    if wanted:
        sys.stdout.write(f"effnet-studio {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


def main() -> NoReturn:
    """Run the command line and end the program."""
    multiprocessing.freeze_support()  # in a frozen app, worker processes begin here too
    yield_while_waiting()
    activate()  # before anything imports PyTorch
    raise SystemExit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: As typed after the program's name.

    Returns:
        The exit code: 0 when all went well, 1 for an error (said in one line on standard error;
        with ``--json`` also as a document on standard output), 2 for wrong usage, 130 when the
        user stopped it.
    """
    _print_what_the_terminal_can_show()
    try:
        app(args=list(arguments), prog_name="effnet-studio")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Cancelled as error:
        make_console(error_stream=True).print(str(error))
        if "--json" in arguments:
            print_json({"error": str(error), "hint": "", "path": None})
        return STOPPED
    except StudioError as error:
        _report(error, str(error), arguments, hint=str(error.hint), path=error.path)
    except Exception as error:  # noqa: BLE001 - the outermost door: nothing is hidden by it
        text = f"{type(error).__name__}: {error} (this is a fault of the app; {DEBUG_VARIABLE}=1 "
        _report(error, text + "shows where)", arguments)
    return 1


def _report(
    error: Exception, text: str, arguments: Sequence[str], *, hint: str = "", path: Any = None
) -> None:
    if os.environ.get(DEBUG_VARIABLE) == "1":
        traceback.print_exception(error)
    line = " ".join(text.split())
    make_console(error_stream=True).print(f"error: {line}", style="red")
    if "--json" in arguments:
        message = error.message if isinstance(error, StudioError) else text
        document = {"error": str(message), "hint": hint}
        print_json({**document, "path": None if path is None else str(path)})


def _print_what_the_terminal_can_show() -> None:
    """Names of files may hold letters that an old terminal lacks; that is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
