"""Converters in environments of their own: made, used, removed, and what goes wrong."""

from __future__ import annotations

import platform
import subprocess
import sys
import sysconfig
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ExportError, StorageError
from effnet_studio.engine.events import Event, Noted, Progress
from effnet_studio.engine.export.converters import environment, kinds, process
from effnet_studio.engine.export.converters.child import Child
from effnet_studio.engine.export.converters.convert import convert
from effnet_studio.engine.export.converters.environment import (
    available,
    converters_dir,
    cost,
    install,
    installed,
    remove,
)
from effnet_studio.engine.export.converters.kinds import CONVERTERS, ConverterKind

LITERT = ConverterKind.LITERT
PACKAGING = Path(__file__).resolve().parents[4] / "packaging"

JOBS = """
import os, sys, time
import numpy as np

def convert(program, target, size):
    part = os.path.join(target, "part") if os.path.isdir(target) else target
    with open(part, "w") as file:
        file.write("half")
        file.flush()
        if program == "slow":
            print("a library prints", flush=True)
            time.sleep(600)
        if program == "killed":
            print("Out of memory: the process is ended", file=sys.stderr, flush=True)
            os._exit(9)
        if program == "failing":
            raise ValueError("operator not known\\nmore for developers")
        file.write(f" and whole, {size}")
    return None, []

def double(array, times):
    return {"path": sys.path, "known": "effnet_studio" in sys.modules}, [array * times, array[:1]]

CALLS = {"convert": convert, "double": double}
"""


def write_wheel(folder: Path, name: str, files: dict[str, str]) -> None:
    """A package such as pip installs, of a few lines."""
    about = f"{name}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    tags = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr(f"{about}/METADATA", metadata)
        wheel.writestr(f"{about}/WHEEL", tags)
        wheel.writestr(f"{about}/RECORD", "")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pip finds the packages of the small converter."""
    folder = tmp_path_factory.mktemp("packages")
    write_wheel(folder, "small_jobs", {"small_jobs.py": JOBS})
    return folder


@pytest.fixture(scope="module")
def small_home(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small converter, installed once: it takes seconds."""
    home = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch, packages)
        patch.setenv("EFFNET_STUDIO_DATA", str(home))
        events: list[Event] = []
        install(LITERT, on_event=events.append)
        assert [event.done for event in events if isinstance(event, Progress)][-1] == 1
        assert isinstance(events[-1], Noted)
    return home


def make_small(patch: pytest.MonkeyPatch, packages: Path) -> None:
    """Put a converter of one small package in the place of a heavy one."""
    small = replace(
        CONVERTERS[LITERT],
        requirements=("small_jobs==1.0",),
        script="small_jobs",
        machines=frozenset({(sys.platform, platform.machine())}),
        download=1,
        disk=1,
    )
    for module in (kinds, environment):
        patch.setitem(module.CONVERTERS, LITERT, small)
    patch.setenv("PIP_NO_INDEX", "1")
    patch.setenv("PIP_FIND_LINKS", str(packages))
    patch.setenv("PIP_CONFIG_FILE", "/dev/null")


@pytest.fixture
def small(packages: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small converter, not installed yet; gives its packages."""
    make_small(monkeypatch, packages)
    return packages


@pytest.fixture
def ready(small: Path, small_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small converter, installed."""
    monkeypatch.setenv("EFFNET_STUDIO_DATA", str(small_home))


def left_behind() -> list[str]:
    folder = converters_dir()
    return sorted(item.name for item in folder.iterdir()) if folder.exists() else []


def test_that_an_installed_converter_works_apart_from_the_app(ready: None) -> None:
    assert available(LITERT) is None
    assert installed(LITERT)
    with Child(LITERT) as child:
        array = np.arange(6, dtype=np.float32).reshape(2, 3)
        about, (twice, first) = child.ask("double", [array], times=2)
        np.testing.assert_array_equal(twice, array * 2)
        np.testing.assert_array_equal(first, array[:1])
        assert about["known"] is False
        assert about["path"][-1] == str(Path(np.__file__).parents[1])
        empty = np.zeros((0, 4), dtype=np.uint8)
        _, (none, _) = child.ask("double", [empty], times=2)
        assert none.shape == (0, 4)


def test_that_a_conversion_writes_the_file(ready: None, tmp_path: Path) -> None:
    out = tmp_path / "model.tflite"
    out.write_text("earlier")
    events: list[Event] = []
    convert(LITERT, tmp_path / "m.pt2", out, size=32, on_event=events.append)
    assert out.read_text() == "half and whole, 32"
    assert [item.name for item in tmp_path.iterdir()] == ["model.tflite"]
    assert isinstance(events[-1], Progress)


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("failing", r"LiteRT could not do its work: ValueError: operator not known Choose"),
        ("killed", r"ended before it was done\. Out of memory"),
    ],
)
def test_that_a_failed_conversion_leaves_the_earlier_file(
    program: str, words: str, ready: None, tmp_path: Path
) -> None:
    out = tmp_path / "model.tflite"
    out.write_text("earlier")
    with pytest.raises(ExportError, match=words):
        convert(LITERT, Path(program), out, size=32)
    assert out.read_text() == "earlier"
    assert [item.name for item in tmp_path.iterdir()] == ["model.tflite"]


def test_that_a_conversion_can_be_stopped_at_any_moment(ready: None, tmp_path: Path) -> None:
    token = CancelToken()

    def stop() -> None:
        while not any(item.stat().st_size for item in tmp_path.iterdir()):
            pass
        token.cancel()

    watcher = threading.Thread(target=stop)
    watcher.start()
    with pytest.raises(Cancelled):
        convert(LITERT, Path("slow"), tmp_path / "model.tflite", size=32, cancel=token)
    watcher.join()
    assert list(tmp_path.iterdir()) == []


