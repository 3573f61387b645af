"""``effnet-studio train``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli import worker
from effnet_studio.cli.given_settings import read_settings
from effnet_studio.cli.options import AsJson, ProjectPath
from effnet_studio.cli.terminal import STOPPED, Terminal
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.config import Preset, TrainConfig, make_config

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPTIONS = ("model", "weights", "preset", "epochs", "freeze")
"""Settings with an option of their own."""

_EMPTY = frozenset({"", "none", "null"})


def _option(field: str, **details: Any) -> Any:
    """An option whose help and bounds come from the schema of the settings."""
    schema = TrainConfig.model_json_schema()["properties"][field]
    details = {"min": schema.get("minimum"), "max": schema.get("maximum"), **details}
    return typer.Option(f"--{field}", help=schema["description"], **details)


def settings_help() -> str:
    """Every setting that has no option of its own, for the end of ``train --help``."""
    lines = ["Settings for --set:"]
    model = TrainConfig.model_json_schema()
    for name, schema in model["properties"].items():
        if name in _OPTIONS:
            continue
        reference = schema.get("$ref", "").rpartition("/")[2]
        choices = model["$defs"].get(reference, {}).get("enum", [])
        default = TrainConfig.model_fields[name].default
        details = [" | ".join(choices)] if choices else []
        details += [f"{default} {schema.get('unit', '')}".strip()] if default is not None else []
        shown = f" ({'; default '.join(details)})" if details else ""
        lines.append(f"{name}: {schema['description']}{shown}")
    return "\n\n".join(lines).replace("[", r"\[")


def train(
    project: ProjectPath,
    *,
    model: Annotated[str | None, _option("model", metavar="NAME")] = None,
    weights: Annotated[str | None, _option("weights", metavar="imagenet|starter|none|FILE")] = None,
    preset: Annotated[Preset, _option("preset")] = Preset.BALANCED,
    epochs: Annotated[int | None, _option("epochs", metavar="N")] = None,
    freeze: Annotated[int | None, _option("freeze", metavar="N")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="Any other setting, see below; repeatable."
        ),
    ] = None,
    config_file: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Take the settings from a file, such as the config.json of a run; other options "
            "and --set change some.",
        ),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What the new run is called.")
    ] = "",
    or_resume: Annotated[
        bool,
        typer.Option(
            "--or-resume",
            help="If there is a run of that name already, go on with it; if it is finished, do "
            "nothing. For jobs that a cluster starts again.",
        ),
    ] = False,
    resume: Annotated[
        str | None,
        typer.Option(
            "--resume", metavar="RUN", help="Go on with a training that was stopped or broken off."
        ),
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option(
            "--folds",
            min=2,
            help="For small sets: train so many times, each time checked on other pictures, and "
            "say how good the recipe is. No model is kept.",
        ),
    ] = None,
    find_rate: Annotated[
        bool,
        typer.Option(
            "--find-rate",
            help="Only find a learning rate: train a few steps at rates that rise. No model is "
            "kept.",
        ),
    ] = False,
    estimate: Annotated[
        bool,
        typer.Option(
            "--estimate", help="Only say what the training would take: time, memory and disk."
        ),
    ] = False,
    processes: Annotated[
        int,
        typer.Option(
            "--processes",
            min=1,
            help="Train with so many processes together, one for each graphics card for example.",
        ),
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Fine-tune a model on a project's pictures.

    Ctrl+C stops and keeps the best model so far.
    """
    chosen = {"model": model, "weights": weights, "epochs": epochs, "freeze": freeze}
    values: dict[str, Any] = {name: v for name, v in chosen.items() if v is not None}
    values.update(parse_settings(settings or []))
    own_preset = values.pop("preset", preset)
    if resume is not None and (
        values or name or config_file is not None or own_preset is not Preset.BALANCED
    ):
        raise ConfigError(
            msg("A training goes on with the settings it was begun with."),
            hint=msg("Give only --resume, or start a new training."),
        )
    config = _settings(config_file, own_preset, values)
    if or_resume and not name:
        raise ConfigError(
            msg("--or-resume looks for a run by its name."),
            hint=msg("Give the name with --name."),
        )
    terminal = Terminal(as_json=as_json)
    together = processes > 1 or worker.started_together()
    if together and (folds is not None or estimate or find_rate):
        raise ConfigError(
            msg("Several processes can only train."),
            hint=msg("Leave out --processes, or --folds, --estimate and --find-rate."),
        )
    if folds is not None:
        _cross_validate(terminal, project, config, folds)
        return
    if together:
        more = ["--name", name] if name else []
        more += ["--or-resume"] * or_resume + ["--json"] * as_json
        status = _train_together(project, config, processes, resume, more)
        if worker.started_together():
            worker.leave(status)
        raise typer.Exit(status)
    if estimate:
        _estimate(terminal, project, config)
        return
    if find_rate:
        _find_rate(terminal, project, config)
        return
    _train(terminal, project, config, resume, name, or_resume=or_resume)


