"""Archives are unpacked without trusting them: nothing lands outside, nothing half is left."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import zipfile
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.cancel import Cancelled, CancelToken
from effnet_studio.engine.data import archives
from effnet_studio.engine.data.archives import is_archive, unpack
from effnet_studio.engine.data.importer import import_folder, update_dataset
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import DatasetError, StorageError
from effnet_studio.engine.events import Event, Progress
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from effnet_studio.engine.project import Project

JPEG = b"\xff\xd8\xff" + bytes(200)


def zip_of(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def tar_of(path: Path, entries: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            info.mode = 0
            archive.addfile(info, io.BytesIO(content))
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def left_behind(into: Path) -> list[str]:
    return sorted(entry.name for entry in into.iterdir()) if into.exists() else []


PICTURES = {"set/ant/1.jpg": JPEG, "set/bee/2.png": JPEG + b"2", "set/labels.csv": b"file,label"}
CLUTTER = {
    "set/.hidden.jpg": b"x",
    "__MACOSX/set/ant/._1.jpg": b"x",
    "set/ant/Thumbs.db": b"x",
    "set/run.exe": b"x",
    "set/.ipynb_checkpoints/1.jpg": b"x",
}


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_that_pictures_come_out_and_clutter_stays_in(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"my set.{kind}"
    if kind == "zip":
        zip_of(path, PICTURES | CLUTTER)
    else:
        tar_of(path, PICTURES | CLUTTER, f"w:{kind[4:]}" if "." in kind else "w")
    assert is_archive(path)
    events: list[Event] = []
    folder = unpack(path, tmp_path / "into", on_event=events.append)
    assert folder == tmp_path / "into" / "my set"
    assert tree(folder) == PICTURES
    assert os.access(folder / "set/ant/1.jpg", os.R_OK)
    assert isinstance(events[-1], Progress)
    assert events[-1].done == sum(map(len, PICTURES.values()))
    assert unpack(path, tmp_path / "into").name == "my set-2"


def test_that_the_content_decides_what_an_archive_is(tmp_path: Path) -> None:
    hidden = zip_of(tmp_path / "pictures.jpg", PICTURES)
    text = tmp_path / "not.zip"
    text.write_text("no archive")
    assert is_archive(hidden)
    assert not is_archive(text)
    assert not is_archive(tmp_path)
    assert not is_archive(tmp_path / "missing.zip")


@pytest.mark.parametrize("make", [zip_of, tar_of])
@pytest.mark.parametrize(
    "name",
    [
        "../../evil.jpg",
        "/tmp/evil.jpg",
        "C:\\evil.jpg",
        "a/../../../evil.jpg",
        "..\\..\\evil.jpg",
        "con.jpg",
        "a/nul/evil.jpg",
        "x" * 400 + ".jpg",
        "dots. . ./evil.jpg",
        "a:b?c.jpg",
    ],
)
def test_that_no_name_leads_out_or_breaks_a_file_system(
    tmp_path: Path, make: type, name: str
) -> None:
    archive = make(tmp_path / "a.bin", {name: JPEG})
    before = tree(tmp_path)
    folder = unpack(archive, tmp_path / "into")
    ((inside, content),) = tree(folder).items()
    assert content == JPEG
    assert {path for path in tree(tmp_path) if not path.startswith("into/")} == before.keys()
    for part in inside.split("/"):
        assert len(part.encode()) <= 255
        assert part == part.rstrip(". ")
        assert part.split(".")[0].lower() not in {"con", "nul"}


def test_that_names_that_would_meet_are_numbered(tmp_path: Path) -> None:
    names = ["A/x.jpg", "a/X.jpg", "a\\x.jpg", "./a/x.jpg", "a/../a/x.jpg"]
    entries = {name: JPEG + bytes([number]) for number, name in enumerate(names)}
    folder = unpack(zip_of(tmp_path / "a.zip", entries), tmp_path / "into")
    assert sorted(tree(folder).values()) == sorted(entries.values())


def test_that_links_devices_and_folders_are_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("l.jpg", tarfile.SYMTYPE),
            ("h.jpg", tarfile.LNKTYPE),
            ("f.jpg", tarfile.FIFOTYPE),
            ("d.jpg", tarfile.DIRTYPE),
            ("c.jpg", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("ok.jpg")
        info.size = len(JPEG)
        archive.addfile(info, io.BytesIO(JPEG))
    assert tree(unpack(path, tmp_path / "into")) == {"ok.jpg": JPEG}
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as zipped:
        zipped.writestr(link, "/etc/passwd")
        zipped.writestr("ok.jpg", JPEG)
    assert tree(unpack(tmp_path / "b.zip", tmp_path / "into")) == {"ok.jpg": JPEG}


def test_that_a_bomb_is_stopped_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "HARMLESS", 1 << 20)
    bomb = zip_of(tmp_path / "bomb.zip", {f"a/{n}.jpg": bytes(1 << 20) for n in range(40)})
    assert bomb.stat().st_size * archives.MAX_RATIO < 40 << 20
    with pytest.raises(DatasetError, match="far more than pictures"):
        unpack(bomb, tmp_path / "into")
    assert left_behind(tmp_path / "into") == []


def test_that_a_file_larger_than_any_picture_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_FILE", 1000)
    with pytest.raises(DatasetError, match="far more"):
        unpack(zip_of(tmp_path / "a.zip", {"a.jpg": bytes(2000)}), tmp_path / "into")


def test_that_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 5)
    many = {f"{n}.jpg": JPEG for n in range(8)}
    for archive in (zip_of(tmp_path / "a.zip", many), tar_of(tmp_path / "a.tgz", many)):
        with pytest.raises(DatasetError, match="too many files"):
            unpack(archive, tmp_path / "into")
    assert left_behind(tmp_path / "into") == []


def test_that_an_encrypted_archive_is_said_so(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.jpg": JPEG})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(DatasetError, match="encrypted"):
        unpack(path, tmp_path / "into")


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_that_a_damaged_archive_is_said_so_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    entries = {f"{n}.jpg": os.urandom(5000) for n in range(20)}
    path = tmp_path / f"a.{kind}"
    (zip_of if kind == "zip" else tar_of)(path, entries)
    whole = path.read_bytes()
    if kind == "zip":  # in the middle of a picture; the directory at the end stays
        path.write_bytes(whole[:30_000] + bytes(4000) + whole[34_000:])
    else:
        path.write_bytes(whole[:40_000])
    with pytest.raises(DatasetError, match="damaged"):
        unpack(path, tmp_path / "into")
    assert left_behind(tmp_path / "into") == []


def test_that_an_archive_without_pictures_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no images"):
        unpack(zip_of(tmp_path / "a.zip", {"a.csv": b"x", "b.exe": b"y"}), tmp_path / "into")


def test_that_a_disk_without_room_is_said_before_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 5, 500))
    with pytest.raises(DatasetError, match="not enough room"):
        unpack(zip_of(tmp_path / "a.zip", {"a.jpg": bytes(2000)}), tmp_path / "into")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_that_a_full_disk_is_said_so_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_ = type(tmp_path)
    really = type_.open

    def full(self: Path, mode: str = "r", **rest: object) -> object:
        if mode == "xb":
            return really(Path("/dev/full"), "wb", buffering=0)
        return really(self, mode, **rest)

    monkeypatch.setattr(type_, "open", full)
    with pytest.raises(StorageError, match="full"):
        unpack(zip_of(tmp_path / "a.zip", {"a.jpg": JPEG}), tmp_path / "into")
    assert left_behind(tmp_path / "into") == []


def test_that_it_can_be_stopped(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        unpack(zip_of(tmp_path / "a.zip", PICTURES), tmp_path / "into", cancel=token)
    assert left_behind(tmp_path / "into") == []


@given(st.text(max_size=300))
def test_that_a_made_safe_name_is_safe(name: str) -> None:
    safe = archives.safe_name(name)
    assert not set(safe) & set('/\\\0<>:"|?*')
    assert safe == safe.strip()
    assert not safe.endswith(".")
    assert len(safe.encode()) <= 200
    assert archives.safe_name(safe) == safe or safe.startswith("_")


def test_that_an_archive_becomes_a_dataset_that_can_be_updated(
    project: Project, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    for label in ("ant", "bee"):
        for number in range(4):
            paint(source / label / f"{number}.png", number + 10 * len(label) + ord(label[0]))
    archive = tmp_path / "insects.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in source.rglob("*.png"):
            zipped.write(path, path.relative_to(source))
    result = import_folder(project, archive)
    assert result.classes == {"ant": 4, "bee": 4}
    assert load_dataset(project).samples[0].path.is_relative_to(project.root / "images")
    assert update_dataset(project).examined == 0
