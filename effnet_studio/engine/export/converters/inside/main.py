"""Does what it is asked until its input ends: started with a converter's own Python.

Arguments: the name of the module beside this one that does the work, and the folder that holds
PyTorch. What is asked and answered goes over standard input and output, one JSON object a line;
arrays follow their line as plain bytes. Whatever libraries print goes to the standard error.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def main() -> None:
    """Answer questions."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.path.append(sys.argv[2])  # at the end: the converter's own packages come first
    calls = {"memory": memory, **importlib.import_module(sys.argv[1]).CALLS}
    questions = sys.stdin.buffer
    while line := questions.readline():
        asked = json.loads(line)
        arrays = [_read_array(questions, about) for about in asked["arrays"]]
        try:
            value, found = calls[asked["call"]](*arrays, **asked["given"])
        except Exception as error:  # noqa: BLE001 - whatever a library raises is told to the app
            reason = (str(error).strip().splitlines() or [""])[0]
            _write(answers, {"error": f"{type(error).__name__}: {reason}"[:500]}, [])
        else:
            _write(answers, {"value": value}, found)


def memory() -> tuple[int | None, list[NDArray[Any]]]:
    """Most memory this process has held, bytes; known on Linux only."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024, []
    return None, []


def _read_array(source: IO[bytes], about: dict[str, Any]) -> NDArray[Any]:
    import numpy as np  # only now: it may lie in the app's folder

    kind = np.dtype(about["dtype"])
    content = source.read(int(np.prod(about["shape"])) * kind.itemsize)
    return np.frombuffer(content, dtype=kind).reshape(about["shape"])


def _write(answers: IO[bytes], message: dict[str, Any], arrays: Sequence[NDArray[Any]]) -> None:
    import numpy as np

    plain = [np.ascontiguousarray(array) for array in arrays]
    about = [{"dtype": array.dtype.str, "shape": list(array.shape)} for array in plain]
    answers.write(json.dumps({**message, "arrays": about}).encode() + b"\n")
    for array in plain:
        answers.write(array.tobytes())
    answers.flush()


if __name__ == "__main__":
    main()
