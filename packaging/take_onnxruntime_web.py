"""Take onnxruntime-web over from npm into ``resources/web/onnxruntime``.

    python packaging/take_onnxruntime_web.py 1.30.0

Needs npm. ``RUNTIME_VERSION`` in ``engine/export/bundle/web.py`` and the README there name the
version: change them too, and run ``pytest tests/engine/export/bundle/test_web.py``, then the same
with ``-m bundle -s``.
"""

from __future__ import annotations

import lzma
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TARGET = Path(__file__).parents[1] / "resources" / "web" / "onnxruntime"
AS_THEY_ARE = ("ort.wasm.min.js", "ort-wasm-simd-threaded.mjs")
PACKED = "ort-wasm-simd-threaded.wasm"


def main() -> int:
    """Fetch the package and keep what a page needs."""
    if len(sys.argv) != 2:
        print((__doc__ or "").strip())
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = f"onnxruntime-web@{sys.argv[1]}"
        subprocess.run(["npm", "pack", package, "--silent"], cwd=folder, check=True)
        [archive] = folder.glob("*.tgz")
        with tarfile.open(archive) as files:
            files.extractall(folder, filter="data")
        dist = folder / "package" / "dist"
        for each in AS_THEY_ARE:
            (TARGET / each).write_bytes((dist / each).read_bytes())
        packed = lzma.compress((dist / PACKED).read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        (TARGET / f"{PACKED}.xz").write_bytes(packed)
    for file in sorted(TARGET.iterdir()):
        print(f"{file.stat().st_size:>10,}  {file.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
