"""Downloads killed in the middle, by the system and at chosen bytes."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

from effnet_studio.engine.models.download import download
from tests.engine.models.file_server import Behaviour, serving

REPOSITORY = Path(__file__).resolve().parents[3]
CONTENT = random.Random(3).randbytes(2_000_003)
KILLS = 20
SHA256 = hashlib.sha256(CONTENT).hexdigest()
CHILD = """
import sys
from pathlib import Path
from effnet_studio.engine.models.download import download
download(sys.argv[1], Path(sys.argv[2]), sha256_prefix=sys.argv[3])
"""


def test_that_a_download_killed_at_twenty_random_bytes_goes_on_at_each(tmp_path: Path) -> None:
    target = tmp_path / "net.pth"
    part = target.with_name("net.pth.part")
    places = sorted(random.Random(4).sample(range(1, len(CONTENT)), KILLS))
    behaviour = Behaviour(CONTENT)
    with serving(behaviour) as url:
        for place in places:
            behaviour.hold_at = place
            behaviour.released.clear()
            _kill_when_it_has(place, part, [f"{url}/a", str(target), SHA256])
            behaviour.released.set()
            assert [file.name for file in tmp_path.iterdir()] == [part.name]
            assert part.read_bytes() == CONTENT[:place]
        behaviour.hold_at = None
        download(f"{url}/a", target, sha256_prefix=SHA256)

    assert behaviour.requests == ["", *(f"bytes={place}-" for place in places)]
    assert [file.name for file in tmp_path.iterdir()] == [target.name]
    assert target.read_bytes() == CONTENT


def _kill_when_it_has(size: int, part: Path, arguments: list[str]) -> None:
    """Download in a process of its own, and kill it without warning."""
    with subprocess.Popen([sys.executable, "-c", CHILD, *arguments], cwd=REPOSITORY) as child:
        try:
            deadline = time.monotonic() + 60
            while not part.exists() or part.stat().st_size < size:
                assert child.poll() is None, "it ended by itself"
                assert time.monotonic() < deadline, "the bytes did not arrive"
                time.sleep(0.005)
        finally:
            child.kill()
