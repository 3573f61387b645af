"""What a program may say and leave behind; everything else is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch

BAD_WORDS = re.compile(
    r"Traceback \(most recent call last\)"
    r"|\b\w*(Error|Exception|Warning): "
    r"|\bqt\.[a-z0-9.]+: "
    r"|\bQ[A-Z]\w+(::\w+)?[:(] "
    r"|\bQt WebEngine|QSocketNotifier|Fontconfig|libEGL|MESA|xkbcommon|Gtk-|GLib"
    r"|[Ss]egmentation fault|core dumped|cannot open shared object|symbol lookup error"
)
"""Signs of trouble in what a program prints among its usual words."""
HARMLESS: tuple[tuple[re.Pattern[str], str], ...] = ()
"""Lines that are no fault, each with the reason."""
MAY_CHANGE = ("/tmp/.X11-unix/*",)  # noqa: S108 - a name to compare
"""Files outside the home that the trial itself makes."""


def complaints(output: str, errors: str) -> list[str]:
    """Find what is wrong in what a program printed.

    Args:
        output: Its usual words; only signs of trouble count.
        errors: What it printed as errors; every line counts.

    Returns:
        The lines.
    """
    bad = [line for line in output.splitlines() if BAD_WORDS.search(line)]
    bad += [line for line in errors.splitlines() if line.strip()]
    return [line for line in bad if not any(rule.search(line) for rule, _ in HARMLESS)]


def strays(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Find files that were written or removed where nothing may be.

    Args:
        before: What differed from the bare root before: path → what it is.
        after: The same afterwards.

    Returns:
        Their paths.
    """
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return sorted(path for path in changed if not _may_change(path))


def _may_change(path: str) -> bool:
    return any(fnmatch(path, pattern) for pattern in MAY_CHANGE)


def packages_of(depends: str) -> list[str]:
    """Name the packages of a Depends line, the first of each choice.

    Args:
        depends: Such as ``"libc6 (>= 2.35), libx11-6 | other"``.
    """
    wishes = (wish.split("|")[0] for wish in depends.split(","))
    return sorted({re.split(r"[\s(:]", wish.strip())[0] for wish in wishes if wish.strip()})


def lost(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Find the user's files that have changed or gone.

    Args:
        before: Path → digest.
        after: The same afterwards.
    """
    return sorted(path for path, digest in before.items() if after.get(path) != digest)


def median(values: Iterable[float]) -> float:
    """The middle one."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
