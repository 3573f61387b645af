"""Archives are unpacked without trusting them: nothing lands outside, nothing half is left."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import struct
import tarfile
import threading
import unicodedata
import warnings
import zipfile
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.cancel import Cancelled, CancelToken
from effnet_studio.engine.data.importer import import_folder, update_dataset
from effnet_studio.engine.data.sources import archives
from effnet_studio.engine.data.sources.archive_names import (
    LONGEST_NAME,
    Places,
    leads_out,
    safe_part,
)
from effnet_studio.engine.data.sources.archives import is_archive, unpack
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import DatasetError, StorageError
from effnet_studio.engine.events import Event, Noted, PauseChanged, Progress, Stage, Warned
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


PICTURES = {"ant/1.jpg": JPEG, "bee/2.png": JPEG + b"2", "labels.csv": b"file,label"}
CLUTTER = {
    ".hidden.jpg": b"x",
    "__MACOSX/set/ant/._1.jpg": b"x",
    "ant/Thumbs.db": b"x",
    "run.exe": b"x",
    ".ipynb_checkpoints/1.jpg": b"x",
    "old.effnet/images/1.jpg": b"x",
    "inner.zip": b"PK",
}


def below(folder: str, entries: dict[str, bytes]) -> dict[str, bytes]:
    return {folder + name: content for name, content in entries.items()}


def told(events: list[Event]) -> list[str]:
    return [str(event.message) for event in events if isinstance(event, (Noted, Warned))]


@pytest.mark.parametrize("top", ["", "set/", "./my photos/set/"])
@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_that_pictures_come_out_and_clutter_stays_in(tmp_path: Path, kind: str, top: str) -> None:
    path = tmp_path / f"my set.{kind}"
    entries = below(top, PICTURES | CLUTTER)
    if kind == "zip":
        zip_of(path, entries)
    else:
        tar_of(path, entries, f"w:{kind[4:]}" if "." in kind else "w")
    assert is_archive(path)
    events: list[Event] = []
    folder = unpack(path, tmp_path / "into", on_event=events.append)
    assert folder == tmp_path / "into" / "my set"
    assert tree(folder) == PICTURES
    assert os.access(folder / "ant/1.jpg", os.R_OK)
    assert told(events) == [f"2 other files in my set.{kind} were left out."]
    progress = [event for event in events if isinstance(event, Progress)]
    assert progress[0].done == 0
    assert progress[-1].done == progress[-1].total == path.stat().st_size
    assert {(event.stage, event.unit) for event in progress} == {(Stage.UNPACK, "bytes")}
    assert unpack(path, tmp_path / "into").name == "my set-2"
    assert left_behind(tmp_path / "into") == ["my set", "my set-2"]


def test_that_a_single_folder_of_pictures_keeps_its_name(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"ant/1.jpg": JPEG, "ant/2.jpg": JPEG})
    assert set(tree(unpack(path, tmp_path / "into"))) == {"ant/1.jpg", "ant/2.jpg"}


def test_that_the_content_decides_what_an_archive_is(tmp_path: Path) -> None:
    hidden = zip_of(tmp_path / "pictures.jpg", PICTURES)
    text = tmp_path / "not.zip"
    text.write_text("no archive")
    packed = tmp_path / "text.tar.gz"
    packed.write_bytes(gzip.compress(b"no archive" * 100))
    picture = paint(tmp_path / "picture.png")
    with picture.open("ab") as stream:
        stream.write(hidden.read_bytes())
    (tmp_path / "zeros.tar").write_bytes(bytes(10_240))
    (tmp_path / "empty.tar").write_bytes(b"")
    assert is_archive(hidden)
    for name in ("not.zip", "text.tar.gz", "picture.png", "zeros.tar", "empty.tar", "missing.zip"):
        assert not is_archive(tmp_path / name)
        with pytest.raises(DatasetError):
            unpack(tmp_path / name, tmp_path / "into")
    assert not is_archive(tmp_path)
    assert left_behind(tmp_path / "into") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_that_a_pipe_is_no_archive_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    assert not is_archive(tmp_path / "pipe.zip")


@pytest.mark.parametrize("make", [zip_of, tar_of])
@pytest.mark.parametrize(
    "name",
    [
        "../../evil.jpg",
        "/tmp/evil.jpg",
        r"\\server\evil.jpg",
        r"C:\evil.jpg",
        "c:/evil.jpg",
        "a/../../../evil.jpg",
        "a/../evil.jpg",
        r"..\..\evil.jpg",
        "../evil.exe",
        "..",
    ],
)
def test_that_a_name_that_leads_out_is_refused(tmp_path: Path, make: type, name: str) -> None:
    archive = make(tmp_path / "a.bin", {"ok.jpg": JPEG, name: JPEG})
    before = tree(tmp_path)
    with pytest.raises(DatasetError, match="written elsewhere"):
        unpack(archive, tmp_path / "into")
    assert tree(tmp_path) == before
    assert left_behind(tmp_path / "into") == []


def test_that_a_zero_byte_in_a_name_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.jpg@.exe": JPEG})
    path.write_bytes(path.read_bytes().replace(b"a.jpg@", b"a.jpg\0"))
    with pytest.raises(DatasetError, match="written elsewhere"):
        unpack(path, tmp_path / "into")


@pytest.mark.parametrize("make", [zip_of, tar_of])
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("con.jpg", "_con.jpg"),
        ("a/nul/x.jpg", "a/_nul/x.jpg"),
        ("COM1 .jpg", "_COM1 .jpg"),
        ("x" * 400 + ".jpg", "x" * 196 + ".jpg"),
        ("蜂" * 100 + ".jpg", "蜂" * 65 + ".jpg"),
        ("dots. . ./x.jpg", "dots/x.jpg"),
        ("cats /x.jpg", "cats/x.jpg"),
        ("a:b?c.jpg", "a_b_c.jpg"),
        ("a//./b/x.jpg", "a/b/x.jpg"),
        ("tab\there.jpg", "tab_here.jpg"),
        ("e\u0301/x.jpg", "\u00e9/x.jpg"),
        (" ./x.jpg", "_/x.jpg"),
    ],
)
def test_that_names_become_such_as_every_system_bears(
    tmp_path: Path, make: type, name: str, safe: str
) -> None:
    folder = unpack(make(tmp_path / "a.bin", {name: JPEG, "z.jpg": JPEG}), tmp_path / "into")
    assert tree(folder) == {safe: JPEG, "z.jpg": JPEG}


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_that_a_path_longer_than_systems_bear_is_left_out(tmp_path: Path, make: type) -> None:
    events: list[Event] = []
    archive = make(tmp_path / "a.bin", {"d/" * 600 + "x.jpg": JPEG, "ok.jpg": JPEG})
    assert tree(unpack(archive, tmp_path / "into", on_event=events.append)) == {"ok.jpg": JPEG}
    assert [text[:22] for text in told(events)] == ["1 names are too long a"]


def test_that_names_that_would_meet_are_numbered(tmp_path: Path) -> None:
    names = ["A/x.jpg", "a/X.jpg", "a\\x.jpg", "./a/x.jpg", "a /x.jpg", "A/x.jpg/y.jpg", "a.jpg"]
    entries = {name: JPEG + bytes([number]) for number, name in enumerate(names)}
    found = tree(unpack(zip_of(tmp_path / "a.zip", entries), tmp_path / "into"))
    assert sorted(found.values()) == sorted(entries.values())
    assert found["A/x.jpg"] == entries["A/x.jpg"]
    assert found["A/X (2).jpg"] == entries["a/X.jpg"]
    assert {name.partition("/")[0] for name in found} == {"A", "a.jpg"}


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_that_entries_of_one_name_are_all_kept(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    contents = [JPEG + bytes([number]) for number in range(5)]
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as zipped, warnings.catch_warnings(action="ignore"):
            for content in contents:
                zipped.writestr("a.jpg", content)
    else:
        with tarfile.open(path, "w") as tarred:
            for content in contents:
                info = tarfile.TarInfo("a.jpg")
                info.size = len(content)
                tarred.addfile(info, io.BytesIO(content))
    found = tree(unpack(path, tmp_path / "into"))
    assert sorted(found.values()) == contents
    assert sorted(found) == ["a (2).jpg", "a (3).jpg", "a (4).jpg", "a (5).jpg", "a.jpg"]


def test_that_names_in_old_encodings_are_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"12345.jpg": JPEG, "678.jpg": JPEG})
    data = path.read_bytes().replace(b"12345.jpg", "蜂é".encode() + b".jpg")
    path.write_bytes(data.replace(b"678.jpg", b"\x82\xff\x81.jpg"))  # code page 437
    assert set(tree(unpack(path, tmp_path / "into"))) == {"蜂é.jpg", "é\u00a0ü.jpg"}
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", encoding="latin-1", format=tarfile.GNU_FORMAT) as archive:
        info = tarfile.TarInfo("café.jpg")
        archive.addfile(info)
    assert set(tree(unpack(path, tmp_path / "tar"))) == {"café.jpg"}


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
        info.mode = 0o4777
        archive.addfile(info, io.BytesIO(JPEG))
    events: list[Event] = []
    folder = unpack(path, tmp_path / "into", on_event=events.append)
    assert tree(folder) == {"ok.jpg": JPEG}
    assert not (folder / "ok.jpg").stat().st_mode & 0o7111
    assert told(events) == [
        "2 links were left out: l.jpg, h.jpg.",
        "2 special files were left out: f.jpg, c.jpg.",
    ]
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


def test_that_a_packed_tar_that_is_a_bomb_is_stopped_whatever_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "HARMLESS", 1 << 20)
    for name in ("a.jpg", "unwanted.exe"):
        bomb = tar_of(tmp_path / "bomb.tgz", {"ok.jpg": JPEG, name: bytes(40 << 20)})
        with pytest.raises(DatasetError, match="far more than pictures"):
            unpack(bomb, tmp_path / "into")
    assert left_behind(tmp_path / "into") == []


def test_that_one_file_that_grows_too_much_is_a_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "HARMLESS", 1 << 20)
    entries = {"a.jpg": bytes(8 << 20), "b.jpg": os.urandom(1 << 20)}
    with pytest.raises(DatasetError, match="far more than pictures"):
        unpack(zip_of(tmp_path / "a.zip", entries), tmp_path / "into")


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_that_a_file_larger_than_any_picture_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: type
) -> None:
    monkeypatch.setattr(archives, "MAX_FILE", 1000)
    events: list[Event] = []
    archive = make(tmp_path / "a.bin", {"a.jpg": bytes(2000), "b.jpg": JPEG})
    assert tree(unpack(archive, tmp_path / "into", on_event=events.append)) == {"b.jpg": JPEG}
    assert told(events) == ["1 files are too large and were left out: a.jpg."]


@pytest.mark.parametrize("claim", [150, 5000])
def test_that_a_size_that_is_not_true_is_damage(tmp_path: Path, claim: int) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.jpg": JPEG})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", data, data.index(signature) + place, claim)
    path.write_bytes(data)
    with pytest.raises(DatasetError, match="damaged"):
        unpack(path, tmp_path / "into")
    assert left_behind(tmp_path / "into") == []


def test_that_files_that_overlap_are_damage(tmp_path: Path) -> None:
    """All entries of the directory point at one packed file, as in a quine or a "better" bomb."""
    path = zip_of(tmp_path / "a.zip", {f"{n}.jpg": bytes(50_000) for n in range(20)})
    data = bytearray(path.read_bytes())
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        struct.pack_into("<L", data, place + 42, 0)
    path.write_bytes(data)
    with pytest.raises(DatasetError, match="overlap"):
        unpack(path, tmp_path / "into")


def test_that_a_tar_cannot_ask_for_endless_headers(tmp_path: Path) -> None:
    path = tmp_path / "a.tgz"
    with gzip.open(path, "wb") as stream:
        info = tarfile.TarInfo("././@LongLink")
        info.type = tarfile.GNUTYPE_LONGNAME
        info.size = 50 << 20
        stream.write(info.tobuf(tarfile.GNU_FORMAT))
        stream.write(b"a" * (50 << 20))
    with pytest.raises(DatasetError, match="headers are too large"):
        unpack(path, tmp_path / "into")


@pytest.mark.parametrize("name", ["a.jpg", "a.exe"])
def test_that_a_tar_that_claims_exabytes_is_not_waited_for(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.tar"
    info = tarfile.TarInfo(name)
    info.size = 1 << 60
    path.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(20_000))
    with pytest.raises(DatasetError, match=r"damaged|no images"):
        unpack(path, tmp_path / "into")


def test_that_a_file_with_holes_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    holes = tarfile.TarInfo("holes.jpg")
    holes.pax_headers = {
        "GNU.sparse.map": "0,1",
        "GNU.sparse.size": str(1 << 40),
        "GNU.sparse.numblocks": "1",
    }
    holes.size = 1
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(holes, io.BytesIO(b"x"))
        info = tarfile.TarInfo("ok.jpg")
        info.size = len(JPEG)
        archive.addfile(info, io.BytesIO(JPEG))
    events: list[Event] = []
    assert tree(unpack(path, tmp_path / "into", on_event=events.append)) == {"ok.jpg": JPEG}
    assert told(events) == ["1 special files were left out: holes.jpg."]


def test_that_a_file_packed_in_an_unknown_way_is_left_out(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a.jpg": JPEG, "b.jpg": JPEG})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(signature) + place, 9)  # Deflate64
    path.write_bytes(data)
    events: list[Event] = []
    assert tree(unpack(path, tmp_path / "into", on_event=events.append)) == {"b.jpg": JPEG}
    assert told(events) == ["1 files are packed in an unknown way and were left out: a.jpg."]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_that_all_usual_ways_of_packing_are_unpacked(tmp_path: Path, method: int) -> None:
    content = os.urandom(300_000) + bytes(300_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a/1.jpg", content)
    assert tree(unpack(tmp_path / "a.zip", tmp_path / "into")) == {"a/1.jpg": content}


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


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_that_a_damaged_archive_is_said_so_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    entries = {f"{n}.jpg": os.urandom(5000) for n in range(20)}
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        zip_of(path, entries)
    else:
        tar_of(path, entries, f"w:{kind[4:]}" if "." in kind else "w")
    whole = path.read_bytes()
    if kind == "zip":  # in the middle of a picture; the directory at the end stays
        path.write_bytes(whole[:30_000] + bytes(4000) + whole[34_000:])
    elif kind == "tar":  # the header of the second file
        path.write_bytes(whole[:5632] + b"x" + whole[5633:])
    else:
        path.write_bytes(whole[:30_000] + bytes(4000) + whole[34_000:])
    with pytest.raises(DatasetError, match="damaged"):
        unpack(path, tmp_path / "into")
    for length in (len(whole) // 3, 512 * 11, len(whole) * 9 // 10):
        path.write_bytes(whole[:length])
        assert is_archive(path)
        with pytest.raises(DatasetError, match="damaged"):
            unpack(path, tmp_path / "into")
    assert left_behind(tmp_path / "into") == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_that_any_damage_gives_files_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    kind = data.draw(st.sampled_from(["zip", "tar", "tar.gz"]))
    path = folder / f"a.{kind}"
    if kind == "zip":
        zip_of(path, PICTURES)
    else:
        tar_of(path, PICTURES, f"w:{kind[4:]}" if "." in kind else "w")
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    before = set(tree(folder))
    with contextlib.suppress(DatasetError):
        unpack(path, folder / "into")
    assert left_behind(folder / "into") in ([], ["a"])
    outside = {name for name in tree(folder) if not name.startswith("into/")}
    assert outside == before


def test_that_an_archive_without_pictures_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no images"):
        unpack(zip_of(tmp_path / "a.zip", {"a.csv": b"x", "b.exe": b"y"}), tmp_path / "into")


def test_that_a_disk_without_room_is_said_before_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 5, 500))
    for make in (zip_of, tar_of):
        with pytest.raises(StorageError, match="not enough room"):
            unpack(make(tmp_path / "a.bin", {"a.jpg": bytes(2000)}), tmp_path / "into")


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


def test_that_it_can_be_held_and_stopped_in_the_middle(tmp_path: Path) -> None:
    token = CancelToken()
    heard: list[Event] = []

    def listen(event: Event) -> None:
        heard.append(event)
        if len(heard) == 1:
            token.pause()
            threading.Timer(0.05, token.resume).start()
        if isinstance(event, PauseChanged) and not event.paused:
            token.cancel()

    with pytest.raises(Cancelled):
        unpack(
            tar_of(tmp_path / "a.tgz", PICTURES), tmp_path / "into", on_event=listen, cancel=token
        )
    assert [event.paused for event in heard if isinstance(event, PauseChanged)] == [True, False]
    assert left_behind(tmp_path / "into") == []


@given(st.text(max_size=300))
def test_that_a_made_safe_name_is_safe(name: str) -> None:
    safe = safe_part(name)
    assert not set(safe) & set('/\\\0<>:"|?*')
    assert all(ord(letter) >= 32 for letter in safe)
    assert safe == safe.strip()
    assert not safe.endswith(".")
    assert len(safe.encode()) <= LONGEST_NAME
    assert safe not in {".", ".."}
    assert safe.split(".")[0].strip().lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert safe_part(safe) == safe


@given(st.lists(st.text("aAäÄ\u0308ßs/.(2) ", min_size=1, max_size=12), max_size=30))
def test_that_no_two_files_get_one_place_on_any_system(names: list[str]) -> None:
    root = Path("/root")
    given_out = [
        place
        for name in names
        if not leads_out(name) and (place := Places(root).place(name)) is not None
    ]
    assert all(place.is_relative_to(root) and ".." not in place.parts for place in given_out)
    places = Places(root)
    together = [places.place(name) for name in names if not leads_out(name)]
    files = [str(place) for place in together if place is not None]
    folders = {str(folder) for file in files for folder in Path(file).parents}

    def folded(text: str) -> str:
        return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())

    assert len({folded(file) for file in files}) == len(files)
    assert len({folded(folder) for folder in folders}) == len(folders)
    assert not {folded(file) for file in files} & {folded(folder) for folder in folders}


def test_that_many_files_of_one_name_are_placed_in_no_time() -> None:
    places = Places(Path("/root"))
    assert len({places.place("a.jpg") for _ in range(20_000)}) == 20_000


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
