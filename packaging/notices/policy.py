"""Which licences may be bundled with the app, and on what conditions.

Licences are written as SPDX writes them. What is not in the table here is refused, by name: a new
one is to be read by a person, and then added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_REPLACEABLE = "the library may be replaced by a changed one; where its source is, is said here"
_EXCEPTION = "its exception allows it with programs of any licence"
_PYINSTALLER = (
    "gplv2-or-later with a special exception which allows to use pyinstaller to build and "
    "distribute non-free programs (including commercial ones)"
)

ALLOWED = {
    "0BSD": "",
    "AFL-2.1": "",
    "Apache-2.0": "",
    "Apache-2.0 WITH LLVM-exception": "",
    "BSD-2-Clause": "",
    "BSD-3-Clause": "",
    "BSL-1.0": "",
    "CC0-1.0": "",
    "CNRI-Python": "",
    "FTL": "",
    "HPND": "",
    "ISC": "",
    "Libpng": "",
    "MIT": "",
    "MIT-CMU": "",
    "PSF-2.0": "",
    "Public-Domain": "",
    "Python-2.0": "",
    "Unicode-3.0": "",
    "X11": "",
    "Zlib": "",
    "bzip2-1.0.6": "",
    "libtiff": "",
    "LicenseRef-BSD": "a BSD licence; its text says which",
    "LicenseRef-Microsoft-Redistributable": "may be passed on with programs built with Visual C++",
    "MPL-2.0": "its own files stay under it; where their source is, is said here",
    "LGPL-2.1-or-later": _REPLACEABLE,
    "LGPL-3.0-only": _REPLACEABLE,
    "LGPL-3.0-or-later": _REPLACEABLE,
    "GPL-2.0-or-later WITH Bootloader-exception": _EXCEPTION,
    "GPL-3.0-or-later WITH GCC-exception-3.1": _EXCEPTION,
}
"""Licence → on what condition it may be bundled, in words; empty: its text has to come along."""

DECLARED = {
    "mit": "MIT",
    "mit license": "MIT",
    "bsd": "LicenseRef-BSD",
    "bsd license": "LicenseRef-BSD",
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "python software foundation license": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    _PYINSTALLER: "GPL-2.0-or-later WITH Bootloader-exception",
}
"""How packages that do not write SPDX say it, in small letters → SPDX."""

_PART = re.compile(r"\(|\)|[A-Za-z0-9.+-]+")


class LicenceError(Exception):
    """Something must not be bundled; the text says what and why."""


@dataclass(slots=True)
class _Reader:
    """Reads an expression part by part.

    Attributes:
        parts: What is left, last part first.
    """

    parts: list[str]

    def next_is(self, *words: str) -> bool:
        return bool(self.parts) and self.parts[-1].upper() in words

    def take(self) -> str:
        if not self.parts:
            raise LicenceError("it breaks off")
        return self.parts.pop()


def chosen(expression: str) -> list[str]:
    """Return the licences that apply to us: all that an AND joins, and of an OR the first allowed.

    Args:
        expression: As SPDX writes it.

    Raises:
        LicenceError: If it asks for a licence that may not be bundled, or cannot be read.
    """
    reader = _Reader(_PART.findall(expression)[::-1])
    if not reader.parts or _PART.sub("", expression).strip():
        raise LicenceError(f"{expression!r} is no licence that can be read")
    found = _either(reader)
    if reader.parts:
        raise LicenceError(f"{expression!r} is no licence that can be read")
    refused = [each for each in found if each not in ALLOWED]
    if refused:
        raise LicenceError(f"{', '.join(refused)} may not be bundled, or has not been looked at")
    return list(dict.fromkeys(found))


def _either(reader: _Reader) -> list[str]:
    choices = [_all(reader)]
    while reader.next_is("OR"):
        reader.take()
        choices.append(_all(reader))
    good = (choice for choice in choices if all(each in ALLOWED for each in choice))
    return next(good, choices[0])


def _all(reader: _Reader) -> list[str]:
    found = _one(reader)
    while reader.next_is("AND"):
        reader.take()
        found += _one(reader)
    return found


def _one(reader: _Reader) -> list[str]:
    name = reader.take()
    if name == "(":
        inner = _either(reader)
        if reader.take() != ")":
            raise LicenceError("a bracket is open")
        return inner
    if reader.next_is("WITH"):
        reader.take()
        return [f"{name} WITH {reader.take()}"]
    return [name]


def as_expression(declared: Sequence[str]) -> str:
    """Return the SPDX expression of what a package says about its licence.

    Args:
        declared: Its texts, the most exact first: an expression, a field, classifiers.

    Raises:
        LicenceError: If none of them names licences that may be bundled.
    """
    reasons = []
    for text in declared:
        line = " ".join(text.split("\n\n")[0].split()).partition(" Copyright ")[0]
        expression = DECLARED.get(line.lower(), line)
        try:
            chosen(expression)
        except LicenceError as error:
            reasons.append(str(error))
        else:
            return expression
    raise LicenceError(reasons[0] if reasons else "it does not say what its licence is")
