"""Questions through a real proxy, and what is said when it does not work."""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.models.download import download, reachable
from effnet_studio.engine.models.network import (
    DIRECT,
    PROXY_VARIABLE,
    proxy_address,
    proxy_in_use,
    web_address,
)
from tests.engine.models.file_server import Behaviour, serving
from tests.engine.models.proxy_server import Gate, proxying

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = random.Random(0).randbytes(100_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "a.pth"


@pytest.mark.parametrize("how", ["argument", "bare argument", "own variable", "system"])
def test_that_a_download_goes_through_the_proxy_that_is_set(
    target: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    with serving(Behaviour(CONTENT)) as url, proxying(gate) as proxy:
        given = {"argument": f"http://{proxy}", "bare argument": proxy}.get(how)
        if how == "own variable":
            monkeypatch.setenv(PROXY_VARIABLE, proxy)
            monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        elif how == "system":
            monkeypatch.setenv("http_proxy", f"http://{proxy}")
        assert reachable(f"{url}/a", proxy=given)
        target.with_name("a.pth.part").write_bytes(CONTENT[:500])
        download(f"{url}/a", target, sha256_prefix=SHA256, proxy=given)

    assert target.read_bytes() == CONTENT
    assert gate.asked == [f"GET {url}/a"] * 2


def test_that_direct_passes_by_every_proxy(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv(PROXY_VARIABLE, "http://127.0.0.1:9")
    with serving(Behaviour(CONTENT)) as url:
        assert not reachable(f"{url}/a")
        download(f"{url}/a", target, sha256_prefix=SHA256, proxy=DIRECT)
    assert target.read_bytes() == CONTENT


def test_that_a_proxy_gets_the_name_and_password_it_wants(target: Path) -> None:
    gate = Gate(login="ann:s3cret")
    with serving(Behaviour(CONTENT)) as url, proxying(gate) as proxy:
        with pytest.raises(WeightsError, match="wants a name and a password") as caught:
            download(f"{url}/a", target, sha256_prefix=SHA256, proxy=f"http://ann:wrong@{proxy}")
        with pytest.raises(WeightsError, match="wants a name and a password"):
            download("https://files.example/a", target, sha256_prefix=SHA256, proxy=proxy)
        download(f"{url}/a", target, sha256_prefix=SHA256, proxy=f"http://ann:s3cret@{proxy}")

    assert proxy in str(caught.value)
    assert "wrong" not in str(caught.value)
    assert target.read_bytes() == CONTENT


def test_that_an_encrypted_download_asks_the_proxy_for_a_tunnel(target: Path) -> None:
    gate = Gate()
    with proxying(gate) as proxy, pytest.raises(WeightsError) as caught:
        download("https://files.example/a", target, sha256_prefix=SHA256, proxy=proxy)

    assert gate.asked == ["CONNECT files.example:443"]
    assert f"There is no connection to files.example through the proxy {proxy}" in str(caught.value)
    assert "502" in str(caught.value)
    assert not list(target.parent.iterdir())


def test_that_a_proxy_that_is_gone_is_named(target: Path) -> None:
    with proxying(Gate()) as proxy:
        pass
    with pytest.raises(WeightsError) as caught:
        download("http://files.example/a", target, sha256_prefix=SHA256, proxy=f"u:p@{proxy}")
    assert f"through the proxy {proxy}: Connection refused" in str(caught.value)
    assert "u:p" not in str(caught.value)
    assert "settings" in str(caught.value.hint)


def test_that_addresses_outside_the_proxy_are_asked_directly(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    gate = Gate()
    with serving(Behaviour(CONTENT)) as url, proxying(gate) as proxy:
        assert proxy_in_use(f"{url}/a", proxy) is None
        assert proxy_in_use("http://files.example/a", f"u:p@{proxy}") == proxy
        download(f"{url}/a", target, sha256_prefix=SHA256, proxy=proxy)
    assert gate.asked == []


def test_that_a_system_proxy_of_another_kind_is_a_sentence(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "socks5://u:p@127.0.0.1:1080")
    with pytest.raises(WeightsError, match=r"socks5://127\.0\.0\.1:1080 is of a kind") as caught:
        download("https://files.example/a", target, sha256_prefix=SHA256)
    assert "direct" in str(caught.value.hint)


@pytest.mark.parametrize(
    "text", ["socks5://a:1", "https://a:1", "http://", "a:port", "a:0", "http://[a", "a:99999", " "]
)
def test_that_what_is_no_proxy_is_refused(text: str) -> None:
    with pytest.raises(WeightsError, match="not a proxy that can be used") as caught:
        proxy_address(text)
    assert "http://host:port" in str(caught.value.hint)


def test_that_proxies_are_written_in_one_way() -> None:
    assert proxy_address(" proxy.example:8080 ") == "http://proxy.example:8080"
    assert proxy_address("http://a:b@proxy.example:8080") == "http://a:b@proxy.example:8080"
    assert proxy_address("Direct") == DIRECT


@pytest.mark.parametrize("text", ["", "a", "ftp://a/b", "file:///a", "http://[a", "http://a:b/"])
def test_that_what_is_no_web_address_is_refused(text: str, target: Path) -> None:
    with pytest.raises(WeightsError, match="not a web address"):
        web_address(text)
    with pytest.raises(WeightsError, match="not a web address"):
        download(text, target, sha256_prefix=SHA256)
    assert not list(target.parent.iterdir())
