"""Which build of torch to install, and how.

On Linux the package index carries the CUDA build of torch (2.8 GB with its libraries), which a
machine without an NVIDIA card cannot use. A CPU build (0.2 GB) is had in one of two ways: pip
itself finds one, because this machine's pip is set up with a folder or index that has it; or `uv`,
which knows PyTorch's own index of CPU builds.
"""

from __future__ import annotations

import enum
import json
import os
import platform
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from boot.console import MEGABYTE, Finished, SetupError, download_of, say
from boot.system import NO_CUDA, require_disk_space

CUDA_DOWNLOAD_GB = 2.8
CUDA_DISK_BYTES = 10_000_000_000
_CUDA_NAMES = re.compile(r"(nvidia|cuda|pytorch-triton|triton)\b", re.IGNORECASE)
_OTHER_MACHINE = re.compile(r"platform_machine\s*==\s*[\"']([^\"']+)[\"']")
# CPU builds of torch are 80 to 260 MB, CUDA builds 500 MB and more. Where the index offers no
# separate metadata pip fetches the whole file to read it; its size alone then tells enough.
_SURELY_CUDA = 350 * MEGABYTE


class Build(enum.Enum):
    """Ways to install torch and torchvision."""

    PIP = "pip"
    PIP_CPU = "pip-cpu"
    UV_CPU = "uv-cpu"


def needs_cuda(requires_dist: Sequence[str], machine: str) -> bool:
    """Tell whether a wheel's requirements are those of a CUDA build.

    Args:
        requires_dist: The wheel's `Requires-Dist` entries.
        machine: Processor name as `platform.machine()` gives it.
    """
    for requirement in requires_dist:
        name, _, marker = requirement.partition(";")
        if not _CUDA_NAMES.match(name.strip()) or "extra ==" in marker:
            continue
        machines = _OTHER_MACHINE.findall(marker)
        if not machines or machine in machines:
            return True
    return False


def report_is_cuda(report: Mapping[str, Any], machine: str) -> bool:
    """Tell from pip's installation report whether the torch that it would install is for CUDA."""
    return any(
        needs_cuda(item["metadata"].get("requires_dist", []), machine)
        for item in report["install"]
        if item["metadata"]["name"].lower() == "torch"
    )


def announces_cuda(line: str) -> bool:
    """Tell whether a line of pip's output starts a download that only a CUDA torch can be."""
    download = download_of(line)
    return (
        download is not None
        and download[0].startswith("torch-")
        and not download[0].endswith(".metadata")
        and download[1] > _SURELY_CUDA
    )


def choose_build(system: str, *, gpu: bool, pip_offers_cuda: Callable[[], bool]) -> Build:
    """Choose how to install torch.

    Args:
        system: `platform.system()`.
        gpu: Whether an NVIDIA card is to be used.
        pip_offers_cuda: Asks pip which build it would install; called only when it matters.
    """
    if system != "Linux" or gpu:
        return Build.PIP
    return Build.UV_CPU if pip_offers_cuda() else Build.PIP_CPU


class TorchInstaller:
    """Installs torch and torchvision into the environment in the way that fits the machine.

    Args:
        pip_install: Runs `pip install` with the given arguments; raises SetupError on failure.
        try_run: Runs a command in the environment's Python (`-m …`), returns how it ended.
        pins: Package name → version.
        root: Folder of the project.
    """

    def __init__(
        self,
        *,
        pip_install: Callable[..., Finished],
        try_run: Callable[..., Finished],
        pins: Mapping[str, str],
        root: Path,
    ) -> None:
        self._pip_install = pip_install
        self._try_run = try_run
        self._torch = f"torch=={pins['torch']}"
        self._torchvision = f"torchvision=={pins['torchvision']}"
        self._root = root

    def install(self, *, gpu: bool) -> Build:
        """Install both packages; return the way that was taken."""
        build = choose_build(platform.system(), gpu=gpu, pip_offers_cuda=self._pip_offers_cuda)
        if build is Build.PIP:
            if gpu and platform.system() == "Linux":
                say(f"  an NVIDIA card is here: torch for CUDA, up to {CUDA_DOWNLOAD_GB} GB")
                require_disk_space(self._root, CUDA_DISK_BYTES)
            self._pip_install(self._torch, self._torchvision)
        elif build is Build.PIP_CPU:
            say("  no NVIDIA card: torch for the processor, found by pip")
            self._pip_install(self._torch)
            # By itself: its own requirements must not bring another torch.
            self._pip_install("--no-deps", self._torchvision)
        elif not self._install_with_uv():
            self._fall_back_to_cuda()
        return build

    def reinstall_torchvision(self) -> None:
        """Put torchvision there anew, leaving torch alone."""
        self._pip_install("--force-reinstall", "--no-deps", self._torchvision)

    def _pip_offers_cuda(self) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            options = [
                "--dry-run",
                "--ignore-installed",
                "--no-deps",
                "--report",
                os.fspath(report),
            ]
            asked = self._pip_install(*options, self._torch, stop_when=announces_cuda)
            if asked.stopped:
                return True
            return report_is_cuda(json.loads(report.read_text("utf-8")), platform.machine())

    def _install_with_uv(self) -> bool:
        say("  no NVIDIA card: torch for the processor, fetched with uv")
        self._pip_install("uv")
        options = ["--no-deps", "--torch-backend", "cpu", self._torch, self._torchvision]
        return self._try_run("-m", "uv", "pip", "install", "--no-progress", *options).code == 0

    def _fall_back_to_cuda(self) -> None:
        if os.environ.get(NO_CUDA, "") not in {"", "0"}:
            raise SetupError(
                f"The CPU build of {self._torch} could not be fetched, and {NO_CUDA} forbids the "
                "CUDA build. Check the network connection and run the same command again."
            )
        say("  PyTorch's own index, which has the CPU build, could not be reached.")
        say(f"  Taking the CUDA build instead: it works too, but is {CUDA_DOWNLOAD_GB} GB to fetch")
        say(f"  and about 7 GB on disk. (Ctrl-C stops; {NO_CUDA}=1 forbids it.)")
        require_disk_space(self._root, CUDA_DISK_BYTES)
        self._pip_install(self._torch, self._torchvision)
