"""Every kind of bad answer is a sentence, and the next try finds nothing in its way."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.models import download as module
from effnet_studio.engine.models.download import download
from tests.engine.models.file_server import Behaviour, serving

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = random.Random(0).randbytes(300_001)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
PACKED = gzip.compress(CONTENT)
GOOD = Behaviour(CONTENT)

# Each: what the server does, what is said, and whether true bytes of the file may be kept.
BAD = {
    "sign-in page": (replace(GOOD, html="text/html"), "sent a web page", False),
    "sign-in page in disguise": (replace(GOOD, html="text/plain"), "sent a web page", False),
    "another file": (Behaviour(b"other" * 9_000), "checksum differs", False),
    "nothing": (Behaviour(b""), "checksum differs", False),
    "too short": (Behaviour(CONTENT[:-1]), "checksum differs", False),
    "too long": (Behaviour(CONTENT + b"!"), "checksum differs", False),
    "length too small": (replace(GOOD, told_length=1_000), "checksum differs", False),
    "endless": (replace(GOOD, told_length=1 << 40), "far larger than it should be", False),
    "cut": (replace(GOOD, cut_after=1_000), "was cut after", True),
    "cut, no length, no ranges": (
        replace(GOOD, cut_after=1_000, told_length=0, ranges=False),
        "checksum differs",
        False,
    ),
    "packed": (Behaviour(PACKED, encoding="gzip"), r"sent the file packed \(gzip\)", False),
    "packed in silence": (Behaviour(PACKED), "checksum differs", False),
    "circle": (replace(GOOD, redirects=True), "in a circle", False),
    "403": (replace(GOOD, status=403), "403 Forbidden", False),
    "404": (replace(GOOD, status=404), "404 Not Found", False),
    "500": (replace(GOOD, status=500), "500 Internal Server Error", False),
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_PAUSE", 0.0)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "weights" / "net.pth"


def _kept(target: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in target.parent.iterdir()}


@pytest.mark.parametrize(("behaviour", "sentence", "keeps"), BAD.values(), ids=BAD)
def test_that_a_bad_answer_is_explained_and_does_not_spoil_the_next_try(
    target: Path, behaviour: Behaviour, sentence: str, *, keeps: bool
) -> None:
    with serving(behaviour) as url, pytest.raises(WeightsError, match=sentence) as caught:
        download(f"{url}/a", target, sha256_prefix=SHA256)

    assert "127.0.0.1" in str(caught.value.message)  # which server
    assert str(caught.value.hint)  # what to do
    kept = _kept(target)
    assert list(kept) == ([f"{target.name}.part"] if keeps else [])
    assert all(CONTENT.startswith(content) for content in kept.values())
    with serving(Behaviour(CONTENT)) as url:
        download(f"{url}/a", target, sha256_prefix=SHA256)
    assert _kept(target) == {target.name: CONTENT}


@pytest.mark.parametrize("behaviour", [each[0] for each in BAD.values()], ids=BAD)
@pytest.mark.parametrize("beginning", [CONTENT[:5_000], b"?" * 5_000], ids=["true", "foreign"])
def test_that_a_bad_answer_to_the_rest_does_not_spoil_the_next_try(
    target: Path, behaviour: Behaviour, beginning: bytes
) -> None:
    target.parent.mkdir()
    target.with_name(f"{target.name}.part").write_bytes(beginning)
    # A length too large is found out and does no harm where the beginning is right.
    with serving(behaviour) as url, contextlib.suppress(WeightsError):
        download(f"{url}/a", target, sha256_prefix=SHA256)
    assert not target.exists() or target.read_bytes() == CONTENT
    with serving(Behaviour(CONTENT)) as url:
        download(f"{url}/a", target, sha256_prefix=SHA256)
    assert _kept(target) == {target.name: CONTENT}


@pytest.mark.parametrize(
    "lie", ["bytes 0-9/300001", "bytes 6000-300000/300001", "bytes */300001", "rubbish"]
)
def test_that_a_server_that_sends_another_part_is_asked_for_everything(
    target: Path, lie: str
) -> None:
    target.parent.mkdir()
    target.with_name(f"{target.name}.part").write_bytes(CONTENT[:5_000])
    behaviour = replace(GOOD, told_range=lie, requests=[])
    with serving(behaviour) as url:
        download(f"{url}/a", target, sha256_prefix=SHA256)

    assert behaviour.requests == ["bytes=5000-", ""]
    assert _kept(target) == {target.name: CONTENT}


def test_that_a_part_shorter_than_the_whole_is_not_taken_for_the_end(target: Path) -> None:
    target.parent.mkdir()
    target.with_name(f"{target.name}.part").write_bytes(CONTENT[:5_000])
    behaviour = replace(GOOD, told_length=1_000, requests=[])
    with serving(behaviour) as url, pytest.raises(WeightsError, match="was cut after"):
        download(f"{url}/a", target, sha256_prefix=SHA256)

    assert behaviour.requests == ["bytes=5000-", "bytes=6000-", "bytes=7000-"]
    assert _kept(target) == {f"{target.name}.part": CONTENT[:8_000]}


def test_that_a_cut_without_a_length_is_noticed_and_taken_up(target: Path) -> None:
    behaviour = replace(GOOD, told_length=0, cut_after=150_000, requests=[])
    with serving(behaviour) as url:
        download(f"{url}/a", target, sha256_prefix=SHA256)

    assert behaviour.requests == ["", "bytes=150000-", "bytes=300000-"]
    assert _kept(target) == {target.name: CONTENT}


def test_that_a_server_that_never_stops_sending_is_left(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 200_000)
    with (
        serving(replace(GOOD, told_length=0)) as url,
        pytest.raises(WeightsError, match="far larger"),
    ):
        download(f"{url}/a", target, sha256_prefix=SHA256)
    assert _kept(target) == {}
