"""Network and cache as the user chose them in the window, handed to the engine.

The engine reads environment variables wherever it downloads and looks for what it downloaded;
training in the window runs in the same process and so follows them too.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.models.network import MIRROR_VARIABLE, PROXY_VARIABLE
from effnet_studio.paths import CACHE_VARIABLE

if TYPE_CHECKING:
    from effnet_studio.gui.settings import Settings


@dataclass(frozen=True)
class _Placed:
    """A variable that was set here.

    Attributes:
        value: What it was set to.
        before: What it was from outside; None: it was not set.
    """

    value: str
    before: str | None


_placed: Final[dict[str, _Placed]] = {}
"""As the environment itself, there is only one of it in a process."""


def apply_network(settings: Settings) -> None:
    """Let downloads use the proxy and mirror of the settings from now on.

    Args:
        settings: What is empty there leaves what was set outside of the app.
    """
    _place(PROXY_VARIABLE, settings.proxy)
    _place(MIRROR_VARIABLE, settings.mirror)


def apply_cache_folder(settings: Settings) -> None:
    """Keep what is downloaded in the folder of the settings from now on.

    Args:
        settings: A variable that was set outside of the app counts more: whoever set it for all
            programs of this computer, a class room's, say, has a reason.
    """
    if not set_outside(CACHE_VARIABLE):
        _place(CACHE_VARIABLE, str(settings.value("cache_folder")))


def set_outside(variable: str) -> str | None:
    """What an environment variable was before the app changed it; None: it was not set."""
    value = os.environ.get(variable)
    placed = _placed.get(variable)
    return placed.before if placed is not None and placed.value == value else value


def _place(variable: str, wish: str) -> None:
    before = set_outside(variable)
    _placed.pop(variable, None)
    if wish:
        _placed[variable] = _Placed(wish, before)
        os.environ[variable] = wish
    elif before is None:
        os.environ.pop(variable, None)
    else:
        os.environ[variable] = before
