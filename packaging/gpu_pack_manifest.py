"""Writes the table of a GPU pack's files: ``python packaging/gpu_pack_manifest.py``.

Run it when ``packaging/constraints.txt`` has a new PyTorch, with the Python that installers carry
and where Python's package index can be reached. Everything is downloaded once (about 3 GB), as
sizes and checksums are taken from the files themselves.

On Linux the index's own ``torch`` is the build for CUDA. On Windows it is not: there the files come
from PyTorch's own index of CUDA builds (on pytorch.org, *Get started*), given with ``--index``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from effnet_studio.engine.gpu_pack.manifest import (  # noqa: E402 - found by the line above
    FORMAT,
    this_python,
    this_system,
)
from effnet_studio.engine.gpu_pack.unpack import kept  # noqa: E402

LEFT_OUT: Final = {
    "triton": "torch.compile needs it, and with it a C compiler and Python's headers, which "
    "people with an installer do not have; nothing else does",
    "cuda-bindings": "only for profiling CUDA graphs",
    "cuda-pathfinder": "only cuda-bindings needs it",
    "cuda-toolkit": "holds nothing: it only names the others",
}
"""Requirements of the CUDA build that the app never uses."""

BELONGS: Final = re.compile(r"torch|nvidia-.*")
"""Packages that a pack is made of; PyTorch's other requirements are in the app already."""


def main() -> int:
    """Write the table for the system and Python that run this; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--torch", help="version of PyTorch; by default that of constraints.txt")
    parser.add_argument("--index", help="address of another package index")
    parser.add_argument("--wheels", type=Path, help="folder in which the files may be already")
    parser.add_argument("--out", type=Path, help="table to write")
    given = parser.parse_args()
    version = given.torch or pinned()
    out = given.out or (ROOT / "resources" / "gpu_pack" / f"{this_system()}-{this_python()}.json")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.wheels or Path(temporary)
        chosen = resolve(version, given.index, Path(temporary))
        rows = [row_of(each, fetch(each, folder, given.index)) for each in chosen]
        torch = next(folder / row["file"] for row in rows if row["name"] == "torch")
        table = make_table(version, rows, torch, [each["url"] for each in chosen])
    out.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    total, unpacked = (sum(row[key] for row in rows) for key in ("size", "unpacked"))
    print(f"{out}: {len(rows)} files, {total / 1e9:.2f} GB, unpacked {unpacked / 1e9:.2f} GB")
    return 0


def pinned() -> str:
    """The version of PyTorch that the app is built with."""
    text = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    found = re.search(r"^torch==(\S+)$", text, re.MULTILINE)
    if found is None:
        raise SystemExit("packaging/constraints.txt pins no torch")
    return found[1]


def resolve(version: str, index: str | None, work: Path) -> list[dict[str, str]]:
    """Ask pip what this PyTorch needs here.

    Args:
        version: Of PyTorch.
        index: Address of another package index.
        work: Folder for pip's report.

    Returns:
        Name, version, address and SHA-256 of each package that belongs to the pack.
    """
    report = work / "report.json"
    command = ["install", "--dry-run", "--ignore-installed", "--only-binary=:all:"]
    run_pip([*command, "--report", str(report), f"torch=={version}"], index)
    found = []
    for item in json.loads(report.read_text(encoding="utf-8"))["install"]:
        name = item["metadata"]["name"].lower().replace("_", "-")
        if BELONGS.fullmatch(name) and name not in LEFT_OUT:
            info = item["download_info"]
            checksum = info["archive_info"]["hashes"]["sha256"]
            row = {"name": name, "version": item["metadata"]["version"], "url": info["url"]}
            found.append({**row, "sha256": checksum})
    return sorted(found, key=lambda row: row["name"])


def fetch(package: dict[str, str], folder: Path, index: str | None) -> Path:
    """Have a package's file, through pip, and compare its checksum."""
    file = folder / file_name(package["url"])
    if not file.exists():
        wish = f"{package['name']}=={package['version']}"
        run_pip(["download", "--no-deps", "--only-binary=:all:", "-d", str(folder), wish], index)
    with file.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != package["sha256"]:
            raise SystemExit(f"{file} has another checksum than the index tells")
    return file


def run_pip(arguments: list[str], index: str | None) -> None:
    """Run pip without any settings of this computer: its constraints and folders are its own."""
    chosen = ["--index-url", index] if index else []
    command = [sys.executable, "-m", "pip", *arguments[:1], "--isolated", *arguments[1:], *chosen]
    subprocess.run(command, check=True)


def row_of(package: dict[str, str], file: Path) -> dict[str, Any]:
    """One line of the table."""
    with zipfile.ZipFile(file) as archive:
        unpacked = sum(each.file_size for each in archive.infolist() if kept(each.filename))
    return {
        "name": package["name"],
        "version": package["version"],
        "file": file.name,
        "path": urllib.parse.urlsplit(package["url"]).path.lstrip("/"),
        "size": file.stat().st_size,
        "sha256": package["sha256"],
        "unpacked": unpacked,
    }


def make_table(
    version: str, rows: list[dict[str, Any]], torch: Path, urls: list[str]
) -> dict[str, Any]:
    """The whole table.

    Args:
        version: Of PyTorch.
        rows: One for each file.
        torch: PyTorch's own file, which tells CUDA's version and the cards it has programs for.
        urls: Addresses of all files; they have one host.
    """
    (base,) = {f"{each.scheme}://{each.netloc}/" for each in map(urllib.parse.urlsplit, urls)}
    with zipfile.ZipFile(torch) as archive:
        about = archive.read("torch/version.py").decode()
        cuda = re.search(r"^cuda[^=]*= '([\d.]+)'", about, re.MULTILINE)
        name = next(
            each for each in archive.namelist() if re.search(r"torch_cuda\.(so|dll)$", each)
        )
        flags = set(re.findall(rb"code=((?:sm|compute)_\d+)", archive.read(name)))
    if cuda is None or not flags:
        raise SystemExit(f"{torch.name} is no build for CUDA")
    return {
        "format": FORMAT,
        "torch": version,
        "cuda": cuda[1],
        "python": this_python(),
        "system": this_system(),
        "base": base,
        "architectures": sorted(map(bytes.decode, flags), key=lambda each: (len(each), each)),
        "files": rows,
    }


def file_name(url: str) -> str:
    """Name of the file that an address leads to."""
    return urllib.parse.unquote(urllib.parse.urlsplit(url).path).rpartition("/")[2]


if __name__ == "__main__":
    raise SystemExit(main())
