"""Small real wheels that make up a pack, and a server that gives them as the real ones do."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import hashlib
import http.server
import json
import threading
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from effnet_studio.engine.facts.graphics import Card, GraphicsProbe
from effnet_studio.engine.gpu_pack import manifest as manifest_module
from effnet_studio.engine.gpu_pack.manifest import Manifest, Wheel, this_python, this_system

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pytest

PROBE = GraphicsProbe(
    torch="2.13.0+cpu",
    nvidia=(Card("RTX 4070", 0, None, (9, 0)),),
    driver="999.1",
    driver_cuda="99.0",
)
"""A computer with a card that the small pack is for."""


TORCH = {
    "torch/__init__.py": b"from torch.version import cuda\n__version__ = '9.9.9+test'\n",
    "torch/version.py": b"cuda = '99.0'\n",
    "torch/lib/libtorch_cuda.so": bytes(range(256)) * 4000,
    "torch/include/torch.h": b"// for compilers only\n",
    "torch/bin/manager": b"#!/bin/sh\n",
}
LIBRARY = {"nvidia/cu13/lib/libcublas.so.13": b"\x7fELF" * 50_000}


def make_wheel(
    folder: Path,
    name: str,
    version: str,
    files: Mapping[str, bytes],
    *,
    record: str | None = None,
    modes: Mapping[str, int] | None = None,
) -> Path:
    """Write a wheel with a right list of its files, unless another list is given."""
    about = f"{name}-{version}.dist-info"
    content = {**files, f"{about}/METADATA": f"Name: {name}\nVersion: {version}\n".encode()}
    lines = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in content.items()]
    listed = record if record is not None else "\n".join([*lines, f"{about}/RECORD,,"]) + "\n"
    file = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in content.items():
            info = zipfile.ZipInfo(path, (2026, 1, 2, 3, 4, 6))
            info.external_attr = (modes or {}).get(path, 0o100644) << 16
            archive.writestr(info, data)
        archive.writestr(f"{about}/RECORD", listed)
    return file


def small_pack(folder: Path) -> list[Path]:
    """The wheels of a pack that holds a tiny ``torch``."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        make_wheel(folder, "nvidia_cublas", "13.1", LIBRARY),
        make_wheel(folder, "torch", "9.9.9", TORCH, modes={"torch/bin/manager": 0o100755}),
    ]


def manifest_of(
    wheels: Sequence[Path], base: str = "http://127.0.0.1:1", *, torch: str = "9.9.9"
) -> Manifest:
    """The table of these wheels, for this system and Python."""
    rows = []
    for file in wheels:
        name, version = file.name.split("-")[:2]
        data = file.read_bytes()
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
        checksum = hashlib.sha256(data).hexdigest()
        path = f"packages/{checksum[:2]}/{file.name}"
        rows.append(Wheel(name, version, file.name, path, len(data), checksum, unpacked))
    return Manifest(
        torch=torch,
        cuda="99.0",
        python=this_python(),
        system=this_system(),
        base=base,
        architectures=("sm_75", "sm_90"),
        wheels=tuple(rows),
    )


def write_table(manifest: Manifest, file: Path) -> None:
    """Write a table as the app brings one."""
    table = dataclasses.asdict(manifest)
    table["files"] = table.pop("wheels")
    file.write_text(json.dumps({"format": 1, **table}), encoding="utf-8")


@dataclass
class Shop:
    """What a server does with the files.

    Attributes:
        folder: Where they are.
        flat: Whether they are asked for by their names alone.
        cut_after: Bytes after which each answer is cut off; None: never.
        asked: File and first byte of each question so far.
    """

    folder: Path
    flat: bool = False
    cut_after: int | None = None
    asked: list[tuple[str, int]] = field(default_factory=list)


@contextlib.contextmanager
def selling(shop: Shop) -> Iterator[str]:
    """Run the server; yields its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Be quiet."""

        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            if self.path.count("/") != (1 if shop.flat else 3) or not (shop.folder / name).exists():
                self.send_error(404)
                return
            body = (shop.folder / name).read_bytes()
            wanted = self.headers.get("Range", "")
            first = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted else 0
            shop.asked.append((name, first))
            if wanted:
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
            else:
                self.send_response(200)
            rest = body[first:]
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest if shop.cut_after is None else rest[: shop.cut_after])

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def bring_table(
    monkeypatch: pytest.MonkeyPatch, folder: Path, files: list[Path], base: str = "http://[::1]:1"
) -> None:
    """Have the app bring the table of a small pack, whose files are at an address."""
    table = folder / "table.json"
    write_table(manifest_of(files, base), table)
    monkeypatch.setattr(manifest_module, "manifest_file", lambda: table)