def _settings(file: Path | None, preset: Preset | str, values: dict[str, Any]) -> TrainConfig:
    """The settings that the command line asks for."""
    if file is None:
        return make_config(preset, **values)
    if preset is not Preset.BALANCED:
        raise ConfigError(
            msg("The file has the settings of its preset."),
            hint=msg("Leave out --config or --preset."),
        )
    return read_settings(file, values)


def _train(
    terminal: Terminal,
    project: Path,
    config: TrainConfig,
    resume: str | None,
    name: str,
    *,
    or_resume: bool,
) -> None:
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import train_document
    from effnet_studio.cli.named_run import naming, run_named
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training import launch

    with Project.open(project) as opened, terminal.job() as job:
        known = run_named(opened, name) if or_resume else None
        if known is not None and not known.resumable:
            terminal.remark(f"{known.title} is finished; there is nothing left to train.")
            return
        resume = resume if known is None else known.run_id
        if resume is None:
            on_event = naming(opened, name, job.on_event)
            result = launch.train(opened, config, on_event=on_event, cancel=job.cancel)
        else:
            result = launch.resume(opened, resume, on_event=job.on_event, cancel=job.cancel)
    terminal.emit(train_document(result), *render.train_report(result))
    if result.stopped:
        raise typer.Exit(STOPPED)


def _cross_validate(terminal: Terminal, project: Path, config: TrainConfig, folds: int) -> None:
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.cross_validate import cross_validate

    with Project.open(project) as opened, terminal.job() as job:
        found = cross_validate(
            opened, config, folds=folds, on_event=job.on_event, cancel=job.cancel
        )
    each = ", ".join(f"{100 * accuracy:.1f} %" for accuracy in found.accuracies)
    terminal.emit(
        {
            "folds": folds,
            "accuracy": found.mean,
            "deviation": found.deviation,
            "accuracies": list(found.accuracies),
            "images": found.images,
        },
        f"Accuracy {100 * found.mean:.1f} % ± {100 * found.deviation:.1f} over {folds} folds "
        f"({each}), {found.images:,} images, each checked once",
    )


def _train_together(
    project: Path,
    config: TrainConfig,
    processes: int,
    resume: str | None,
    more: Sequence[str],
) -> int:
    """Write the settings where the processes find them, and start those, or be one of them."""
    import tempfile

    from effnet_studio.cli.together import run_together
    from effnet_studio.engine.project import Project

    with Project.open(project, read_only=True) as opened:  # what can be said once is said here
        run = None if resume is None else opened.find_run(resume).name
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "config.json"
        chosen = config.model_dump_json(include=config.model_fields_set)
        settings.write_text(chosen, encoding="utf-8")
        what = ("--config", str(settings)) if run is None else ("--resume", run)
        arguments = [str(project), *what, *more]
        if worker.started_together():
            return worker.main(arguments)
        return run_together(arguments, processes)


def _estimate(terminal: Terminal, project: Path, config: TrainConfig) -> None:
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.estimate import estimate

    with Project.open(project, read_only=True) as opened, terminal.job() as job:
        found = estimate(
            config, load_dataset(opened), cache_dir=opened.cache_dir, cancel=job.cancel
        )
    terminal.emit(
        {"seconds": found.seconds, "memory": found.memory, "disk": found.disk},
        f"About {found.seconds:,.0f} s, {found.memory / 1e9:.1f} GB of memory, "
        f"{found.disk / 1e6:,.0f} MB of disk",
    )


def _find_rate(terminal: Terminal, project: Path, config: TrainConfig) -> None:
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.rate_finder import find_learning_rate

    with Project.open(project, read_only=True) as opened, terminal.job() as job:
        sweep = find_learning_rate(
            config,
            load_dataset(opened),
            cache_dir=opened.cache_dir,
            on_event=job.on_event,
            cancel=job.cancel,
        )
    terminal.emit(
        {"suggestion": sweep.suggestion, "rates": sweep.rates, "losses": sweep.losses},
        f"The loss fell fastest at a learning rate of {sweep.suggestion:g}: use it with "
        f"--set learning_rate={sweep.suggestion:g}",
    )


def parse_settings(pairs: list[str]) -> dict[str, Any]:
    """Read ``key=value`` pairs; the schema converts and checks the values later.

    Args:
        pairs: As typed. An empty value or ``none`` empties a setting that may be empty.

    Returns:
        Names and values.

    Raises:
        ConfigError: If a pair has no ``=``.
    """
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or not name:
            raise ConfigError(
                msg("{pair} is not a setting.", pair=pair),
                hint=msg("Write key=value, for instance --set batch_size=16."),
            )
        field = TrainConfig.model_fields.get(name)
        may_be_empty = field is not None and field.default is None
        values[name] = None if may_be_empty and text.strip().lower() in _EMPTY else text.strip()
    return values
