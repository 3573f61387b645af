"""Programs beside an exported file, with what a reader must know to run them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from effnet_studio.paths import resources_dir

if TYPE_CHECKING:
    from effnet_studio.engine.messages import Message


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        text: What, in a sentence.
        command: What to type for it; empty: nothing.
    """

    text: Message
    command: str = ""


@dataclass(frozen=True)
class Part:
    """Files of one program.

    Attributes:
        title: What the program is.
        files: Text of each file by its name; they lie beside the model.
        about: What each file is, by its name.
        steps: How it is run.
    """

    title: Message
    files: dict[str, str]
    about: dict[str, Message]
    steps: tuple[Step, ...]


def in_quotes(text: str) -> str:
    """A text as it stands between double quotes in Python, C++, Java and JSON.

    Args:
        text: Any.
    """
    return json.dumps(text, ensure_ascii=False)[1:-1]


def program_files(kind: str, **values: str | int) -> dict[str, str]:
    """Read the texts of a program that comes with the app, and put values into them.

    Args:
        kind: Name of the program's folder.
        **values: What stands for ``$name`` in the texts, always inside double quotes if it is
            text: it is escaped as Python, C++ and JSON want it there.

    Returns:
        Texts by file name.
    """
    texts = {
        name: in_quotes(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    # Only what is given is put in: CMake has dollars of its own.
    return {
        file.name: Template(file.read_text(encoding="utf-8")).safe_substitute(texts)
        for file in sorted((resources_dir() / "programs" / kind).iterdir())
        if file.is_file()
    }
