"""The bootstrap's commands."""

from __future__ import annotations

import argparse
import io
import os
import platform
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

from boot.checks import run_checks
from boot.console import Runner, SetupError, child_environment, say
from boot.environment import Environment, only_one
from boot.explain import explain_os_error
from boot.layout import Layout
from boot.system import (
    apt_line,
    has_display,
    has_nvidia_gpu,
    is_root,
    missing_packages,
    provide_packages,
    require_venv_module,
    venv_package,
)

_INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run one command of the bootstrap; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    layout = Layout.of(Path(__file__).resolve().parents[2])
    try:
        return _COMMANDS[options.command](layout, options)
    except SetupError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(explain_os_error(error))
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again to go on.")
        return _INTERRUPTED


def _fail(sentence: str) -> int:
    print(f"\nError: {sentence}", file=sys.stderr, flush=True)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description="Set EffNet Studio up, start it, check it."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="open the window, or run the demo without a screen")
    run.add_argument("arguments", nargs="*", help="arguments of effnet-studio, after --")
    test = commands.add_parser("test", help="run every check of the project")
    test.add_argument("arguments", nargs="*", help="arguments of pytest, after --")
    setup = commands.add_parser("setup", help="only make the environment")
    setup.add_argument("--dev", action="store_true", help="with the developers' tools")
    commands.add_parser("check", help="say what is here and what is missing")
    return parser


def _run(layout: Layout, options: argparse.Namespace) -> int:
    window = has_display(platform.system(), os.environ)
    set_up(layout, dev=False, window=window)
    if options.arguments:
        return _studio(layout, options.arguments)
    if window:
        return _studio(layout, ["gui"])
    say("No screen here: doing the main job on the built-in sample instead.")
    return _studio(layout, ["demo"])


def _test(layout: Layout, options: argparse.Namespace) -> int:
    set_up(layout, dev=True, window=False)
    return run_checks(layout, options.arguments)


def _setup(layout: Layout, options: argparse.Namespace) -> int:
    set_up(layout, dev=options.dev, window=has_display(platform.system(), os.environ))
    say("Ready. Start with: python3 packaging/bootstrap.py run")
    return 0


def _check(layout: Layout, _options: argparse.Namespace) -> int:
    """Say what is here; 0 if `run` could start at once."""
    window = has_display(platform.system(), os.environ)
    environment = _environment(layout)
    ready, missing = environment.is_ready(dev=False), _missing(window=window)
    say(f"Python       {platform.python_version()} ({sys.executable})")
    say(f"System       {platform.system()} {platform.machine()}")
    say(f"Screen       {'yes' if window else 'no'}")
    say(f"NVIDIA card  {'yes' if has_nvidia_gpu(os.environ) else 'no'}")
    say(f"Environment  {'ready' if ready else 'not set up'} ({layout.venv})")
    say(f"Developers   {'ready' if environment.is_ready(dev=True) else 'tools not set up'}")
    say(f"System parts {apt_line(missing, sudo=not is_root()) if missing else 'complete'}")
    return 0 if ready and not missing else 1


_COMMANDS = {"run": _run, "test": _test, "setup": _setup, "check": _check}


def set_up(layout: Layout, *, dev: bool, window: bool) -> None:
    """Make everything ready, or find at once that it is.

    Args:
        layout: Where everything lies.
        dev: Whether the developers' tools are wanted.
        window: Whether a window will be opened.

    Raises:
        SetupError: If something needed cannot be had.
    """
    runner = Runner(layout.log, layout.root)
    environment = _environment(layout, runner)
    if environment.is_ready(dev=dev) and not _missing(window=window):
        return
    with only_one(layout.lock):
        started = time.monotonic()
        # Asked again: another set-up may have done it while we waited.
        ready, missing = environment.is_ready(dev=dev), _missing(window=window)
        if not ready:
            say("Setting EffNet Studio up (some minutes, once):")
            environment.drop_if_useless()
        missing += venv_package() if not layout.python.exists() else []
        complete = provide_packages(missing, runner)
        if not ready:
            if not layout.python.exists():
                require_venv_module(missing)
            _make(environment, runner, dev=dev)
            minutes = (time.monotonic() - started) / 60
            say(f"Set up in {minutes:.1f} min: {runner.traffic}. Log: {layout.log}")
    if not complete and (window or dev):
        _require_qt(layout, runner, missing)


def _make(environment: Environment, runner: Runner, *, dev: bool) -> None:
    try:
        environment.make(dev=dev)
    except SetupError as error:
        log = f" Details: {runner.log_path}" if runner.log_path.exists() else ""
        raise SetupError(f"{error}{log}") from error


def _environment(layout: Layout, runner: Runner | None = None) -> Environment:
    return Environment(
        layout,
        runner or Runner(layout.log, layout.root),
        project=tomllib.loads(layout.pyproject.read_text("utf-8")),
        gpu=has_nvidia_gpu(os.environ),
    )


def _missing(*, window: bool) -> list[str]:
    """Return missing system packages; Windows and macOS have all that Qt needs."""
    return missing_packages(window=window) if platform.system() == "Linux" else []


def _require_qt(layout: Layout, runner: Runner, missing: list[str]) -> None:
    """Stop with a plain sentence if Qt cannot be loaded for want of system packages.

    Raises:
        SetupError: If it cannot.
    """
    command = [str(layout.python), "-c", "import PySide6.QtWidgets"]
    if runner.run(command, env=child_environment()).code != 0:
        raise SetupError(
            "The window's toolkit (Qt) cannot be loaded without some system packages. Install "
            f"them, then run the same command again: {apt_line(missing, sudo=not is_root())}"
        )


def _studio(layout: Layout, arguments: Sequence[str]) -> int:
    """Run the effnet-studio command in the environment; return its exit status."""
    command = [str(layout.python), "-m", "effnet_studio", *arguments]
    # Ctrl-C reaches the child too; wait for the end it chooses.
    process = subprocess.Popen(command, env=child_environment())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
