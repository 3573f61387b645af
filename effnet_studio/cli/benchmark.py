"""``effnet-studio models benchmark`` and ``models recommend``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.benchmark.guide import Where
from effnet_studio.engine.benchmark.plan import SIZES, USUAL_BUDGET, USUAL_MODELS, Runtime

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from effnet_studio.engine.benchmark.guide import Advice, Choice
    from effnet_studio.engine.benchmark.results import Measurement, Results, Timing

_COLUMNS = ("Input", "Runtime", "One image", "Quartiles", "Repeats", "Images/s", "Memory")
_TRAINING = ("Training, frozen", "Training, all")


def benchmark(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL...]", help=f"Architectures; by default {', '.join(USUAL_MODELS)}."
        ),
    ] = None,
    *,
    runtime: Annotated[
        list[Runtime] | None,
        typer.Option("--runtime", "-r", help="What computes; may be given again. Default: all."),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(
            "--size",
            metavar="N",
            help=f"Side of the input, {SIZES[0]} to {SIZES[1]} px; by default each model's own.",
        ),
    ] = None,
    budget: Annotated[
        float,
        typer.Option(
            "--budget",
            metavar="SECONDS",
            help="Time for measuring; making the ONNX files comes on top, 10 to 20 s a model.",
        ),
    ] = USUAL_BUDGET,
    training: Annotated[
        bool, typer.Option("--training/--no-training", help="Time training steps too.")
    ] = True,
    show: Annotated[
        bool, typer.Option("--show", help="Measure nothing, show what was measured before.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure how quickly models answer and learn on this computer, and their memory.

    The results are kept, and `models recommend` uses them. 8-bit files are made with ranges from
    random images: right for the time, useless for the answers.
    """
    from effnet_studio.engine.benchmark.measure import measure
    from effnet_studio.engine.benchmark.plan import make_plan
    from effnet_studio.engine.benchmark.results import load_results

    terminal = Terminal(as_json=as_json)
    if show:
        results = load_results()
    else:
        plan = make_plan(
            names or USUAL_MODELS,
            runtimes=runtime or tuple(Runtime),
            size=size,
            budget=budget,
            training=training,
        )
        with terminal.job() as job:
            results = measure(plan, on_event=job.on_event, cancel=job.cancel)
    terminal.emit(_results_document(results), *_results_report(results))


def recommend(
    where: Annotated[
        Where, typer.Option("--where", "-w", help="Where the trained model is to answer.")
    ] = Where.THIS,
    *,
    images: Annotated[
        int, typer.Option("--images", metavar="N", help="Images to learn from.")
    ] = 1000,
    ms: Annotated[
        float | None,
        typer.Option("--ms", metavar="N", help="Milliseconds an answer may take; default: any."),
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="As exact as possible; else good enough.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Recommend a model, from what was measured on this computer."""
    from effnet_studio.engine.benchmark import guide
    from effnet_studio.engine.benchmark.results import load_results, this_versions

    answers = guide.Answers(where, images, None if ms is None else ms / 1000, exact)
    advice = guide.recommend(answers, load_results().measurements, this_versions())
    Terminal(as_json=as_json).emit(_advice_document(advice), *_advice_report(advice))


def _results_document(results: Results) -> dict[str, Any]:
    from effnet_studio.engine.benchmark.results import is_old, results_document, this_versions

    versions = this_versions()
    document = results_document(results)
    for entry, measurement in zip(document["measurements"], results.measurements, strict=True):
        entry["old"] = is_old(measurement, versions)
    return document


def _results_report(results: Results) -> list[RenderableType]:
    from effnet_studio.cli.render import make_table
    from effnet_studio.engine.benchmark.results import is_old, this_versions

    if not results.measurements:
        return ["Nothing was measured on this computer yet."]
    versions = this_versions()
    old = [is_old(each, versions) for each in results.measurements]
    table = make_table("Model", *_COLUMNS, *_TRAINING)
    for measurement, mark in zip(results.measurements, old, strict=True):
        _add_row(table, measurement, mark="*" if mark else "")
    machine = results.machine
    lines: list[RenderableType] = [
        table,
        (
            f"{machine.processor}, {machine.cores} core(s), {machine.memory} GB, {machine.system}. "
            "Times are medians."
        ),
    ]
    return [*lines, "* measured with older libraries"] if any(old) else lines


def _add_row(table: Table, each: Measurement, *, mark: str) -> None:
    from effnet_studio.cli.render import megabytes

    latency, batches = each.latency, each.throughput
    table.add_row(
        each.model + mark,
        f"{each.size} px",
        each.runtime.value,
        f"{1000 * latency.median:.1f} ms",
        f"{1000 * latency.low:.1f} to {1000 * latency.high:.1f}",
        str(latency.repeats),
        "" if batches is None else f"{batches.per_second:.1f} (by {batches.batch})",
        "" if each.memory is None else megabytes(each.memory),
        _per_image(each.train_frozen),
        _per_image(each.train),
    )


def _per_image(timing: Timing | None) -> str:
    return "" if timing is None else f"{1000 * timing.median:.1f} ms/image"


def _advice_document(advice: Advice) -> dict[str, Any]:
    document = asdict(advice)
    document["choices"] = [_choice_document(choice) for choice in advice.choices]
    document["remark"] = str(advice.remark or "")
    return document


def _choice_document(choice: Choice) -> dict[str, Any]:
    return {
        **asdict(choice),
        "reasons": [str(reason) for reason in choice.reasons],
        "tradeoff": str(choice.tradeoff or ""),
    }


def _advice_report(advice: Advice) -> list[RenderableType]:
    from effnet_studio.cli.render import make_table, megabytes

    found: list[RenderableType] = []
    if advice.choices:
        table = make_table("", "Model", "One image", "ImageNet top-1", "File", "Why")
        for column in (1, 5):
            table.columns[column].justify = "left"
        for rank, choice in enumerate(advice.choices, start=1):
            about = " ".join(map(str, (*filter(None, [choice.tradeoff]), *choice.reasons[1:])))
            table.add_row(
                f"{rank}.",
                choice.model,
                _answer_time(choice),
                f"{choice.top1:.1f} %",
                megabytes(choice.file_bytes),
                about,
            )
        found.append(table)
    if advice.unfit:
        found.append(f"Too slow or too large: {', '.join(advice.unfit)}")
    return [*found, str(advice.remark)] if advice.remark is not None else found


def _answer_time(choice: Choice) -> str:
    if choice.seconds is None:
        return "unknown"
    return f"{'about ' if choice.estimated else ''}{1000 * choice.seconds:.1f} ms"
