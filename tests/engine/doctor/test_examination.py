"""Weights, parts, folders, hosts, speed, and the whole as text and document."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

import pytest

from effnet_studio import __version__, paths
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.connections import Outcome, Purpose, begin, read_connections
from effnet_studio.engine.doctor import folders, parts, speed, weights
from effnet_studio.engine.doctor.document import (
    examination_document,
    network_document,
    report_text,
    without_names,
)
from effnet_studio.engine.doctor.examine import Examination, Group, examine
from effnet_studio.engine.doctor.folders import (
    cloud_of,
    folder_facts,
    network_mount,
    read_macos_mounts,
    writable,
)
from effnet_studio.engine.doctor.hosts import HOSTS, hosts_in_use, proxy_of
from effnet_studio.engine.doctor.parts import part_facts
from effnet_studio.engine.doctor.references import REFERENCES
from effnet_studio.engine.doctor.speed import Speed, keep_speed, kept_speed, measure_speed
from effnet_studio.engine.doctor.weights import STARTERS, weights_facts
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.facts.fact import Fact, Level, Remedy
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.network import MIRROR_VARIABLE, PROXY_VARIABLE
from effnet_studio.engine.models.published import published_files
from effnet_studio.engine.project import Project

GB = 2**30


# -- weights -----------------------------------------------------------------------------------


def test_that_the_shipped_backbones_are_the_ones_that_are_known() -> None:
    shipped = {file.stem for file in (paths.resources_dir() / "backbones").glob("*.safetensors")}
    assert shipped == set(STARTERS)
    assert weights_facts()[0].ok


def test_that_a_damaged_backbone_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights.paths, "resources_dir", lambda: tmp_path)
    assert weights_facts()[0].level is Level.PROBLEM
    (tmp_path / "backbones").mkdir()
    (tmp_path / "backbones" / "efficientnet_b0.safetensors").write_bytes(b"half")
    assert weights_facts()[0].level is Level.PROBLEM
    assert "EfficientNet-B0" in str(weights_facts()[0].value)


def test_that_downloaded_weights_are_named_and_damaged_ones_found(isolated_home: Path) -> None:
    assert str(weights_facts()[1].value).startswith("none yet")
    content = b"weights"
    digits = hashlib.sha256(content).hexdigest()[:8]
    folder = paths.weights_dir()
    folder.mkdir(parents=True)
    (folder / f"efficientnet_b0_rwightman-{digits}.pth").write_bytes(content)
    (folder / "something-else.pth").write_bytes(content)
    other = Path(os.environ["TORCH_HOME"]) / "hub" / "checkpoints"
    other.mkdir(parents=True)
    (other / f"resnet18-{digits}.pth").write_bytes(content)
    fact = weights_facts()[1]
    assert str(fact.value).startswith("EfficientNet-B0, ResNet-18; 0 MB in")
    assert fact.ok
    assert fact.remedy is Remedy.WEIGHTS

    (folder / "resnet50-0123abcd.pth").write_bytes(content)
    fact = weights_facts()[1]
    assert fact.level is Level.WARNING
    assert "Damaged: resnet50-0123abcd.pth" in str(fact.value)


def test_that_it_is_told_which_version_changed_a_project_last(tmp_path: Path) -> None:
    Project.create(tmp_path / "p.effnet").close()
    facts = {fact.key: fact for fact in folder_facts(tmp_path / "p.effnet")}
    assert str(facts["project_app"].value) == f"EffNet Studio {__version__}"
    (tmp_path / "p.effnet" / "project.json").write_text('{"format": 99, "app": "2.3"}')
    assert "project_app" not in {fact.key for fact in folder_facts(tmp_path / "p.effnet")}


# -- optional parts ----------------------------------------------------------------------------


def test_that_parts_that_are_not_here_tell_what_for_and_how(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "_version", lambda name: "6.11.3" if "Essen" in name else "")
    facts = {fact.key: fact for fact in part_facts()}
    assert {"heic", "camera", "openvino", "tensorboard", "converter_litert"} <= set(facts)
    assert all(fact.ok and fact.hint is not None for fact in facts.values())
    assert facts["camera"].command.endswith('-m pip install "PySide6-Addons==6.11.3"')

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    frozen = {fact.key: fact for fact in part_facts()}
    assert frozen["heic"].command == ""
    assert "packaged" in str(frozen["heic"].value)


def test_that_parts_that_are_here_have_their_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_version", lambda _name: "1.2.3")
    monkeypatch.setattr(parts, "installed", lambda _kind: True)
    for fact in part_facts():
        assert str(fact.value) in {"installed, version 1.2.3", "installed"}
        assert fact.hint is None


# -- folders -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Users\me\OneDrive - Lab\Documents"), "OneDrive"),
        (PurePosixPath("/Users/me/Library/CloudStorage/Dropbox/p.effnet"), "Dropbox"),
        (PurePosixPath("/Users/me/Library/Mobile Documents/x"), "iCloud"),
        (PureWindowsPath(r"G:\My Drive\data"), "Google Drive"),
        (PureWindowsPath(r"D:\百度网盘同步\data"), "百度网盘"),
        (PureWindowsPath(r"D:\坚果云\data"), "坚果云"),
        (PurePosixPath("/home/me/Documents"), ""),
        (PurePosixPath("/home/me/my-dropbox-notes"), ""),
    ],
)
def test_that_synchronised_folders_are_known_by_name(
    path: PurePosixPath | PureWindowsPath, service: str
) -> None:
    assert cloud_of(path, {}) == service


def test_that_onedrive_tells_of_its_folder() -> None:
    found = cloud_of(PureWindowsPath(r"D:\Sync\x"), {"OneDriveCommercial": r"D:\Sync"})
    assert found == "OneDrive"


@pytest.mark.parametrize(
    ("folder", "remote"),
    [("/home/me", False), ("/mnt/share/data", True), ("/mnt/share2", False), ("/mnt/c/me", True)],
)
def test_that_the_innermost_file_system_counts(folder: str, *, remote: bool) -> None:
    table = [("/", "ext4"), ("/mnt/share", "nfs4"), ("/mnt/c", "9p"), ("/mnt/share2", "ext4")]
    assert network_mount(PurePosixPath(folder), table) is remote
    assert not network_mount(PurePosixPath(folder), [])


def test_that_macos_mounts_are_read() -> None:
    text = (
        "/dev/disk3s1 on / (apfs, local)\n//me@host/a b on /Volumes/a b (smbfs, nodev, me)\nodd\n"
    )
    assert read_macos_mounts(text) == [("/", "apfs"), ("/Volumes/a b", "smbfs")]


def _projects(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Fact:
    monkeypatch.setattr(folders.paths, "documents_dir", lambda: folder)
    return next(fact for fact in folder_facts() if fact.key == "projects")


def test_that_folders_are_judged_by_the_worst(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _projects(monkeypatch, tmp_path).ok
    synchronised = _projects(monkeypatch, tmp_path / "OneDrive" / "Documents")
    assert synchronised.level is Level.WARNING
    assert "OneDrive copies files" in str(synchronised.hint)
    monkeypatch.setattr(folders, "on_network", lambda _folder: True)
    assert "another computer's disk" in str(_projects(monkeypatch, tmp_path).hint)
    monkeypatch.setattr(folders, "free_disk", lambda _folder: GB)
    assert _projects(monkeypatch, tmp_path).level is Level.WARNING
    monkeypatch.setattr(folders, "free_disk", lambda _folder: GB // 8)
    assert _projects(monkeypatch, tmp_path).level is Level.PROBLEM
    monkeypatch.setattr(folders, "writable", lambda _folder: False)
    assert "permissions" in str(_projects(monkeypatch, tmp_path).hint)


def test_that_writing_is_tried_and_leaves_nothing(tmp_path: Path) -> None:
    assert writable(tmp_path / "not" / "yet")
    assert list(tmp_path.iterdir()) == []
    file = tmp_path / "file"
    file.write_text("")
    assert not writable(file)


def test_that_the_folder_chosen_for_new_projects_is_the_one_examined(tmp_path: Path) -> None:
    facts = {fact.key: fact for fact in folder_facts(offered=tmp_path / "chosen")}
    assert facts["projects"].path == tmp_path / "chosen"
    assert folder_facts(tmp_path, tmp_path / "chosen")[0].path == tmp_path


def test_that_the_open_project_s_folder_is_looked_at(tmp_path: Path) -> None:
    keys = [fact.key for fact in folder_facts(tmp_path)]
    assert keys == ["project", "data_folder", "cache_folder"]


# -- hosts -------------------------------------------------------------------------------------


def test_that_the_list_of_computers_has_every_address_of_the_catalog() -> None:
    listed = {host.name for host in HOSTS}
    assert {urlsplit(file.source).hostname for file in published_files().values()} <= listed
    weights_hosts = {host.name for host in HOSTS if Purpose.WEIGHTS in host.purposes}
    assert weights_hosts == {urlsplit(f.source).hostname for f in published_files().values()}


def test_that_each_computer_has_its_last_time() -> None:
    assert all(use.last is None for use in hosts_in_use((), {}))
    begin("github.com", Purpose.WEIGHTS).end(Outcome.DONE, received=5)
    begin("github.com", Purpose.WEIGHTS).end(Outcome.FAILED, received=2)
    begin("cdn.example", Purpose.WEIGHTS).end(Outcome.DONE, received=9)

    uses = {use.host.name: use for use in hosts_in_use(read_connections(), {})}
    github = uses["github.com"]
    assert github.last is not None
    assert (github.last.outcome, github.times, github.received) == (Outcome.FAILED, 2, 7)
    assert uses["download.pytorch.org"].last is None
    assert "sent the app on" in str(uses["cdn.example"].host.why)


def test_that_the_user_s_mirror_and_proxy_are_told() -> None:
    chosen = {MIRROR_VARIABLE: "https://mirror.example/weights"}
    assert hosts_in_use((), chosen)[0].host.name == "mirror.example"
    assert proxy_of({PROXY_VARIABLE: "http://me:secret@proxy.example:8080"}) == "proxy.example:8080"
    assert proxy_of({PROXY_VARIABLE: "direct"}) == ""
    assert proxy_of({PROXY_VARIABLE: "socks5://no"}) == ""


# -- speed -------------------------------------------------------------------------------------


def _speed(**changes: object) -> Speed:
    machine = speed.this_machine().key
    values = Speed(
        "CPU", "cpu", 8, 100.0, 50.0, 20.0, "2.13.0", machine, "2026-11-20T09:41:00+00:00"
    )
    return replace(values, **changes)


def test_that_real_steps_are_measured_with_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "SIZE", 32)
    monkeypatch.setattr(speed, "ROUND_SECONDS", 0.0)
    events: list[Event] = []
    found = measure_speed(device="cpu", on_event=events.append)
    assert min(found.rates) > 0
    assert found.kind == "cpu"
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.done == last.total == 12


def test_that_a_measurement_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "SIZE", 32)
    monkeypatch.setattr(speed, "ROUND_SECONDS", 1000.0)
    token = CancelToken()
    seen: list[Event] = []

    def stop(event: Event) -> None:
        seen.append(event)
        token.cancel()

    with pytest.raises(Cancelled):
        measure_speed(device="cpu", on_event=stop, cancel=token)
    assert len(seen) == 1


def test_that_the_last_measurement_is_kept_on_its_own_computer() -> None:
    assert kept_speed() is None
    keep_speed(_speed())
    assert kept_speed() == _speed()
    keep_speed(_speed(machine="another"))
    assert kept_speed() is None
    speed.speed_file().write_text("{}")
    assert kept_speed() is None


def test_that_speed_is_compared_in_one_figure() -> None:
    reference = REFERENCES[0]
    same = _speed(
        predict=reference.predict, train_frozen=reference.train_frozen, train=reference.train
    )
    assert same.beside(reference) == pytest.approx(1)
    assert replace(same, train=8 * reference.train).beside(reference) == pytest.approx(2)
    # Ten epochs of 160 pictures trained on and 40 validated on.
    assert _speed().training_seconds == pytest.approx(3 + 10 * (160 / 50 + 40 / 100))
    assert all(min(each.rates) > 0 for each in REFERENCES)


# -- the whole ---------------------------------------------------------------------------------


def test_that_this_computer_is_examined_and_every_complaint_has_a_remedy() -> None:
    found = examine()
    assert [group.key for group in found.groups] == [
        "computer", "graphics", "folders", "weights", "parts", "versions",
    ]  # fmt: skip
    keys = [fact.key for fact in found.facts]
    assert len(keys) == len(set(keys))
    assert all(fact.hint is not None for fact in found.to_look_at)
    assert found.hosts
    assert read_connections() == ()  # nobody was asked


def test_that_problems_come_before_warnings() -> None:
    one = Fact("a", msg("A"), msg("a"), level=Level.WARNING)
    two = Fact("b", msg("B"), msg("b"), level=Level.PROBLEM)
    group = Group("g", msg("G"), (one, two))
    found = Examination((group,))
    assert group.level is Level.PROBLEM
    assert found.to_look_at == (two, one)


def test_that_the_document_is_plain_json_with_levels() -> None:
    keep_speed(_speed())
    begin("github.com", Purpose.WEIGHTS).end(Outcome.DONE, received=5)
    found = examine()
    document = json.loads(json.dumps(examination_document(found)))
    assert document["format"] == 1
    assert document["problems"] == len(found.at(Level.PROBLEM))
    facts = {fact["key"]: fact for group in document["groups"] for fact in group["facts"]}
    assert set(facts["torch"]) == {"key", "title", "value", "level", "hint", "command"}
    assert facts["torch"]["level"] == "ok"
    assert document["speed"]["times_reference"] > 0
    hosts = {host["host"]: host for host in document["network"]["hosts"]}
    assert hosts["github.com"]["times"] == 1
    assert hosts["pypi.org"]["last"] is None
    journal = network_document(found, journal=True)["connections"]
    assert [each["host"] for each in journal] == ["github.com"]


def test_that_the_report_to_be_sent_names_no_user(isolated_home: Path) -> None:
    keep_speed(_speed())
    text = report_text(examine())
    assert str(isolated_home) not in text
    assert "~" in text
    assert "torch: " in text
    assert "download.pytorch.org: never asked" in text
    assert "times the reference" in text


def test_that_names_leave_other_paths_too() -> None:
    text = "/home/anna/x, /media/anna/disk, anna is a name, C:\\Users\\anna\\y"
    assert without_names(text, Path("/home/anna")) == (
        "~/x, /media/USER/disk, anna is a name, C:\\Users\\USER\\y"
    )
    assert without_names("nothing", Path("/")) == "nothing"
