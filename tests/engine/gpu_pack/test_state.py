"""The shipped tables, whether a pack would help, and what the doctor says of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from effnet_studio import paths
from effnet_studio.engine.doctor.examine import graphics_with_pack
from effnet_studio.engine.doctor.gpu_pack import pack_document, pack_fact
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.facts.fact import Level, Remedy
from effnet_studio.engine.facts.graphics import Card, GraphicsProbe
from effnet_studio.engine.gpu_pack.activate import Standing
from effnet_studio.engine.gpu_pack.install import install_pack, known_manifest
from effnet_studio.engine.gpu_pack.installed import Installed
from effnet_studio.engine.gpu_pack.listing import file_list
from effnet_studio.engine.gpu_pack.manifest import Manifest, load_manifest
from effnet_studio.engine.gpu_pack.state import Need, PackState, look_at_pack, need_of
from effnet_studio.engine.gpu_pack.trial import Failure
from tests.engine.gpu_pack.small_packs import manifest_of, small_pack

REPOSITORY = Path(__file__).resolve().parents[3]
TABLES = sorted((paths.resources_dir() / "gpu_pack").glob("*.json"))
CARD = Card("NVIDIA GeForce RTX 4070", 12 * 2**30, 0, (8, 9))
BARE = GraphicsProbe(torch="2.13.0+cpu", nvidia=(CARD,), driver="580.65", driver_cuda="13.0")
INSTALLED = Installed("2.13.0", "13.0", "cp311", "linux-x86_64", 4_000_000_000, {})


@pytest.fixture
def linux() -> Manifest:
    found = load_manifest(paths.resources_dir() / "gpu_pack" / "linux-x86_64-cp311.json")
    assert found is not None
    return found


# -- the tables --------------------------------------------------------------------------------


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_that_a_table_is_for_the_pytorch_that_the_app_is_built_with(file: Path) -> None:
    text = (REPOSITORY / "packaging" / "constraints.txt").read_text()
    table = load_manifest(file)
    assert table is not None
    assert table.torch == re.search(r"^torch==(\S+)$", text, re.MULTILINE)[1]
    assert file.stem == f"{table.system}-{table.python}"


def test_that_the_table_for_linux_names_every_file(linux: Manifest) -> None:
    assert linux.complete
    names = {wheel.name for wheel in linux.wheels}
    assert {"torch", "nvidia-cublas", "nvidia-cudnn-cu13", "nvidia-nccl-cu13"} <= names
    assert not names & {"triton", "cuda-bindings"}  # nothing in the app uses them
    assert all(wheel.path.endswith(f"/{wheel.file}") for wheel in linux.wheels)
    assert 2.4e9 < linux.download_bytes < 2.7e9
    assert 3.8e9 < linux.unpacked_bytes < 4.2e9


def test_that_the_list_for_another_computer_has_addresses_and_checksums(linux: Manifest) -> None:
    lines = file_list(linux).splitlines()
    for wheel in linux.wheels:
        assert linux.address(wheel) in lines
        assert f"{wheel.sha256}  {wheel.file}" in lines


def test_that_a_damaged_table_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "table.json"
    good = json.loads(TABLES[0].read_text())
    for bad in ("{", json.dumps({**good, "format": 9}), json.dumps({"format": 1})):
        file.write_text(bad)
        with pytest.raises(GpuPackError, match="damaged"):
            load_manifest(file)
    row = {"name": "x", "version": "1", "file": "../x.whl", "path": "x", "size": 1, "unpacked": 1}
    file.write_text(json.dumps({**good, "files": [{**row, "sha256": "0" * 64}]}))
    with pytest.raises(GpuPackError, match="damaged"):
        load_manifest(file)
    assert load_manifest(tmp_path / "none.json") is None


def test_that_a_system_without_a_pack_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    with pytest.raises(GpuPackError, match="no GPU pack for this system"):
        known_manifest()


# -- would it help -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("probe", "need"),
    [
        (BARE, Need.HELPS),
        (replace(BARE, driver_cuda=""), Need.HELPS),
        (replace(BARE, driver_cuda="12.8"), Need.OLD_DRIVER),
        (replace(BARE, driver="", driver_cuda=""), Need.NO_DRIVER),
        (replace(BARE, nvidia=(Card("NVIDIA"),)), Need.HELPS),
        (replace(BARE, nvidia=(replace(CARD, capability=(6, 1)),)), Need.OLD_CARD),
        (replace(BARE, nvidia=(), driver="", driver_cuda=""), Need.NO_CARD),
    ],
)
def test_that_a_pack_is_offered_where_it_would_help(
    linux: Manifest, probe: GraphicsProbe, need: Need
) -> None:
    assert need_of(probe, linux, frozen=True) is need
    assert need_of(probe, linux, frozen=False) is (need if need is Need.NO_CARD else Need.PYTHON)
    assert need_of(probe, replace(linux, wheels=()), frozen=True) in {need, Need.NO_TABLE}


def test_that_the_state_is_looked_up_here(tmp_path: Path) -> None:
    shipped = load_manifest()
    if shipped is None:
        pytest.skip("no GPU pack is made for this system")
    assert look_at_pack(BARE, frozen=True).offered
    assert look_at_pack(BARE, frozen=True).card == CARD.name
    assert not look_at_pack(BARE, frozen=False).shown
    downloads = paths.gpu_pack_dir() / "downloads"
    downloads.mkdir(parents=True)
    (downloads / f"{shipped.wheels[0].file}.part").write_bytes(b"x" * 1000)
    assert look_at_pack(BARE, frozen=True).fetched == 1000
    files = small_pack(tmp_path / "files")
    install_pack(files[0].parent, manifest=manifest_of(files, torch=shipped.torch))
    state = look_at_pack(BARE, frozen=True)
    assert (state.standing, state.offered, state.fetched) == (Standing.READY, False, 0)
    assert state.installed is not None
    assert state.shown
    install_pack(files[0].parent, manifest=manifest_of(files, torch="1.2.3"))
    state = look_at_pack(BARE, frozen=True)
    assert (state.standing, state.old[0].torch) == (Standing.OTHER, "1.2.3")
    assert state.offered


# -- in plain words ----------------------------------------------------------------------------

SAID = {
    "used": (
        PackState(Standing.USED, Need.HELPS, installed=INSTALLED),
        "installed, and used: PyTorch",
    ),
    "idle": (PackState(Standing.USED, Need.NO_CARD, installed=INSTALLED), "installed, and used"),
    "ready": (PackState(Standing.READY, Need.HELPS, installed=INSTALLED), "from the next start"),
    "off": (PackState(Standing.OFF, Need.HELPS, installed=INSTALLED), "EFFNET_STUDIO_GPU_PACK"),
    "python": (PackState(Standing.NOT_ASKED, Need.PYTHON, installed=INSTALLED), "runs from Python"),
    "crash": (PackState(Standing.FAILED, Need.HELPS, failure=Failure("")), "the app ended while"),
    "error": (
        PackState(Standing.FAILED, Need.HELPS, failure=Failure("", "OSError: x.")),
        "OSError: x",
    ),
    "offer": (PackState(Standing.NONE, Need.HELPS, card="RTX"), "it would help: RTX was found"),
    "no card": (PackState(Standing.NONE, Need.NO_CARD), "not needed, as there is no NVIDIA card"),
    "no driver": (PackState(Standing.NONE, Need.NO_DRIVER, card="RTX"), "once RTX has a driver"),
    "old driver": (PackState(Standing.NONE, Need.OLD_DRIVER), "with a newer driver"),
    "old card": (PackState(Standing.NONE, Need.OLD_CARD, card="GTX"), "GTX is too old"),
    "pip": (PackState(Standing.NONE, Need.PYTHON), "runs from Python"),
    "no table": (PackState(Standing.NO_TABLE, Need.NO_TABLE), "none for this system yet"),
    "old": (PackState(Standing.OTHER, Need.HELPS, old=(INSTALLED,)), "for PyTorch 2.13.0"),
}


@pytest.mark.parametrize("name", SAID)
def test_that_each_state_is_said_in_plain_words(name: str, linux: Manifest) -> None:
    state, words = SAID[name]
    state = replace(state, manifest=linux)
    fact = pack_fact(state)
    assert words in str(fact.value)
    assert (fact.level is Level.WARNING) == (state.standing is Standing.FAILED)
    helps = state.need not in {Need.NO_CARD, Need.PYTHON}
    assert (fact.level is Level.ABSENT) == (
        state.standing in {Standing.NONE, Standing.NO_TABLE, Standing.OTHER} and helps
    )
    assert not str(fact.value).endswith(".")  # a value, no sentence
    document = pack_document(state)
    assert json.loads(json.dumps(document)) == document
    assert document["standing"] == state.standing.value


def test_that_the_offer_names_its_price(linux: Manifest) -> None:
    fact = pack_fact(PackState(Standing.NONE, Need.HELPS, CARD.name, linux))
    assert str(fact.hint) == "Add the GPU pack: 2.5 GB to download, 3.9 GB on disk."


def test_that_an_installed_app_advises_the_pack_and_a_python_its_commands(linux: Manifest) -> None:
    offered = PackState(Standing.NONE, Need.HELPS, CARD.name, linux)
    facts = {fact.key: fact for fact in graphics_with_pack(BARE, offered)}
    assert facts["cuda"].level is Level.WARNING
    assert facts["cuda"].remedy is Remedy.GPU_PACK
    assert facts["cuda"].command == ""
    assert "Add the GPU pack" in str(facts["cuda"].hint)
    assert facts["gpu_pack"].remedy is None  # one button is enough
    source = {f.key: f for f in graphics_with_pack(BARE, replace(offered, need=Need.PYTHON))}
    assert "uv pip install" in source["cuda"].command
    assert source["cuda"].remedy is None


@pytest.mark.parametrize("need", [Need.OLD_CARD, Need.NO_TABLE])
def test_that_what_nobody_can_mend_is_no_warning(linux: Manifest, need: Need) -> None:
    facts = graphics_with_pack(BARE, PackState(Standing.NONE, need, CARD.name, linux))
    assert all(fact.ok and not fact.command and fact.remedy is None for fact in facts)
    assert "The processor computes" in str({fact.key: fact for fact in facts}["cuda"].hint)


def test_that_a_pack_that_failed_is_the_one_thing_to_look_at(linux: Manifest) -> None:
    failed = PackState(
        Standing.FAILED,
        Need.HELPS,
        CARD.name,
        linux,
        INSTALLED,
        Failure("2026-11-20T09:41:00+00:00"),
    )
    facts = graphics_with_pack(BARE, failed)
    (worst,) = (fact for fact in facts if not fact.ok)
    assert (worst.key, worst.remedy) == ("gpu_pack", Remedy.GPU_PACK)


@pytest.mark.parametrize("change", [{"driver_cuda": "12.8", "cuda_build": "13.0"}, {"torch": ""}])
def test_that_an_installed_app_never_speaks_of_pip(linux: Manifest, change: dict[str, str]) -> None:
    probe = replace(BARE, torch_error="it broke", **change)
    facts = graphics_with_pack(probe, PackState(Standing.NONE, Need.HELPS, CARD.name, linux))
    assert [fact for fact in facts if fact.command] == []


def test_that_a_mac_says_nothing_of_packs() -> None:
    probe = GraphicsProbe(system="Darwin", machine="arm64", mps_available=True, mps_built=True)
    keys = {f.key for f in graphics_with_pack(probe, PackState(Standing.NO_TABLE, Need.NO_CARD))}
    assert keys == {"device", "mps"}
