"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """What pages can be written in."""

    ENGLISH = "en"
    CHINESE = "zh_CN"


AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON document on standard output and nothing else."),
]
ProjectPath = Annotated[
    Path, typer.Argument(metavar="PROJECT", help="Project folder, by custom NAME.effnet.")
]
ModelPath = Annotated[
    Path,
    typer.Argument(metavar="MODEL", help="A project, a run's folder or an exported .onnx file."),
]
RunId = Annotated[
    str | None,
    typer.Option(
        "--run",
        metavar="ID",
        help="Which training; the beginning of its name is enough. By default the newest.",
    ),
]
Device = Annotated[
    str, typer.Option("--device", help="Where to compute: auto, cpu, cuda, cuda:1 or mps.")
]
PageLanguage = Annotated[Language, typer.Option("--language", help="What it is written in.")]