def test_that_a_process_that_is_gone_is_said_so(ready: None) -> None:
    with Child(LITERT) as child:
        child.close()
        with pytest.raises(ExportError, match="LiteRT ended before it was done"):
            child.ask("double", [np.zeros(3)], times=2)


def test_that_a_converter_must_be_installed_first(small: Path, tmp_path: Path) -> None:
    assert not installed(LITERT)
    with pytest.raises(ExportError, match=r"for LiteRT is not installed\. Install it first"):
        convert(LITERT, tmp_path / "m.pt2", tmp_path / "m.tflite", size=32)


def test_that_another_version_or_an_unfinished_one_does_not_count(
    ready: None, small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = replace(CONVERTERS[LITERT], requirements=("small_jobs==2.0",))
    with monkeypatch.context() as patch:
        patch.setitem(CONVERTERS, LITERT, newer)
        assert not installed(LITERT)
    assert installed(LITERT)
    monkeypatch.setenv("EFFNET_STUDIO_DATA", str(tmp_path))
    (converters_dir() / LITERT.value).mkdir(parents=True)
    (converters_dir() / LITERT.value / "installed.json").write_text("{")
    assert not installed(LITERT)


def test_that_a_converter_is_removed(small: Path) -> None:
    install(LITERT)
    assert left_behind() == [LITERT.value]
    remove(LITERT)
    assert not installed(LITERT)
    assert left_behind() == []
    remove(LITERT)  # there is nothing left to do


def test_that_packages_that_are_not_offered_are_named(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ExportError, match="Not all packages for LiteRT are offered"):
        install(LITERT)
    assert left_behind() == []


def test_that_no_network_is_said_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens there
    with pytest.raises(ExportError, match=r"could not be downloaded\. Check the connection"):
        install(LITERT)
    assert left_behind() == []


def test_that_too_little_space_is_said_before(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = replace(CONVERTERS[LITERT], disk=2**60)
    monkeypatch.setitem(CONVERTERS, LITERT, huge)
    with pytest.raises(StorageError, match="too little space for the converter for LiteRT"):
        install(LITERT)
    assert left_behind() == []


def test_that_an_installation_that_is_stopped_leaves_nothing(small: Path) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        install(LITERT, on_event=lambda _event: token.cancel(), cancel=token)
    assert left_behind() == []
    install(LITERT)  # and it can be done again
    assert installed(LITERT)


def test_that_a_python_that_cannot_be_started_is_said_so(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ExportError, match=r"LiteRT could not be installed: .*nowhere"):
        install(LITERT)
    assert left_behind() == []


def test_that_what_cannot_work_is_known_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    reason = str(available(LITERT))
    assert "Linux (x86-64), macOS (Apple silicon)" in reason
    with pytest.raises(ExportError, match="not on this computer"):
        install(LITERT)
    assert "240 MB" in str(cost(LITERT))


@pytest.fixture
def installers_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This process as an installer's app: its program is a Python when asked, and pip is beside."""
    sys.path.insert(0, str(PACKAGING))
    try:
        from bundle import slim
    finally:
        sys.path.remove(str(PACKAGING))
    app = tmp_path / "app"
    app.mkdir()
    slim.put_pip(app, Path(sysconfig.get_path("purelib")))
    program = app / "effnet-studio"
    entry = PACKAGING / "frozen" / "frozen_main.py"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{entry}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PYTHONPATH", str(PACKAGING.parent))
    monkeypatch.setattr(process, "_NOT_HANDED_ON", ())
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(app), raising=False)
    return app


@pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in for the program is a shell script"
)
def test_that_an_installers_app_installs_and_runs_a_converter_without_a_python_beside_it(
    small: Path, installers_app: Path, tmp_path: Path
) -> None:
    assert available(LITERT) is None
    install(LITERT)
    assert installed(LITERT)
    home = converters_dir() / LITERT.value
    assert (home / "packages" / "small_jobs.py").exists()
    assert not (home / "bin").exists()  # the program may be elsewhere at the next start
    moved = installers_app.with_name("moved")
    installers_app.rename(moved)
    sys.executable = str(moved / "effnet-studio")
    out = tmp_path / "model.tflite"
    convert(LITERT, Path("program"), out, size=32)
    assert out.read_text() == "half and whole, 32"


@pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in for the program is a shell script"
)
def test_that_an_environment_from_source_is_none_for_an_installers_app(
    ready: None, small: Path, installers_app: Path
) -> None:
    assert not installed(LITERT)
    (installers_app / "pip.zip").unlink()
    assert "set up without pip" in str(available(LITERT))


def test_that_a_model_may_be_a_folder_of_which_no_half_stays(
    ready: None, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = replace(CONVERTERS[LITERT], makes_folder=True)
    monkeypatch.setitem(CONVERTERS, LITERT, folders)
    out = tmp_path / "model"
    convert(LITERT, Path("program"), out, size=32)
    assert (out / "part").read_text() == "half and whole, 32"
    with pytest.raises(ExportError, match="operator not known"):
        convert(LITERT, Path("failing"), out, size=64)
    assert [path.name for path in tmp_path.rglob("*")] == ["model", "part"]
    assert (out / "part").read_text() == "half and whole, 32"


def test_that_asking_for_pip_does_not_take_setuptools_its_distutils() -> None:
    """PyTorch's compiler needs it; with the finder for pip woken it ends in an assertion."""
    code = (
        "from effnet_studio.engine.export.converters.environment import available\n"
        "from effnet_studio.engine.export.converters.kinds import ConverterKind\n"
        "available(ConverterKind.LITERT)\n"
        "import setuptools, distutils.core\n"
        "assert '_distutils' in distutils.core.__file__, distutils.core.__file__\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
