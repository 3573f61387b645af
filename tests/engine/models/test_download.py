"""Downloads against a real server that cuts, lies and fails."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import random
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, WeightsError
from effnet_studio.engine.events import Event, Progress, Stage
from effnet_studio.engine.models import download as module
from effnet_studio.engine.models.download import (
    download,
    file_matches,
    reachable,
    sha256_prefix_of,
)
from tests.engine.models.file_server import Behaviour, serving

CONTENT = random.Random(0).randbytes(700_001)
PREFIX = hashlib.sha256(CONTENT).hexdigest()[:8]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_PAUSE", 0.0)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "weights" / f"net-{PREFIX}.pth"


def _part(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _files(target: Path) -> list[str]:
    return sorted(file.name for file in target.parent.iterdir()) if target.parent.exists() else []


def test_that_a_download_arrives_whole_and_reports_its_bytes(target: Path) -> None:
    events: list[Event] = []
    with serving(Behaviour(CONTENT)) as url:
        assert download(f"{url}/a", target, sha256_prefix=PREFIX, on_event=events.append) == target

    assert target.read_bytes() == CONTENT
    assert _files(target) == [target.name]
    progress = [event for event in events if isinstance(event, Progress)]
    assert progress[0].done == 0
    assert (progress[-1].done, progress[-1].total) == (len(CONTENT), len(CONTENT))
    assert {(event.stage, event.unit) for event in progress} == {(Stage.DOWNLOAD, "bytes")}


def test_that_a_download_cut_at_twenty_random_bytes_ends_with_the_right_content(
    target: Path,
) -> None:
    cuts = random.Random(1)
    behaviour = Behaviour(CONTENT)
    with serving(behaviour) as url:
        for _ in range(20):
            behaviour.cut_after = cuts.randrange(12_000)
            with pytest.raises(WeightsError, match="was cut"):
                download(f"{url}/a", target, sha256_prefix=PREFIX)
            assert _files(target) == [_part(target).name]
            assert CONTENT.startswith(_part(target).read_bytes())
        behaviour.cut_after = None
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert target.read_bytes() == CONTENT
    assert _files(target) == [target.name]
    # Nothing that had come was asked for again.
    starts = [int(r.removeprefix("bytes=").rstrip("-") or 0) for r in behaviour.requests]
    assert starts == sorted(starts)
    assert starts[-1] > 0


def test_that_a_connection_cut_a_few_times_is_taken_up_by_itself(target: Path) -> None:
    behaviour = Behaviour(CONTENT, cut_after=300_000)
    with serving(behaviour) as url:
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert target.read_bytes() == CONTENT
    assert behaviour.requests == ["", "bytes=300000-", "bytes=600000-"]


def test_that_a_resumed_download_counts_only_new_bytes_as_speed(target: Path) -> None:
    target.parent.mkdir()
    _part(target).write_bytes(CONTENT[:-10])
    events: list[Event] = []
    with serving(Behaviour(CONTENT)) as url:
        download(f"{url}/a", target, sha256_prefix=PREFIX, on_event=events.append)

    first, last = events[0], events[-1]
    assert isinstance(first, Progress)
    assert isinstance(last, Progress)
    assert (first.done, first.rate) == (len(CONTENT) - 10, None)
    assert last.done == len(CONTENT)


def test_that_a_killed_download_goes_on_where_it_stopped(target: Path) -> None:
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from effnet_studio.engine.events import ProgressMeter
        from effnet_studio.engine.models.download import download
        ProgressMeter.INTERVAL = 0.0
        download(sys.argv[1], Path(sys.argv[2]), sha256_prefix=sys.argv[3],
                 on_event=lambda event: print(event.done, flush=True) or event.done and input())
        """
    )
    with serving(Behaviour(CONTENT)) as url:
        process = subprocess.Popen(
            [sys.executable, "-c", script, f"{url}/a", str(target), PREFIX],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"0\n"
        assert 0 < int(process.stdout.readline()) < len(CONTENT)  # it waits for an answer here
        process.kill()
        process.communicate()
        assert _files(target) == [_part(target).name]
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert target.read_bytes() == CONTENT
    assert _files(target) == [target.name]


def test_that_a_stopped_download_keeps_what_has_come(target: Path) -> None:
    token = CancelToken()

    def stop_early(event: Event) -> None:
        token.cancel()

    with serving(Behaviour(CONTENT)) as url:
        with pytest.raises(Cancelled):
            download(f"{url}/a", target, sha256_prefix=PREFIX, on_event=stop_early, cancel=token)
        assert _files(target) == [_part(target).name]
        download(f"{url}/a", target, sha256_prefix=PREFIX)
    assert target.read_bytes() == CONTENT


def test_that_a_server_without_ranges_sends_everything_again(target: Path) -> None:
    target.parent.mkdir()
    _part(target).write_bytes(b"x" * 1000)
    with serving(Behaviour(CONTENT, ranges=False)) as url:
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize("damaged", [b"\0" * 5_000, CONTENT + b"more", b"?" + CONTENT[1:]])
def test_that_a_damaged_beginning_is_thrown_away(target: Path, damaged: bytes) -> None:
    target.parent.mkdir()
    _part(target).write_bytes(damaged)
    with serving(Behaviour(CONTENT)) as url:
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert target.read_bytes() == CONTENT
    assert _files(target) == [target.name]


def test_that_a_download_finished_but_not_renamed_needs_no_second_one(target: Path) -> None:
    target.parent.mkdir()
    _part(target).write_bytes(CONTENT)
    behaviour = Behaviour(CONTENT)
    with serving(behaviour) as url:
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert target.read_bytes() == CONTENT
    assert len(behaviour.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        (Behaviour(b"something else" * 1000), "checksum differs"),
        (Behaviour(CONTENT, html="text/html; charset=utf-8"), "sent a web page"),
        (Behaviour(CONTENT, html="application/octet-stream"), "sent a web page"),
        (Behaviour(CONTENT, status=404), "404 Not Found"),
        (Behaviour(CONTENT, status=503), "503 Service Unavailable"),
        (Behaviour(b""), "checksum differs"),
    ],
    ids=["wrong content", "html", "html in disguise", "404", "503", "empty"],
)
def test_that_a_bad_answer_is_explained_and_leaves_nothing(
    target: Path, behaviour: Behaviour, sentence: str
) -> None:
    with serving(behaviour) as url, pytest.raises(WeightsError, match=sentence) as caught:
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert _files(target) == []
    assert str(caught.value.hint)


