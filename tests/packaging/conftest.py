"""The commands are scripts with their packages beside them: make them importable."""

import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
sys.path[:0] = [str(PACKAGING), str(PACKAGING / "frozen")]
