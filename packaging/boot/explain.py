"""Failures of other programs and of the system, said in plain words with what to do."""

from __future__ import annotations

import errno
import re

# What to look for in pip's output → what it means. The first that is found counts, so the true
# cause comes before its consequences: without a network pip also finds "no matching distribution".
_PIP_REASONS = {
    r"No space left on device|Errno 28|not enough space on the disk": (
        "The disk is full. Free some space (the environment takes about 2 GB, and temporary "
        "files about as much) and run the same command again."
    ),
    r"Permission denied|Errno 13|Access is denied": (
        "A file could not be written for lack of permission. Work in a folder you own, or "
        "remove .venv if another user made it, and run the same command again."
    ),
    r"SSLError|CERTIFICATE_VERIFY_FAILED": (
        "The package index could not be reached safely. Check this computer's clock and "
        "certificates (a company's proxy may need PIP_CERT) and run the same command again."
    ),
    r"name resolution|getaddrinfo|NewConnectionError|Failed to establish a new connection|"
    r"ConnectionError|Connection refused|Connection reset|Read timed out|ProxyError|"
    r"Network is unreachable|ConnectTimeout|Connection broken|IncompleteRead": (
        "The package index could not be reached. Check the network connection (and proxy "
        "settings) and run the same command again; what was fetched so far is kept."
    ),
    r"No matching distribution found for (?P<name>\S+)": (
        "There is no release of {name} for this Python and this kind of computer. Use 64-bit "
        "Python 3.11, 3.12 or 3.13 on Windows, Linux or a Mac with an Apple processor."
    ),
    r"THESE PACKAGES DO NOT MATCH THE HASHES": (
        "A downloaded file was damaged on its way. Run the same command again."
    ),
}


def explain_pip(output: str) -> str:
    """Say in one plain sentence why pip failed, judging by what it printed, and what to do."""
    for pattern, sentence in _PIP_REASONS.items():
        found = re.search(pattern, output)
        if found:
            return sentence.format(**found.groupdict())
    errors = [line for line in output.splitlines() if line.lower().startswith("error")]
    last = (errors or output.strip().splitlines() or ["it said nothing"])[-1]
    return f"The package tool stopped and said: {last.strip()}"


def explain_os_error(error: OSError) -> str:
    """Say in one plain sentence what a failed system call means and what to do."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"The disk is full{where}. Free some space and run the same command again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"A file may not be written{where}. Work in a copy of the project in a folder you "
            "own, or remove .venv if another user made it, and run the same command again."
        )
    reason = error.strerror or str(error)
    return f"{reason}{where}. Put that right and run the same command again."
