"""What is tried with an installer's file, one step after another."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from boot.console import SetupError, say
from linux.depends import documented_packages
from linux.tools import NAME

from smoke.judge import complaints, lost, median, packages_of, strays
from smoke.root import HOME
from smoke.run import House, Run
from smoke.screen import Screen

CHINESE = {"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"}
WARM_STARTS = 3
_WINDOW_SECONDS = 120
_SELF_TEST_SECONDS = 3600
_SETTLING = 3.0
"""Seconds after the first painting until everything on a page has come."""


@dataclass(frozen=True)
class Artefact:
    """What is tried.

    Attributes:
        file: The AppImage, the package or the folder.
        kind: ``"appimage"``, ``"deb"`` or ``"folder"``.
    """

    file: Path
    kind: str

    @classmethod
    def of(cls, file: Path) -> Artefact:
        """Tell by its name what a file is.

        Raises:
            SetupError: If it is nothing that can be tried.
        """
        if (file / NAME).is_file():
            return cls(file.resolve(), "folder")
        kinds = {".appimage": "appimage", ".deb": "deb"}
        kind = kinds.get(file.suffix.lower())
        if kind is None or not file.is_file():
            raise SetupError(f"{file} is no AppImage, no .deb and no folder with {NAME} in it.")
        return cls(file.resolve(), kind)

    @property
    def place(self) -> str:
        """Where it lies inside."""
        downloads = f"{HOME}/Downloads/{self.file.name}"
        return f"/opt/{NAME}" if self.kind == "folder" else downloads

    @property
    def command(self) -> str:
        """What starts the application inside."""
        commands = {"folder": f"{self.place}/{NAME}", "deb": f"/usr/bin/{NAME}"}
        return commands.get(self.kind, self.place)

    def packages(self) -> list[str]:
        """What is installed for it: as apt does what a package says, else what people are told."""
        if self.kind != "deb":
            return documented_packages()
        found: list[str] = []
        for field_name in ("Depends", "Recommends"):
            command = ["dpkg-deb", "--field", str(self.file), field_name]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            found += packages_of(told)
        return found


@dataclass
class Result:
    """One line of the table.

    Attributes:
        step: What was tried.
        seconds: How long it took; None where that says nothing.
        faults: What was wrong; empty when all was well.
        note: More about it.
    """

    step: str
    seconds: float | None = None
    faults: list[str] = field(default_factory=list)
    note: str = ""


@dataclass
class Trial:
    """Tries one artefact in one house.

    Attributes:
        artefact: What is tried.
        house: The bare root.
        screen: Where its window appears.
        pictures: Folder for pictures of the window.
        results: What was found, in order.
    """

    artefact: Artefact
    house: House
    screen: Screen
    pictures: Path
    results: list[Result] = field(default_factory=list)

    def go(self, *, self_test: Sequence[str] | None, newer: Artefact | None) -> None:
        """Try everything; never stops early.

        Args:
            self_test: Options with which the application goes through the whole job itself; None:
                it only makes a small project.
            newer: A package of a later version, to be installed over this one.
        """
        self.house.binds[self.artefact.file] = self.artefact.place
        if self.artefact.kind == "deb":
            self._install(self.artefact, "install")
        before = self.house.written()
        self._version()
        self._starts()
        if self.artefact.kind == "appimage":
            self._without_fuse()
        if self_test is None:
            self._make_something()
        else:
            self._self_test(self_test)
        with self._step("nothing was written outside the home") as result:
            result.faults += strays(before, self.house.written())
        if self.artefact.kind == "deb":
            self._upgrade_and_remove(newer)

    @contextmanager
    def _step(self, name: str) -> Iterator[Result]:
        result = Result(name)
        try:
            yield result
        except SetupError as error:
            result.faults.append(str(error))
        self.results.append(result)
        say(line(result))

    def _check(self, result: Result, run: Run, *, status: int = 0) -> None:
        result.seconds = run.seconds if result.seconds is None else result.seconds
        if run.status != status:
            ended = "did not end" if run.status is None else f"ended with {run.status}"
            result.faults.append(ended)
        result.faults += complaints(run.output, run.errors)
        result.faults += [f"left behind: {process}" for process in run.leftovers]

    def _version(self) -> None:
        with self._step("--version") as result:
            run = self.house.run([self.artefact.command, "--version"])
            self._check(result, run)
            result.note = run.output.strip()
            if NAME not in run.output:
                result.faults.append(f"printed {run.output!r}")

    def _starts(self) -> None:
        cold = drop_caches()
        name = "window, cold start" if cold else "window, first start (caches could not be dropped)"
        self._window(name, "first")
        times = [self._window(f"window, warm start {n + 1}", "warm") for n in range(WARM_STARTS)]
        found = [seconds for seconds in times if seconds is not None]
        if found:
            self.results.append(Result("window, warm start, median", median(found)))
        self._window("window in Chinese", "chinese", env=CHINESE)

    def _window(
        self, step: str, picture: str, *arguments: str, env: Mapping[str, str] | None = None
    ) -> float | None:
        found = None
        with self._step(step) as result:
            run = self.house.run(
                [self.artefact.command, *arguments],
                screen=self.screen,
                seconds=_WINDOW_SECONDS,
                env=env,
                until_window=self.pictures / f"{self.artefact.kind}-{picture}.png",
                stay=_SETTLING,
            )
            result.seconds = found = run.window
            if run.window is None:
                result.faults.append("no window appeared")
            self._check(result, run)
        return found

    def _without_fuse(self) -> None:
        self._window("window, unpacked first", "unpacked", env={"APPIMAGE_EXTRACT_AND_RUN": "1"})

    def _self_test(self, options: Sequence[str]) -> None:
        with self._step("self-test: the whole job") as result:
            report, folder = f"{HOME}/self-test.json", f"{HOME}/self-test"
            command = [self.artefact.command, "self-test", "--json", report, "--pictures", folder]
            command += ["--keep", f"{HOME}/Documents", *options]
            run = self.house.run(command, screen=self.screen, seconds=_SELF_TEST_SECONDS)
            self._check(result, run)
            for text in run.output.splitlines():
                say(f"    {text}")
            self._keep(report, folder)
            steps = _steps(self.house.inside(report))
            result.note = f"{len(steps)} steps"
            for step in steps:
                result.faults += [f"{step['title']}: {text}" for text in step["problems"]]

    def _make_something(self) -> None:
        """The short form: a project, made without the window."""
        with self._step("demo, one epoch") as result:
            command = [self.artefact.command, "demo", "--epochs", "1"]
            command += ["--out", f"{HOME}/Documents/demo"]
            run = self.house.run(command, seconds=_SELF_TEST_SECONDS)
            # How far it is, a command says as errors are said; words of trouble count there, too.
            self._check(result, replace(run, output=run.output + run.errors, errors=""))

    def _keep(self, *names: str) -> None:
        for name in names:
            source, target = self.house.inside(name), self.pictures / Path(name).name
            if source.is_dir():
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(source, target)
            elif source.is_file():
                shutil.copyfile(source, target)

    # -- packages --------------------------------------------------------------------------------

    def _install(self, artefact: Artefact, name: str) -> None:
        with self._step(name) as result:
            self.house.binds[artefact.file] = artefact.place
            run = self.house.run(
                ["/usr/bin/dpkg", "--install", artefact.place], root=True, seconds=600
            )
            self._check(result, run)

    def _upgrade_and_remove(self, newer: Artefact | None) -> None:
        mine = self.house.home_files()
        if newer is not None:
            self._install(newer, "install a newer version over it")
            self._unharmed("settings and projects survive the upgrade", mine)
            self._window("window, newer version, with the project", "newer", *self._projects())
            mine = self.house.home_files()
        with self._step("remove and purge") as result:
            files = _files_of(self.artefact.file)
            command = ["/usr/bin/dpkg", "--purge", NAME]
            run = self.house.run(command, root=True, seconds=600, look_for=files)
            self._check(result, run)
            result.faults += [f"still there: {path}" for path in run.existing]
        self._unharmed("settings and projects survive the removal", mine)

    def _projects(self) -> list[str]:
        """One project of the user's, if there is one."""
        upper = self.house.place / "upper"
        found = sorted(self.house.inside(HOME).rglob("*.effnet/project.json"))
        return [f"/{file.parent.relative_to(upper)}" for file in found[:1]]

    def _unharmed(self, name: str, before: Mapping[str, str]) -> None:
        with self._step(name) as result:
            gone = lost(before, self.house.home_files())
            result.faults += [f"changed or gone: {path}" for path in gone]
            result.note = f"{len(before)} files"


def line(result: Result) -> str:
    """One line of the table."""
    seconds = "" if result.seconds is None else f"{result.seconds:.2f} s"
    mark = "✗" if result.faults else "✓"
    faults = "".join(f"\n      {fault}" for fault in result.faults[:20])
    more = len(result.faults) - 20
    faults += f"\n      … and {more} more" if more > 0 else ""
    return f"  {mark} {result.step:52} {seconds:>9}  {result.note}{faults}"


def drop_caches() -> bool:
    """Make the system forget what it has read, so that a start is a cold one.

    Returns:
        Whether that was allowed.
    """
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n", "ascii")
    except OSError:
        return False
    return True


def _files_of(package: Path) -> list[str]:
    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(package)], capture_output=True, text=True, check=True
    ).stdout
    names = (text.split(" -> ")[0].split(None, 5)[5] for text in listed.splitlines())
    return [name.removeprefix(".") for name in names if NAME in name]


def _steps(report: Path) -> list[dict[str, Any]]:
    """What the self-test has written down of its steps; nothing if it did not come to that."""
    try:
        about = json.loads(report.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return list(about["steps"])
