"""Which version of the app wrote something, compared with this one."""

from __future__ import annotations

import re

from effnet_studio import __version__


def is_newer(app: object) -> bool:
    """Whether a file says that it was written by a newer version of the app than this one.

    Args:
        app: What it says, such as ``"2.3.0"``; anything may stand there.
    """
    return _numbers(app) > _numbers(__version__)


def _numbers(app: object) -> tuple[int, ...]:
    """The leading numbers of a version; empty for what is none."""
    found = re.match(r"\d+(?:\.\d+)*", app) if isinstance(app, str) else None
    return tuple(int(number) for number in found[0].split(".")) if found else ()
