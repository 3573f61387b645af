"""Kill exports, fill their disk and stop them anywhere: what is there is whole and was checked."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.errors import Cancelled, StorageError
from effnet_studio.engine.events import Event
from effnet_studio.engine.export.certificate.measure import checksums
from effnet_studio.engine.export.certificate.record import (
    LABELS_SUFFIX,
    RECORD_SUFFIX,
    ExportFormat,
    ExportResult,
    Target,
    list_exports,
    read_record,
)
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.export.formats import spec_of
from effnet_studio.engine.export.place import draft_place
from effnet_studio.engine.project import Project
from effnet_studio.engine.project_lock import LOCK_NAME
from tests.engine.conftest import make_run  # noqa: F401 - a fixture
from tests.engine.export.conftest import draw_images
from tests.export_results import export_result
from tests.faults.export_child import Saboteur

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]

REPOSITORY = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("export_child.py")
FORMATS = [
    ExportFormat(name) for name in os.environ.get("EFFNET_EXPORT_FORMATS", "onnx").split(",")
]
"""Other formats join by the environment: ``EFFNET_EXPORT_FORMATS=onnx,onnx-int8``."""

KILLS = int(os.environ.get("EFFNET_KILLS", "6"))
"""Real kills at steps drawn by chance, besides the copies of what each step would leave."""

formats = pytest.mark.parametrize("kind", FORMATS)


@pytest.fixture(scope="module")
def origin(
    tmp_path_factory: pytest.TempPathFactory,
    make_run: Any,  # noqa: F811
) -> Path:
    """A project with 18 images, two trainings and one export in each format."""
    folder = tmp_path_factory.mktemp("origin")
    draw_images(folder / "pictures", each=6)
    with Project.create(folder / "p.effnet") as project:
        import_folder(project, folder / "pictures", val=0.34)
        first, second = make_run(), make_run(seed=1)
        for run in (first, second):
            shutil.copytree(run, project.runs_dir / run.name)
        for kind in FORMATS:
            export_model(project, first.name, format=kind)
            export_model(project, first.name, format=kind, out=folder / f"out-{kind}")
    return folder


@pytest.fixture
def place(origin: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    place = tmp_path / "place"
    shutil.copytree(origin, place, ignore=shutil.ignore_patterns(LOCK_NAME))
    return place


def project_in(place: Path) -> Path:
    return place / "p.effnet"


def files_in(place: Path) -> dict[Path, int]:
    """All files, and when they were last changed; not locks and what is known of a run."""
    return {
        path: path.stat().st_mtime_ns
        for path in place.rglob("*")
        if path.is_file() and path.name != LOCK_NAME and "runs" not in path.parts
    }


def out_in(place: Path, kind: ExportFormat, where: str) -> str:
    """Folder for the files as the child wants it: with an earlier export, or the project's."""
    return {"inside": "", "over": str(place / f"out-{kind}")}[where]


