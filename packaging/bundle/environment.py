"""The environment that a build is made in: the app's own packages at their pins, and PyInstaller.

It is the bootstrap's environment in another folder, so that what is packaged is what is tested.
"""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

from boot.console import Runner, SetupError, child_environment, say
from boot.environment import Environment, only_one
from boot.explain import explain_pip
from boot.layout import Layout

BUILD_TOOLS = ("pyinstaller", "pyinstaller-hooks-contrib")
"""What is installed beside the app to package it; none of it ends up in the package."""


def build_layout(root: Path) -> Layout:
    """Where the build's environment lies, apart from the developers' own.

    Args:
        root: Folder with pyproject.toml.
    """
    usual = Layout.of(root)
    venv = root / "build" / "env"
    return dataclasses.replace(
        usual,
        venv=venv,
        python=venv / usual.python.relative_to(usual.venv),
        stamp=venv / usual.stamp.name,
        log=root / "build" / "build.log",
        lock=root / "build" / ".lock",
    )


def make_environment(root: Path) -> Path:
    """Make the build's environment, or find it ready.

    torch is the build for the processor everywhere, also on a machine with an NVIDIA card: that is
    what is packaged.

    Args:
        root: Folder with pyproject.toml.

    Returns:
        The environment's Python.

    Raises:
        SetupError: If something needed cannot be had.
    """
    layout = build_layout(root)
    layout.log.parent.mkdir(exist_ok=True)
    runner = Runner(layout.log, layout.root)
    project = tomllib.loads(layout.pyproject.read_text("utf-8"))
    environment = Environment(layout, runner, project=project, gpu=False)
    with only_one(layout.lock):
        if not environment.is_ready(dev=False):
            say("Making the environment to build in (some minutes, once):")
            environment.drop_if_useless()
            environment.make(dev=False)
        if not _has_tools(layout, runner):
            _install_tools(layout, runner)
    return layout.python


def _has_tools(layout: Layout, runner: Runner) -> bool:
    ask = "import PyInstaller, _pyinstaller_hooks_contrib"
    return runner.run([str(layout.python), "-c", ask], env=child_environment()).code == 0


def _install_tools(layout: Layout, runner: Runner) -> None:
    say("  PyInstaller")
    constraints = ("--constraint", str(layout.constraints))
    command = [str(layout.python), "-m", "pip", "install", *constraints, *BUILD_TOOLS]
    done = runner.run(command, env=child_environment(PIP_DISABLE_PIP_VERSION_CHECK="1"))
    if done.code != 0:
        raise SetupError(explain_pip(done.output))
