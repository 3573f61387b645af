"""Weights carried in one file, and files that only look like it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import urllib.parse
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effnet_studio import paths
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ModelError, StorageError, WeightsError
from effnet_studio.engine.events import Event, Progress, Stage
from effnet_studio.engine.models import bundle as module
from effnet_studio.engine.models import published
from effnet_studio.engine.models.bundle import export_bundle, import_bundle, read_manifest
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.models.shelf import look
from tests.engine.models.file_server import Behaviour, serving

CONTENTS = {name: f"weights of {name}".encode() * 9_000 for name in ("resnet18", "densenet121")}


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A library whose files are small: the name of each architecture's file."""
    names = {}
    for model in CATALOG:
        content = CONTENTS.get(model, model.encode())
        names[model] = f"{model}-{hashlib.sha256(content).hexdigest()[:8]}.pth"

    class Entry:
        def __init__(self, name: str) -> None:
            model = next(m for m, spec in CATALOG.items() if spec.weights == name)
            self.url = f"https://download.example/models/{names[model]}"

    monkeypatch.setattr(published.import_torchvision("models"), "get_weight", Entry)
    return names


@pytest.fixture
def stocked(library: dict[str, str], tmp_path: Path) -> Path:
    """A bundle of both files; the folder of weights is empty again."""
    _put(library)
    path = tmp_path / "lab.zip"
    export_bundle(CONTENTS, path)
    _empty()
    return path


def _put(library: dict[str, str], *models: str) -> None:
    paths.weights_dir().mkdir(parents=True, exist_ok=True)
    for model in models or CONTENTS:
        (paths.weights_dir() / library[model]).write_bytes(CONTENTS[model])


def _empty() -> None:
    for file in paths.weights_dir().iterdir():
        file.unlink()


def _shelf() -> dict[str, bytes]:
    folder = paths.weights_dir()
    return {f.name: f.read_bytes() for f in folder.iterdir()} if folder.exists() else {}


