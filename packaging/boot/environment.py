"""The project's virtual environment: whether it is whole, and making it so."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from boot.console import Finished, Runner, SetupError, child_environment, say
from boot.explain import explain_pip
from boot.layout import Layout, Stamp, environment_key, read_pins, requirements_of
from boot.system import require_disk_space
from boot.torch_build import TorchInstaller

NEEDED_DISK_BYTES = 3_500_000_000
_TORCHVISION_CHECK = (
    "from effnet_studio.engine.torchvision_compat import import_torchvision; import_torchvision()"
)


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the set-up lock, waiting for another set-up to end; a dead owner's lock is free.

    Raises:
        SetupError: If the project's folder cannot be written.
    """
    try:
        handle = lock.open("a+b")
    except OSError as error:
        raise SetupError(
            f"Cannot write in {lock.parent} ({error.strerror}). Copy the project to a folder you "
            "own and run the command there."
        ) from error
    with handle:
        if not _try_lock(handle):
            say("Another set-up of this project is running; waiting for it to end ...")
            while not _try_lock(handle):
                time.sleep(0.5)
        yield


def _try_lock(handle: IO[bytes]) -> bool:
    """Take the lock if it is free; the system gives it back when the process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Environment:
    """Makes and mends the virtual environment of one check-out.

    Args:
        layout: Where everything lies.
        runner: Runs pip and its like.
        project: Parsed pyproject.toml.
        gpu: Whether torch is to use an NVIDIA card.
    """

    def __init__(
        self, layout: Layout, runner: Runner, *, project: dict[str, Any], gpu: bool
    ) -> None:
        self._layout = layout
        self._runner = runner
        self._project = project
        self._gpu = gpu
        constraints = layout.constraints.read_text("utf-8")
        self._pins = read_pins(constraints)
        self._python_version = f"{sys.version_info.major}.{sys.version_info.minor}"
        self._key = environment_key(
            constraints=constraints, project=project, python=self._python_version, gpu=gpu
        )
        self._torch = TorchInstaller(
            pip_install=self._pip_install,
            try_run=self._try_run,
            pins=self._pins,
            root=layout.root,
        )

    def is_ready(self, *, dev: bool) -> bool:
        """Tell whether the environment is whole and up to date; takes milliseconds."""
        stamp = Stamp.read(self._layout.stamp)
        return (
            stamp is not None
            and stamp.root == str(self._layout.root)
            and stamp.serves(self._key, dev=dev)
            and self._layout.python.exists()
        )

    def drop_if_useless(self) -> None:
        """Remove an environment that cannot be mended: moved, of another Python, or half made.

        Raises:
            SetupError: If it is the one that this very process runs in.
        """
        venv = self._layout.venv
        if not venv.exists() or self._is_mendable():
            return
        if Path(sys.prefix).resolve() == venv.resolve():
            raise SetupError(
                "The environment .venv must be made anew, and this command runs inside it. "
                "Type `deactivate`, then run the same command again."
            )
        say("  removing a .venv that is incomplete, moved or of another Python")
        shutil.rmtree(venv)

    def make(self, *, dev: bool) -> None:
        """Bring the environment to the state the pins and pyproject.toml ask for.

        Raises:
            SetupError: If a step fails; the next call goes on where this one stopped.
        """
        layout = self._layout
        old = Stamp.read(layout.stamp)
        if old is not None and old.gpu != self._gpu:
            # The other build of the same release would count as installed.
            self._try_run("-m", "pip", "uninstall", "-y", "torch", "torchvision")
        layout.stamp.unlink(missing_ok=True)
        if not layout.python.exists():
            require_disk_space(layout.root, NEEDED_DISK_BYTES)
            self._create()
        self._forget_half_installed()
        say("  pip")
        self._pip_install(f"pip=={self._pins['pip']}", progress="off")
        say("  torch and torchvision")
        self._torch.install(gpu=self._gpu)
        say("  the other packages")
        self._pip_install(*requirements_of(self._project, dev=dev))
        say("  EffNet Studio itself")
        self._pip_install("--no-deps", "--no-build-isolation", "-e", str(layout.root))
        self._check_torchvision()
        self._compile()
        root = str(layout.root)
        Stamp(key=self._key, root=root, dev=dev, gpu=self._gpu).write(layout.stamp)

    def _is_mendable(self) -> bool:
        layout = self._layout
        stamp = Stamp.read(layout.stamp)
        if stamp is not None and stamp.root != str(layout.root):
            return False
        try:
            settings = (layout.venv / "pyvenv.cfg").read_text("utf-8")
        except OSError:
            return False
        if not re.search(rf"^version\s*=\s*{re.escape(self._python_version)}\.", settings, re.M):
            return False
        if not layout.python.exists():
            return False
        return self._try_run("-m", "pip", "--version").code == 0

    def _create(self) -> None:
        say("  the environment .venv")
        command = [sys.executable, "-m", "venv", str(self._layout.venv)]
        made = self._runner.run(command, env=child_environment())
        if made.code != 0:
            raise SetupError(explain_pip(made.output))

    def _forget_half_installed(self) -> None:
        """Remove the names of packages whose installation was cut off, so pip installs them anew.

        pip writes a package's RECORD last; a package without one looks installed and is not.
        """
        for folder in self._layout.venv.glob("**/site-packages/*.dist-info"):
            if not (folder / "RECORD").is_file():
                say(f"  {folder.name.removesuffix('.dist-info')} was half installed; once more")
                shutil.rmtree(folder)

    def _check_torchvision(self) -> None:
        """Prove that torchvision works beside this torch; put it there anew once if it does not."""
        tried = self._try_run("-c", _TORCHVISION_CHECK)
        if tried.code == 0:
            return
        say("  torchvision does not work beside this torch; installing it anew")
        self._torch.reinstall_torchvision()
        tried = self._try_run("-c", _TORCHVISION_CHECK)
        if tried.code == 0:
            return
        reason = (tried.output.strip().splitlines() or ["it crashed"])[-1]
        advice = "Remove the folder .venv and run the same command again."
        if os.name == "nt" and ("WinError 126" in tried.output or "DLL" in tried.output):
            advice = "Install the Microsoft Visual C++ Redistributable (x64), then run it again."
        elif "nms does not exist" in tried.output:
            advice = (
                "torch and torchvision are of different builds (one for CUDA, one for the "
                f"processor). {advice}"
            )
        raise SetupError(f"torch or torchvision cannot be loaded ({reason}). {advice}")

    def _compile(self) -> None:
        """Compile all packages on all cores.

        Python holds its lock while it compiles a module, so the first window would stand still each
        time something is imported in the background; and some packages' sources make the compiler
        warn, which would fail a test that happens to be the first to import them. A file that no
        Python 3 can compile is no reason to stop.
        """
        say("  compiling")
        folders = self._layout.venv.glob("**/site-packages")
        self._try_run("-m", "compileall", "-qq", "-j", "0", *(str(folder) for folder in folders))

    def _try_run(self, *arguments: str) -> Finished:
        """Run the environment's Python with some arguments."""
        return self._runner.run([str(self._layout.python), *arguments], env=self._pip_environment())

    def _pip_install(
        self,
        *arguments: str,
        progress: str = "raw",
        stop_when: Callable[[str], bool] | None = None,
    ) -> Finished:
        """Run `pip install` in the environment with the pins.

        Raises:
            SetupError: If pip fails.
        """
        command: Sequence[str] = [
            # Compiling one module after the other takes pip longer than everything else; `_compile`
            # does it on all cores.
            *(str(self._layout.python), "-m", "pip", "install", "--no-compile"),
            *("--progress-bar", progress, "--constraint", str(self._layout.constraints)),
            *arguments,
        ]
        done = self._runner.run(command, env=self._pip_environment(), stop_when=stop_when)
        if done.code != 0 and not done.stopped:
            raise SetupError(explain_pip(done.output))
        return done

    def _pip_environment(self) -> dict[str, str]:
        return child_environment(
            PIP_DISABLE_PIP_VERSION_CHECK="1",
            PIP_NO_INPUT="1",
            PIP_ROOT_USER_ACTION="ignore",
            PIP_USER="0",
            VIRTUAL_ENV=str(self._layout.venv),
        )