def run_child(
    place: Path, kind: ExportFormat, out: str, mode: str, moment: object
) -> tuple[int, list[str]]:
    """Export in a process of its own; give back how it ended and what it said."""
    done = subprocess.run(
        [sys.executable, str(CHILD), str(project_in(place)), kind, out, mode, str(moment)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode, done.stdout.splitlines()


def records_in(folder: Path) -> list[ExportResult]:
    """Those that anybody sees: what is unfinished lies in folders that are called so."""
    records = sorted(folder.rglob(f"*{RECORD_SUFFIX}"))
    hidden = atomic.TEMPORARY_PREFIX
    return [read_record(one) for one in records if hidden not in str(one.relative_to(folder))]


def assert_whole(folder: Path) -> list[ExportResult]:
    """Every certificate in a folder is of the very file beside it, and nothing is missing."""
    found = records_in(folder)
    for result in found:
        assert result.checked
        files = [result.file.parent / name for name in result.sha256]
        found_sums = checksums(files, result.file.parent)
        assert found_sums == result.sha256, "a certificate of another file"
        assert all((result.file.parent / name).exists() for name in result.beside)
    return found


def assert_project_whole(root: Path, earlier: ExportResult) -> list[ExportResult]:
    """After the project was opened again there is nothing in it but whole exports."""
    with Project.open(root) as project:
        assert not project.read_only
        exports = list_exports(project)
        for folder in project.exports_dir.iterdir():
            assert folder in {export.file.parent for export in exports}, "half an export"
        assert_whole(project.exports_dir)
    assert any(export.sha256 == earlier.sha256 for export in exports), "the earlier one is gone"
    return exports


def earlier_export(place: Path, kind: ExportFormat) -> ExportResult:
    with Project.open(project_in(place), read_only=True) as project:
        (earlier,) = [export for export in list_exports(project) if export.format is kind]
    return earlier


@formats
def test_that_a_kill_at_any_step_leaves_whole_exports_in_the_project(
    place: Path, tmp_path: Path, kind: ExportFormat
) -> None:
    earlier = earlier_export(place, kind)
    copies = tmp_path / "copies"
    code, said = run_child(place, kind, "", "copy", copies)
    assert code == 0
    steps = int(said[-1])
    counts = set()
    for step in sorted(copies.iterdir()):
        exports = project_in(place) / "exports"
        shutil.rmtree(exports)
        (step / "0").rename(exports)
        counts.add(len(assert_project_whole(project_in(place), earlier)))
    print(f"\n{kind}: {steps} steps, each left whole exports")
    assert steps > 10
    assert counts == {len(FORMATS), len(FORMATS) + 1}  # before and after, and nothing between


@formats
def test_that_a_kill_at_any_step_never_leaves_a_certificate_of_another_file(
    place: Path, tmp_path: Path, kind: ExportFormat
) -> None:
    """Over an earlier export in the same folder, which is of other weights."""
    out = out_in(place, kind, "over")
    (before,) = assert_whole(Path(out))
    copies = tmp_path / "copies"
    code, said = run_child(place, kind, out, "copy", copies)
    assert code == 0
    (after,) = assert_whole(Path(out))
    assert after.sha256 != before.sha256
    seen = []
    for step in sorted(copies.iterdir()):
        found = assert_whole(step / "0")
        assert len(found) <= 1
        seen.append(found[0].sha256 if found else None)
    print(f"\n{kind}: {said[-1]} steps, {seen.count(None)} of them without a certificate")
    assert seen[0] == before.sha256
    order = [before.sha256, None, after.sha256]
    assert [order.index(one) for one in seen] == sorted(order.index(one) for one in seen)


@formats
def test_that_after_a_real_kill_the_next_export_works(
    place: Path, tmp_path: Path, kind: ExportFormat
) -> None:
    earlier = earlier_export(place, kind)
    _, said = run_child(place, kind, "", "kill", 10**6)
    steps = int(said[-1])
    _, said = run_child(place, kind, "", "event", 10**6)
    events = int(said[-1])
    chance = random.Random(2)
    moments = [("kill", chance.randrange(steps)) for _ in range(KILLS)]
    moments += [("event", chance.randrange(events)) for _ in range(KILLS // 2)]
    for mode, moment in moments:
        code, _ = run_child(place, kind, "", mode, moment)
        assert code == -signal.SIGKILL, (mode, moment)
        assert_project_whole(project_in(place), earlier)
    before = len(assert_project_whole(project_in(place), earlier))
    code, _ = run_child(place, kind, "", "kill", 10**6)
    assert code == 0
    newest, *_ = exports = assert_project_whole(project_in(place), earlier)
    assert len(exports) == before + 1
    assert newest.ok is earlier.ok


@formats
def test_that_a_full_disk_leaves_the_earlier_export(place: Path, kind: ExportFormat) -> None:
    out = out_in(place, kind, "over")
    before = files_in(place)
    _, said = run_child(place, kind, str(place / "trial"), "full", 10**6)
    shutil.rmtree(place / "trial")
    for moment in (0, int(said[-1]) // 3, int(said[-1]) // 2):
        code, said = run_child(place, kind, out, "full", moment)
        assert code == 0
        assert said[0].startswith("StorageError: The disk is full"), said
        assert files_in(place) == before


@pytest.mark.parametrize("where", ["inside", "over", "new"])
@pytest.mark.parametrize("mode", ["copy", "full"])
def test_that_no_step_of_putting_files_in_place_is_a_wrong_one(
    tmp_path: Path, where: str, mode: str
) -> None:
    """Every step of it, with files that are written in no time."""
    spec = spec_of(ExportFormat.ONNX)
    copies = tmp_path / "copies"

    def write(project: Project, out: Path | None, text: str) -> None:
        with draft_place(project, "resnet18", spec, Target.PYTHON, out) as room:
            (room.scratch / "half.onnx").write_text(text)
            room.file.write_text(text)
            room.file.with_name("resnet18" + LABELS_SUFFIX).write_text(text)
            names = tuple(f"resnet18{ending}" for ending in (LABELS_SUFFIX, RECORD_SUFFIX))
            record = export_result(room.file.name, recipe=text, beside=names).to_json()
            atomic.write_json(room.file.with_name(names[1]), record)

    def texts(folder: Path) -> set[frozenset[str]]:
        """What is in each folder with a certificate; each must hold one export, whole."""
        found = set()
        for record in folder.rglob(f"*{RECORD_SUFFIX}"):
            if atomic.TEMPORARY_PREFIX not in str(record.relative_to(folder)):
                result = read_record(record)
                beside = {
                    path
                    for path in record.parent.iterdir()
                    if path.is_file() and not path.name.startswith(atomic.TEMPORARY_PREFIX)
                } - {record}
                assert beside == {result.file, result.labels_file}
                found.add(frozenset({result.recipe, *(path.read_text() for path in beside)}))
        return found

    one, other = frozenset({"one"}), frozenset({"other"})
    for moment in itertools.count():
        root = tmp_path / f"{moment}.effnet"
        out = None if where == "inside" else root.with_suffix("." + where)
        with Project.create(root) as project:
            if where != "new":
                write(project, out, "one")
            before = files_in(root.parent)
            saboteur = Saboteur([out or project.exports_dir], mode, str(moment))
            if mode == "copy":
                saboteur = Saboteur([out or project.exports_dir], mode, str(copies))
            sys.addaudithook(saboteur)
            saboteur.active = True
            try:
                write(project, out, "other")
            except StorageError as error:
                assert "full" in str(error)  # noqa: PT017
                saboteur.active = False
                assert files_in(root.parent) == before
                assert out is None or out.exists() is (where == "over")
                continue
            finally:
                saboteur.active = False
        assert other in texts(out or root / "exports")
        break
    assert saboteur.steps > 5
    assert moment > 5 or mode == "copy"
    for step in sorted(copies.glob("*")):
        found = texts(step / "0")
        assert found <= {one, other}
        assert where != "inside" or one in found


@formats
def test_that_a_disk_that_is_really_full_leaves_nothing_behind(
    place: Path, tmp_path: Path, kind: ExportFormat
) -> None:
    """A file system in memory, too small by a little, by half, and by nearly all."""
    size = earlier_export(place, kind).bytes
    for share in (0.1, 0.6, 1.02):
        with small_disk(tmp_path / "disk", int(share * size)) as disk:
            with Project.open(project_in(place)) as project, pytest.raises(StorageError) as error:
                export_model(project, format=kind, out=disk)
            assert "full" in str(error.value)
            assert list(disk.iterdir()) == []


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a file system of so many bytes, where this user may do that."""
    folder.mkdir(exist_ok=True)
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if not done or done.returncode:
        pytest.skip("this user may not mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@formats
def test_that_stopping_at_any_event_leaves_everything_as_it_was(
    place: Path, kind: ExportFormat
) -> None:
    target = Path(out_in(place, kind, "over"))
    with Project.open(project_in(place)) as project:
        before, stop_at, stopped = files_in(place), 0, True
        while stopped:
            token, told = CancelToken(), 0

            def stop(event: Event, stop_at: int = stop_at, token: CancelToken = token) -> None:
                nonlocal told
                if told == stop_at:
                    token.cancel()
                told += 1

            try:
                export_model(project, format=kind, out=target, on_event=stop, cancel=token)
            except Cancelled:
                assert files_in(place) == before, f"event {stop_at}"
            else:
                # Only what is told when all is in place may come too late.
                assert told <= stop_at + 1
                stopped = False
            stop_at += 1
        assert stop_at > 3
        assert assert_whole(target)
    print(f"\n{kind}: stopped at {stop_at - 1} events")
