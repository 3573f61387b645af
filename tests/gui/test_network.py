"""The network of the settings, as the engine gets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.models.network import MIRROR_VARIABLE, PROXY_VARIABLE
from effnet_studio.gui import network
from effnet_studio.gui.network import apply_network, set_outside
from effnet_studio.gui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

START = """
import json, os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from effnet_studio.app import make_window
from effnet_studio.gui.settings import Settings

app = QApplication([])
window = make_window(app, Settings(Path(sys.argv[1])))
names = ("EFFNET_STUDIO_PROXY", "EFFNET_STUDIO_WEIGHTS_MIRROR")
print(json.dumps([os.environ.get(name) for name in names]))
window.session.jobs.shutdown()
"""

pytestmark = pytest.mark.usefixtures("network_variables")


@given(
    outside=st.sampled_from([None, "http://outside.example:1", "direct"]),
    wishes=st.lists(st.sampled_from(["", "http://a.example:1", "direct"]), max_size=5),
)
def test_that_an_empty_field_leaves_what_was_set_before_the_start(
    outside: str | None, wishes: list[str]
) -> None:
    class Wish:
        proxy = ""
        mirror = ""

    network._placed.clear()
    os.environ.pop(PROXY_VARIABLE, None)
    if outside is not None:
        os.environ[PROXY_VARIABLE] = outside
    for wish in wishes:
        Wish.proxy = wish
        apply_network(Wish())  # type: ignore[arg-type]
        assert os.environ.get(PROXY_VARIABLE) == (wish or outside)
        assert set_outside(PROXY_VARIABLE) == outside


def test_that_the_window_starts_with_the_network_of_the_settings(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    settings.proxy = "http://name:pass,word@proxy.example:8080"
    settings.wait_until_written()
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "window.ini")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, MIRROR_VARIABLE: "https://files.example/w"},
    )
    assert json.loads(done.stdout) == [settings.proxy, "https://files.example/w"]