def test_that_a_sign_in_page_does_not_spoil_what_has_come(target: Path) -> None:
    target.parent.mkdir()
    _part(target).write_bytes(CONTENT[:1000])
    with serving(Behaviour(CONTENT, html="text/html")) as url, pytest.raises(WeightsError):
        download(f"{url}/a", target, sha256_prefix=PREFIX)

    assert _part(target).read_bytes() == CONTENT[:1000]


def test_that_no_network_is_said_in_plain_words(target: Path) -> None:
    with pytest.raises(WeightsError) as caught:
        download("https://download.example/a", target, sha256_prefix=PREFIX)

    assert str(caught.value) == (
        "There is no network: download.example was not found. "
        "Check the network, or choose a weights file, starter or none."
    )
    assert _files(target) == []


def test_that_a_closed_port_is_no_connection(target: Path) -> None:
    with serving(Behaviour(CONTENT)) as url:
        pass
    with pytest.raises(WeightsError, match=r"no connection to 127\.0\.0\.1: Connection refused"):
        download(f"{url}/a", target, sha256_prefix=PREFIX)
    assert not reachable(f"{url}/a")


def test_that_only_the_web_is_downloaded_from(target: Path, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(CONTENT)
    with pytest.raises(WeightsError, match="not a web address"):
        download((tmp_path / "a").as_uri(), target, sha256_prefix=PREFIX)


def test_that_a_disk_too_small_is_found_before_the_download(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = module.shutil.disk_usage(target.parent.parent)._replace(free=1000)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _path: usage)
    with (
        serving(Behaviour(CONTENT)) as url,
        pytest.raises(WeightsError, match="disk is full: the download needs 1 MB more"),
    ):
        download(f"{url}/a", target, sha256_prefix=PREFIX)
    assert _files(target) == []


def test_that_a_disk_that_fills_up_meanwhile_is_said_and_given_back(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open = Path.open

    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            if self.tell() > 100_000:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(data)

    def open_full(self: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if self.suffix == ".part" and mode == "wb":
            return Full(self, mode)
        return real_open(self, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", open_full)
    with serving(Behaviour(CONTENT)) as url, pytest.raises(WeightsError, match="disk is full"):
        download(f"{url}/a", target, sha256_prefix=PREFIX)
    assert _files(target) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_that_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with serving(Behaviour(CONTENT)) as url, pytest.raises(WeightsError, match="no permission"):
        download(f"{url}/a", folder / "deeper" / "a.pth", sha256_prefix=PREFIX)


def test_that_a_file_in_place_of_the_cache_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    with serving(Behaviour(CONTENT)) as url, pytest.raises(WeightsError):
        download(f"{url}/a", tmp_path / "cache" / "a.pth", sha256_prefix=PREFIX)


def test_that_reachability_is_asked_for_one_byte(target: Path) -> None:
    behaviour = Behaviour(CONTENT)
    with serving(behaviour) as url:
        assert reachable(f"{url}/a")
        assert behaviour.requests == ["bytes=0-0"]
        behaviour.status = 404
        assert not reachable(f"{url}/a")


def test_that_a_name_that_cannot_be_looked_up_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_args: Any, **_kwargs: Any) -> Any:
        time.sleep(2)
        raise OSError

    monkeypatch.setattr(module, "PROBE_TIMEOUT", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    started = time.monotonic()
    assert not reachable("https://download.example/a")
    assert time.monotonic() - started < 1

    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        reachable("https://download.example/a", cancel=token)


def test_that_the_checksum_is_read_from_the_name() -> None:
    assert sha256_prefix_of("efficientnet_b0_rwightman-7f5810bc.pth") == "7f5810bc"
    with pytest.raises(WeightsError, match="no checksum"):
        sha256_prefix_of("weights.pth")


def test_that_a_missing_or_changed_file_does_not_match(tmp_path: Path) -> None:
    file = tmp_path / "a"
    assert not file_matches(file, PREFIX)
    file.write_bytes(CONTENT)
    assert file_matches(file, PREFIX.upper())
    file.write_bytes(CONTENT[:-1])
    assert not file_matches(file, PREFIX)
