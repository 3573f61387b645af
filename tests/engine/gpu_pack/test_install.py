"""Installing a pack from the network, a folder and a zip file, and everything that can go wrong."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from effnet_studio import paths
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.connections import Purpose, read_connections
from effnet_studio.engine.errors import Cancelled, GpuPackError
from effnet_studio.engine.events import Event, Noted, Progress, Stage
from effnet_studio.engine.gpu_pack import install as install_module
from effnet_studio.engine.gpu_pack.fetch import bytes_here
from effnet_studio.engine.gpu_pack.install import install_pack
from effnet_studio.engine.gpu_pack.installed import DESCRIPTION, read_installed
from effnet_studio.engine.gpu_pack.manifest import Manifest
from effnet_studio.engine.gpu_pack.place import leftovers, locked
from effnet_studio.engine.gpu_pack.upkeep import remove_pack, tidy, verify_pack
from effnet_studio.engine.models import download as download_module
from effnet_studio.engine.models.network import MIRROR_VARIABLE
from tests.engine.gpu_pack.small_packs import (
    TORCH,
    Shop,
    make_wheel,
    manifest_of,
    selling,
    small_pack,
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return small_pack(tmp_path / "files")


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_module, "RETRY_PAUSE", 0.0)
    monkeypatch.delenv(MIRROR_VARIABLE, raising=False)
    monkeypatch.delenv("EFFNET_STUDIO_GPU_PACK_MIRROR", raising=False)


def _folder(manifest: Manifest) -> Path:
    return paths.gpu_pack_dir() / manifest.key


def _nothing_there(manifest: Manifest) -> bool:
    return not _folder(manifest).exists() and not leftovers(paths.gpu_pack_dir())


# -- from the network --------------------------------------------------------------------------


def test_that_a_pack_is_downloaded_checked_and_installed(files: list[Path]) -> None:
    shop, told = Shop(files[0].parent), []
    with selling(shop) as base:
        manifest = manifest_of(files, base)
        found = install_pack(manifest=manifest, on_event=told.append)
    folder = _folder(manifest)
    assert found == read_installed(folder)
    assert (found.torch, found.cuda) == ("9.9.9", "99.0")
    assert (folder / "torch/lib/libtorch_cuda.so").read_bytes() == TORCH[
        "torch/lib/libtorch_cuda.so"
    ]
    assert not (folder / "torch/include").exists()  # only compilers need it
    assert list(folder.glob("torch/__pycache__/*.pyc"))
    assert os.name == "nt" or os.access(folder / "torch/bin/manager", os.X_OK)
    assert not os.access(folder / "torch/version.py", os.X_OK)
    assert not (paths.gpu_pack_dir() / "downloads").exists()
    assert [name for name, _ in shop.asked] == [file.name for file in files]
    assert {each.purpose for each in read_connections()} == {Purpose.GPU_PACK}
    _progress_is_of_all_files(told, manifest)


def _progress_is_of_all_files(told: list[Event], manifest: Manifest) -> None:
    steps = [each for each in told if isinstance(each, Progress) and each.stage is Stage.DOWNLOAD]
    assert {each.total for each in steps} == {manifest.download_bytes}
    assert [each.done for each in steps] == sorted(each.done for each in steps)
    assert (steps[0].done, steps[-1].done) == (0, manifest.download_bytes)


def test_that_a_broken_download_goes_on_where_it_stopped(files: list[Path]) -> None:
    shop = Shop(files[0].parent, cut_after=1000)
    with selling(shop) as base:
        manifest = manifest_of(files, base)
        with pytest.raises(GpuPackError, match="was cut") as caught:
            install_pack(manifest=manifest)
        assert "it goes on from there" in str(caught.value.hint)
        assert _nothing_there(manifest)
        here = bytes_here(manifest, paths.gpu_pack_dir() / "downloads")
        assert here == 1000 * download_module.ATTEMPTS
        shop.cut_after, shop.asked = None, []
        told: list[Event] = []
        install_pack(manifest=manifest, on_event=told.append)
    assert shop.asked[0] == (files[0].name, here)
    first = next(each for each in told if isinstance(each, Progress))
    assert first.done == here
    assert verify_pack(_folder(manifest)) == ()


def test_that_whole_files_are_not_asked_for_again(files: list[Path]) -> None:
    shop = Shop(files[0].parent)
    with selling(shop) as base:
        manifest = manifest_of(files, base)
        downloads = paths.gpu_pack_dir() / "downloads"
        downloads.mkdir(parents=True)
        shutil.copy(files[0], downloads)
        (downloads / files[1].name).write_bytes(b"damaged by a power cut")
        install_pack(manifest=manifest)
    assert shop.asked == [(files[1].name, 0)]


def test_that_another_content_is_never_installed(files: list[Path]) -> None:
    with selling(Shop(files[0].parent)) as base:
        manifest = manifest_of(files, base)
        data = bytearray(files[1].read_bytes())
        data[100] ^= 1
        files[1].write_bytes(data)
        with pytest.raises(GpuPackError, match="checksum differs"):
            install_pack(manifest=manifest)
    assert _nothing_there(manifest)


def test_that_stopping_keeps_what_came(files: list[Path]) -> None:
    cancel = CancelToken()

    def stop_at_the_second(event: Event) -> None:
        if isinstance(event, Progress) and event.done >= files[0].stat().st_size:
            cancel.cancel()

    with selling(Shop(files[0].parent)) as base:
        manifest = manifest_of(files, base)
        with pytest.raises(Cancelled):
            install_pack(manifest=manifest, on_event=stop_at_the_second, cancel=cancel)
    assert _nothing_there(manifest)
    assert (paths.gpu_pack_dir() / "downloads" / files[0].name).is_file()


def test_that_a_mirror_is_asked_instead(files: list[Path]) -> None:
    manifest = manifest_of(files)  # nobody is at its own address
    with selling(Shop(files[0].parent, flat=True)) as mirror:
        install_pack(manifest=manifest, mirror=f"{mirror}/")
    assert verify_pack(_folder(manifest)) == ()
    remove_pack()
    with selling(Shop(files[0].parent)) as mirror:  # laid out as the usual address is
        install_pack(manifest=manifest, mirror=mirror)
    assert verify_pack(_folder(manifest)) == ()


def test_that_the_mirror_for_weights_comes_first_and_is_no_must(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = Shop(tmp_path / "half", flat=True)
    half.folder.mkdir()
    shutil.copy(files[0], half.folder)
    whole = Shop(files[0].parent)
    with selling(half) as mirror, selling(whole) as base:
        monkeypatch.setenv(MIRROR_VARIABLE, mirror)
        install_pack(manifest=manifest_of(files, base))
    assert half.asked == [(files[0].name, 0)]
    assert whole.asked == [(files[1].name, 0)]


def test_that_no_network_is_said_in_plain_words(files: list[Path]) -> None:
    with pytest.raises(GpuPackError, match="There is no connection to"):
        install_pack(manifest=manifest_of(files))


# -- from files --------------------------------------------------------------------------------


def test_that_a_folder_will_do_and_is_left_alone(files: list[Path]) -> None:
    manifest = manifest_of(files)
    before = {file: file.read_bytes() for file in files}
    install_pack(files[0].parent, manifest=manifest)
    assert verify_pack(_folder(manifest)) == ()
    assert {file: file.read_bytes() for file in files} == before
    assert read_connections() == ()


def test_that_one_of_the_files_stands_for_its_folder(files: list[Path]) -> None:
    manifest = manifest_of(files)
    install_pack(files[1], manifest=manifest)
    assert verify_pack(_folder(manifest)) == ()


@pytest.mark.parametrize("inside", ["{name}", "pack/files/{name}", "pack\\{name}", "../../{name}"])
def test_that_a_zip_will_do_whatever_folders_are_in_it(
    files: list[Path], tmp_path: Path, inside: str
) -> None:
    archive = tmp_path / "a" / "b" / "pack.zip"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("read me.txt", "hello")
        for file in files:
            writer.writestr(inside.format(name=file.name), file.read_bytes())
    manifest = manifest_of(files)
    install_pack(archive, manifest=manifest)
    assert verify_pack(_folder(manifest)) == ()
    assert {each.name for each in tmp_path.iterdir()} == {"a", "files"}


def test_that_a_missing_file_is_named(files: list[Path]) -> None:
    manifest = manifest_of(files)
    files[1].unlink()
    with pytest.raises(GpuPackError, match=f"1 of 2 files.*{files[1].name}"):
        install_pack(files[0].parent, manifest=manifest)
    assert _nothing_there(manifest)


def test_that_a_damaged_file_is_named_before_anything_is_unpacked(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = manifest_of(files)
    files[1].write_bytes(files[1].read_bytes()[:-1] + b"x")
    monkeypatch.setattr(install_module, "unpack_wheel", lambda *_, **__: pytest.fail("unpacked"))
    with pytest.raises(GpuPackError, match=f"{files[1].name} is damaged"):
        install_pack(files[0].parent, manifest=manifest)


def test_that_no_zip_and_no_folder_are_said_so(files: list[Path], tmp_path: Path) -> None:
    manifest = manifest_of(files)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"no zip")
    with pytest.raises(GpuPackError, match="cannot be read as a zip file"):
        install_pack(broken, manifest=manifest)
    with pytest.raises(GpuPackError, match="There is no folder or zip file"):
        install_pack(tmp_path / "nowhere", manifest=manifest)


# -- hostile and broken wheels -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("../outside.py", 0o100644),
        ("torch/../../outside.py", 0o100644),
        ("/outside.py", 0o100644),
        ("C:/outside.py", 0o100644),
        ("torch\\..\\..\\outside.py", 0o100644),
        ("torch/aux.py", 0o100644),
        ("torch/name ", 0o100644),
        ("torch/link.py", 0o120777),
    ],
)
def test_that_no_name_leads_outside(tmp_path: Path, name: str, mode: int) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    wheel = make_wheel(folder, "torch", "9.9.9", {**TORCH, name: b"evil"}, modes={name: mode})
    manifest = manifest_of([wheel])
    with pytest.raises(GpuPackError, match="leads elsewhere"):
        install_pack(folder, manifest=manifest)
    assert _nothing_there(manifest)
    assert not list(paths.gpu_pack_dir().parent.rglob("outside*"))


def _record_of(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read("torch-9.9.9.dist-info/RECORD").decode()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda text: text.replace("torch/version.py,sha256=", "torch/version.py,sha256=A"),
            "differs",
        ),
        (lambda text: "\n".join(text.splitlines()[1:]), "not in RECORD"),
        (lambda text: text + "torch/gone.py,sha256=AAAA,4\n", "gone.py is missing"),
        (lambda text: text.replace("sha256=", "md5="), "RECORD: md5"),
        (lambda _: "nonsense", "RECORD"),
    ],
)
def test_that_a_wheel_must_be_what_its_list_says(
    tmp_path: Path, change: object, complaint: str
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    record = change(_record_of(make_wheel(folder, "torch", "9.9.9", TORCH)))
    manifest = manifest_of([make_wheel(folder, "torch", "9.9.9", TORCH, record=record)])
    with pytest.raises(GpuPackError, match=complaint):
        install_pack(folder, manifest=manifest)
    assert _nothing_there(manifest)


def test_that_a_licence_too_deep_for_windows_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    deep = f"torch-9.9.9.dist-info/licenses/{'part/' * 30}LICENSE"
    wheel = make_wheel(folder, "torch", "9.9.9", {**TORCH, deep: b"yours"})
    manifest = manifest_of([wheel])
    install_pack(folder, manifest=manifest)
    assert not (_folder(manifest) / "torch-9.9.9.dist-info/licenses").exists()
    assert verify_pack(_folder(manifest)) == ()


def test_that_two_wheels_never_share_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    wheels = [*small_pack(folder), make_wheel(folder, "other", "1", {"torch/version.py": b"x"})]
    with pytest.raises(GpuPackError, match="in another file too"):
        install_pack(folder, manifest=manifest_of(wheels))


def test_that_files_without_pytorch_are_no_pack(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    manifest = manifest_of([make_wheel(folder, "other", "1", {"other.py": b"x"})])
    with pytest.raises(GpuPackError, match="hold no PyTorch"):
        install_pack(folder, manifest=manifest)
    assert _nothing_there(manifest)


# -- room, and others --------------------------------------------------------------------------


def test_that_room_is_looked_for_before_anything_comes(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(files[0].parent)
    monkeypatch.setattr(install_module, "free_bytes", lambda _: 10**6)
    with selling(shop) as base, pytest.raises(GpuPackError, match="not enough room") as caught:
        install_pack(manifest=manifest_of(files, base))
    assert "Free some space" in str(caught.value.hint)
    assert shop.asked == []


def test_that_a_disk_that_fills_leaves_no_half_pack(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, write = manifest_of(files), Path.open

    def full(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if mode == "xb" and self.name == "libtorch_cuda.so":
            raise OSError(28, "No space left on device")
        return write(self, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(Exception, match="The disk is full"):
        install_pack(files[0].parent, manifest=manifest)
    monkeypatch.undo()
    assert not _folder(manifest).exists()


def test_that_only_one_installs_at_a_time(files: list[Path]) -> None:
    with (
        locked(paths.gpu_pack_dir()),
        pytest.raises(GpuPackError, match="installed or removed already"),
    ):
        install_pack(files[0].parent, manifest=manifest_of(files))
    install_pack(files[0].parent, manifest=manifest_of(files))


def test_that_a_whole_pack_is_not_installed_twice(files: list[Path]) -> None:
    manifest = manifest_of(files)
    first = install_pack(files[0].parent, manifest=manifest)
    for file in files:
        file.unlink()
    assert install_pack(files[0].parent, manifest=manifest) == first


def test_that_installing_again_mends_a_damaged_pack(files: list[Path]) -> None:
    manifest = manifest_of(files)
    install_pack(files[0].parent, manifest=manifest)
    (_folder(manifest) / "torch/version.py").write_bytes(b"cuda = 'x'")
    assert verify_pack(_folder(manifest)) == ("torch/version.py",)
    install_pack(files[0].parent, manifest=manifest)
    assert verify_pack(_folder(manifest)) == ()


def test_that_packs_of_earlier_versions_go_and_are_told(files: list[Path]) -> None:
    old = manifest_of(files, torch="9.9.8")
    install_pack(files[0].parent, manifest=old)
    told: list[Event] = []
    manifest = manifest_of(files)
    install_pack(files[0].parent, manifest=manifest, on_event=told.append)
    assert not _folder(old).exists()
    assert any("PyTorch 9.9.8" in str(each.message) for each in told if isinstance(each, Noted))


def test_that_what_a_crash_left_is_swept_up(files: list[Path]) -> None:
    manifest, root = manifest_of(files), paths.gpu_pack_dir()
    (root / ".tmp-half" / "torch").mkdir(parents=True)
    (root / "torch-9.9.7-x").mkdir()
    install_pack(files[0].parent, manifest=manifest)
    assert {each.name for each in root.iterdir() if each.is_dir()} == {manifest.key}
    # The crash came between the two renames of a replacement.
    (root / manifest.key).rename(root / f"{manifest.key}.previous")
    install_pack(files[0].parent, manifest=manifest)
    assert {each.name for each in root.iterdir() if each.is_dir()} == {manifest.key}


# -- looking after it --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["torch/lib/libtorch_cuda.so", "torch-9.9.9.dist-info/RECORD"])
@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_that_every_damage_is_found(files: list[Path], name: str, damage: str) -> None:
    manifest = manifest_of(files)
    install_pack(files[0].parent, manifest=manifest)
    file = _folder(manifest) / name
    if damage == "gone":
        file.unlink()
    else:
        data = bytearray(file.read_bytes())
        data[-3] ^= 1
        file.write_bytes(data)
    assert verify_pack(_folder(manifest)) == (name,)


def test_that_removing_leaves_nothing(files: list[Path]) -> None:
    manifest, root = manifest_of(files), paths.gpu_pack_dir()
    size = install_pack(files[0].parent, manifest=manifest).size
    (root / "downloads").mkdir()
    assert remove_pack() == size > 0
    assert not [each for each in root.iterdir() if each.is_dir() and each.name != "trying"]
    assert remove_pack() == 0
    with pytest.raises(GpuPackError, match="no GPU pack"):
        verify_pack(_folder(manifest))


def test_that_a_pack_in_use_is_made_invalid_and_removed_later(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = manifest_of(files)
    install_pack(files[0].parent, manifest=manifest)
    folder = _folder(manifest)
    with monkeypatch.context() as used:
        used.setattr("effnet_studio.engine.gpu_pack.upkeep.in_use", lambda _: True)
        assert remove_pack() > 0
        tidy()
        assert (folder / "torch").is_dir()
        assert read_installed(folder) is None
    tidy()
    assert not folder.exists()


def test_that_a_description_of_another_kind_counts_as_none(files: list[Path]) -> None:
    manifest = manifest_of(files)
    installed = install_pack(files[0].parent, manifest=manifest)
    assert installed.belongs_to(manifest)
    assert not installed.belongs_to(replace(manifest, torch="9.9.8"))
    assert not installed.belongs_to(replace(manifest, python="cp312"))
    assert not installed.belongs_to(replace(manifest, system="windows-x86_64"))
    about = _folder(manifest) / DESCRIPTION
    table = json.loads(about.read_text())
    for broken in ("", "[]", json.dumps({**table, "format": 2}), json.dumps({**table, "new": 1})):
        about.write_text(broken)
        assert read_installed(about.parent) is None