def _rewritten(path: Path, change: Any) -> Path:
    """The same bundle with other members; ``change`` gets and gives a dict of names and bytes."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in change(members).items():
            archive.writestr(name, content)
    return path


def _manifest(members: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    document = {**json.loads(members["manifest.json"]), **changes}
    return {**members, "manifest.json": json.dumps(document).encode()}


def _first_file(members: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    files = json.loads(members["manifest.json"])["files"]
    return _manifest(members, files=[{**files[0], **changes}, *files[1:]])


def test_that_weights_travel_to_a_computer_without_network(
    library: dict[str, str], tmp_path: Path
) -> None:
    _put(library)
    path = tmp_path / "lab.effnet-weights.zip"
    events: list[Event] = []
    made = export_bundle(["resnet18", "DenseNet121", "resnet18", "resnet50"], path)
    _empty()
    first = import_bundle(path, on_event=events.append)
    again = import_bundle(path)

    assert made.missing == ("resnet50",)
    assert [file.models for file in made.files] == [("resnet18",), ("densenet121",)]
    assert (first.added, first.present) == (made.files, ())
    assert (again.added, again.present) == ((), made.files)
    assert _shelf() == {library[model]: content for model, content in CONTENTS.items()}
    for file, content in zip(made.files, CONTENTS.values(), strict=True):
        assert file.sha256 == hashlib.sha256(content).hexdigest()
        assert file.size == len(content)
        assert file.source == f"https://download.example/models/{file.name}"
        assert "BSD" in file.licence
    last = events[-1]
    assert isinstance(last, Progress)
    total = sum(map(len, CONTENTS.values()))
    assert (last.stage, last.done, last.total) == (Stage.UNPACK, total, total)


def test_that_a_bundle_is_a_zip_file_with_a_readable_table_of_contents(stocked: Path) -> None:
    with zipfile.ZipFile(stocked) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        document = json.loads(archive.read("manifest.json"))
        assert {f"weights/{file['name']}" for file in document["files"]} == {
            name for name in archive.namelist() if name != "manifest.json"
        }
    assert document["format"] == 1
    assert read_manifest(stocked).model_dump(mode="json") == document


def test_that_missing_weights_are_downloaded_first_when_asked(
    library: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(WeightsError, match="None of these weights are on this computer: resnet18"):
        export_bundle(["resnet18"], tmp_path / "a.zip")
    assert not list(tmp_path.iterdir())
    with serving(Behaviour(CONTENTS["resnet18"])) as url:
        made = export_bundle(
            ["resnet18"], tmp_path / "a.zip", download_missing=True, base_url=url, proxy="direct"
        )
    assert (len(made.files), made.missing) == (1, ())


def test_that_names_not_in_the_catalog_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model named resnet81"):
        export_bundle(["resnet81"], tmp_path / "a.zip")
    with pytest.raises(WeightsError, match="No model was chosen"):
        export_bundle([], tmp_path / "a.zip")


def test_that_a_damaged_file_on_disk_is_replaced_and_a_right_one_is_kept(
    stocked: Path, library: dict[str, str]
) -> None:
    _put(library, "resnet18")
    (paths.weights_dir() / library["densenet121"]).write_bytes(b"damaged")
    result = import_bundle(stocked)

    assert [file.name for file in result.added] == [library["densenet121"]]
    assert [file.name for file in result.present] == [library["resnet18"]]
    assert [entry.state for entry in look(CONTENTS, verify=True)] == ["here", "here"]


def test_that_a_stopped_export_or_import_changes_nothing(
    stocked: Path, library: dict[str, str]
) -> None:
    before = stocked.read_bytes()
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        import_bundle(stocked, cancel=token)
    assert _shelf() == {}
    _put(library)
    late = CancelToken()
    with pytest.raises(Cancelled):
        export_bundle(CONTENTS, stocked, on_event=lambda _event: late.cancel(), cancel=late)
    assert stocked.read_bytes() == before
    assert [file.name for file in stocked.parent.iterdir()] == [stocked.name]


def test_that_what_a_killed_import_left_is_swept_away_after_a_day(stocked: Path) -> None:
    old, new = (paths.weights_dir() / name for name in (".tmp-old", ".tmp-new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "half.pth").write_bytes(b"half")
    os.utime(old, (0, 0))
    import_bundle(stocked)

    assert not old.exists()
    assert new.exists()


# Files that only look like it.


def _turned(members: dict[str, bytes]) -> dict[str, bytes]:
    name = next(name for name in members if name.startswith("weights/"))
    return {**members, name: members[name][:-1] + b"?"}


def _without_last(members: dict[str, bytes]) -> dict[str, bytes]:
    return {name: members[name] for name in list(members)[1:]}


CHANGES = {
    "other content": (_turned, "checksum of .* differs"),
    "file is not there": (_without_last, "is not whole"),
    "extra file": (lambda m: {**m, "weights/extra.pth": b"x"}, "does not belong there"),
    "way out": (lambda m: {**m, "../../evil.pth": b"x"}, "does not belong there"),
    "absolute": (lambda m: {**m, "/tmp/evil.pth": b"x"}, "does not belong there"),
    "way out in the manifest": (lambda m: _first_file(m, name="../evil.pth"), "does not know"),
    "unknown weights": (lambda m: _first_file(m, name="a-01234567.pth"), "does not know"),
    "not the published": (lambda m: _first_file(m, sha256="0" * 64), "not what was published"),
    "other size": (lambda m: _first_file(m, size=5), "is not whole"),
    "negative size": (lambda m: _first_file(m, size=-5), "no bundle of weights"),
    "no checksum": (lambda m: _first_file(m, sha256="abc"), "no bundle of weights"),
    "newer": (lambda m: _manifest(m, format=2, files={"new": "layout"}), "newer version"),
    "other kind": (lambda m: _manifest(m, kind="something"), "no bundle of weights"),
    "manifest no JSON": (lambda m: {**m, "manifest.json": b"{"}, "no bundle of weights"),
    "manifest deep": (lambda m: {**m, "manifest.json": b"[" * 99_999}, "no bundle of weights"),
    "manifest huge": (lambda m: {**m, "manifest.json": b" " * 2_000_000}, "no bundle of weights"),
    "no manifest": (lambda m: {"a.txt": b"x"}, "no bundle of weights"),
    "too many": (lambda m: {str(i): b"" for i in range(1_001)}, "no bundle of weights"),
}


@pytest.mark.parametrize(("change", "sentence"), CHANGES.values(), ids=CHANGES)
def test_that_a_changed_bundle_is_refused_and_nothing_is_taken(
    stocked: Path, change: Any, sentence: str
) -> None:
    _rewritten(stocked, change)
    with pytest.raises(WeightsError, match=sentence) as caught:
        import_bundle(stocked)

    assert stocked.name in str(caught.value.message)
    assert str(caught.value.hint)
    assert caught.value.path == stocked
    assert _shelf() == {}
    assert not list(paths.weights_dir().parent.glob("evil*"))


def _bombs(path: Path, members: dict[str, bytes], how: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            if how == "link" and name.startswith("weights/"):
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            packing = zipfile.ZIP_DEFLATED if how == "packed" else zipfile.ZIP_STORED
            archive.writestr(info, content, packing)
        if how == "twice":
            archive.writestr("manifest.json", members["manifest.json"])


@pytest.mark.parametrize("how", ["link", "packed", "twice"])
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_that_links_packed_files_and_double_names_are_refused(stocked: Path, how: str) -> None:
    with zipfile.ZipFile(stocked) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    _bombs(stocked, members, how)
    with pytest.raises(WeightsError, match="was not opened"):
        import_bundle(stocked)
    assert _shelf() == {}


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04 cut", b"PK\x05\x06" + bytes(18)])
def test_that_other_files_are_no_bundles(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"no bundle of weights|damaged"):
        import_bundle(path)


def test_that_a_bundle_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="cannot be read: No such file"):
        import_bundle(tmp_path / "nothing.zip")
    with pytest.raises(WeightsError, match="cannot be read"):
        import_bundle(tmp_path)


def test_that_a_full_disk_is_found_before_anything_is_written(
    stocked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = module.shutil.disk_usage(stocked.parent)._replace(free=1_000)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(StorageError, match="The disk is full"):
        import_bundle(stocked)
    assert _shelf() == {}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=4),
    keep=st.floats(0.2, 3),
    from_end=st.booleans(),
)
def test_that_damaged_bytes_never_leave_a_wrong_file(
    stocked: Path,
    library: dict[str, str],
    changes: list[tuple[float, int]],
    keep: float,
    from_end: bool,  # noqa: FBT001 - given by name
) -> None:
    content = bytearray(stocked.read_bytes())
    reach = min(len(content), 2_500)  # the directory and the manifest, where it is interesting
    for place, value in changes:
        at = int(place * (reach - 1))
        content[-1 - at if from_end else at] = value
    damaged = stocked.with_name("damaged.zip")
    damaged.write_bytes(content[: int(len(content) * min(1, keep))])
    if paths.weights_dir().exists():
        _empty()

    with contextlib.suppress(WeightsError):
        import_bundle(damaged)
    right = {library[model]: content for model, content in CONTENTS.items()}
    assert _shelf().items() <= right.items()


# What is on the shelf.


def test_that_the_shelf_tells_what_is_here_missing_unfinished_and_damaged(
    library: dict[str, str],
) -> None:
    _put(library, "resnet18")
    (paths.weights_dir() / library["densenet121"]).write_bytes(b"damaged")
    (paths.weights_dir() / f"{library['resnet50']}.part").write_bytes(b"abc")

    names = ["resnet18", "densenet121", "resnet50", "efficientnet_b0"]
    assert [e.state for e in look(names)] == ["here", "here", "unfinished", "missing"]
    checked = look(names, verify=True)
    assert [e.state for e in checked] == ["here", "damaged", "unfinished", "missing"]
    assert [e.size for e in checked] == [len(CONTENTS["resnet18"]), 7, 3, 0]
    assert len(look()) == len(CATALOG)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        look(cancel=token)


def test_that_the_real_library_names_every_file_once() -> None:
    files = [entry.file for entry in look()]
    assert len({file.name for file in files}) == len(files)
    assert all(urllib.parse.urlsplit(file.source).scheme == "https" for file in files)
    assert all(file.licence for file in files)
