#!/usr/bin/env python3
"""Set EffNet Studio up and start it, or check it, with nothing but Python installed.

    python3 packaging/bootstrap.py run              open the window (or, without a screen, the demo)
    python3 packaging/bootstrap.py run -- ARGS      run the effnet-studio command with ARGS
    python3 packaging/bootstrap.py test [-- ARGS]   run every check; ARGS go to pytest
    python3 packaging/bootstrap.py setup [--dev]    only set up
    python3 packaging/bootstrap.py check            say what is here and what is missing

The first call makes the environment .venv and installs pinned packages (minutes); later calls
find it ready (a second). Everything the package tools say is in .venv/bootstrap.log.
"""

import sys

# This file alone must be readable by any Python 3, to say what is wrong with an old one.
SUPPORTED = ((3, 11), (3, 13))


def version_complaint(version: "tuple[int, ...]") -> "str | None":
    """Return a sentence if this version of Python will not do, else None."""
    if SUPPORTED[0] <= tuple(version[:2]) <= SUPPORTED[1]:
        return None
    return (
        "EffNet Studio needs Python 3.11, 3.12 or 3.13, and this is Python %d.%d. "  # noqa: UP031
        "Install one of them (Debian: apt-get install python3; Windows and macOS: the installer "
        "from python.org) and run this command with it, such as: python3.11 %s"
        % (version[0], version[1], " ".join(sys.argv))
    )


if __name__ == "__main__":
    complaint = version_complaint(sys.version_info[:2])
    if complaint:
        sys.exit(complaint)
    from boot.main import main

    sys.exit(main(sys.argv[1:]))
