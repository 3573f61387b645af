"""Where a check-out keeps its environment, and what that environment must hold."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# Raise it when this file changes what an environment holds, so that existing ones are renewed.
RECIPE = 1
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of one check-out lies.

    Attributes:
        root: Folder with pyproject.toml.
        venv: The environment.
        python: The environment's interpreter.
        stamp: Says that the environment is whole, and for what.
        log: What the package tools printed.
        lock: Held by the process that sets up.
        constraints: The pins.
        pyproject: The project's metadata.
    """

    root: Path
    venv: Path
    python: Path
    stamp: Path
    log: Path
    lock: Path
    constraints: Path
    pyproject: Path

    @classmethod
    def of(cls, root: Path) -> Layout:
        """Return the layout of the check-out in `root`."""
        venv = root / ".venv"
        python = Path("Scripts", "python.exe") if os.name == "nt" else Path("bin", "python")
        return cls(
            root=root,
            venv=venv,
            python=venv / python,
            stamp=venv / "bootstrap.json",
            log=venv / "bootstrap.log",
            lock=root / ".bootstrap.lock",
            constraints=root / "packaging" / "constraints.txt",
            pyproject=root / "pyproject.toml",
        )

    def script(self, name: str) -> Path:
        """Return the path of a command that a package installed into the environment."""
        return self.python.with_name(f"{name}.exe" if os.name == "nt" else name)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a whole environment was made for.

    Attributes:
        key: Hash of everything that decides its contents, see `environment_key`.
        root: Folder of the project then; an environment cannot be moved.
        dev: Whether the developers' tools are in it.
        gpu: Whether torch in it is to use an NVIDIA card.
    """

    key: str
    root: str
    dev: bool
    gpu: bool

    @classmethod
    def read(cls, path: Path) -> Stamp | None:
        """Return the stamp in a file, or None where there is no complete one."""
        try:
            return cls(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Write the stamp; a crash leaves either none or a complete one."""
        temporary = path.with_suffix(".new")
        temporary.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        temporary.replace(path)

    def serves(self, key: str, *, dev: bool) -> bool:
        """Tell whether the environment is right for a key and for the wish for tools."""
        return self.key == key and (self.dev or not dev)


def environment_key(*, constraints: str, project: dict[str, Any], python: str, gpu: bool) -> str:
    """Hash everything that decides what the environment must hold.

    Args:
        constraints: Text of the pins.
        project: Parsed pyproject.toml; only the parts that an installation sees are used, so
            that a changed linter rule costs no set-up.
        python: Version of Python, "3.11".
        gpu: Whether torch is to use an NVIDIA card.
    """
    seen = {name: project.get(name) for name in ("project", "build-system")}
    seen["hatch"] = project.get("tool", {}).get("hatch")
    facts = [RECIPE, constraints, seen, python, gpu, platform.system(), platform.machine()]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def read_pins(constraints: str) -> dict[str, str]:
    """Return normalised package name ("pyside6-essentials") → version from a constraints file."""
    found = (_PIN.match(line) for line in constraints.splitlines())
    return {normal_name(match[1]): match[2] for match in found if match}


def normal_name(name: str) -> str:
    """Write a package's name as all its spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements_of(project: dict[str, Any], *, dev: bool) -> list[str]:
    """Return what to install beside the project: to run it, to link it in, and to work on it."""
    metadata = project["project"]
    wanted: list[str] = list(metadata["dependencies"])
    # "editables" is what hatchling asks for when it links a check-out into an environment.
    wanted += [*project["build-system"]["requires"], "editables"]
    if dev:
        wanted += metadata.get("optional-dependencies", {}).get("dev", [])
    return wanted
