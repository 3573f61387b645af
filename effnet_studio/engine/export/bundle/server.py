"""A server beside an exported file: FastAPI, and a recipe for a container."""

from __future__ import annotations

from typing import Final

from effnet_studio.engine.export.bundle.part import Part, Step, program_files
from effnet_studio.engine.export.bundle.requirements import (
    REQUIREMENTS_FILE,
    install_step,
    requirements_text,
)
from effnet_studio.engine.messages import msg

SERVER_PACKAGES: Final = {
    "fastapi": "0.165.0",
    "python-multipart": "0.0.34",
    "uvicorn": "0.54.0",
}
"""What the server was tried with (``pytest -m bundle``); the app itself does not have them."""


def server_part(model: str) -> Part:
    """A server that answers as the app does.

    ``POST /predict`` takes a picture as the form field ``file`` and answers in JSON: the likeliest
    classes, how certain the model is, and whether it says "none of these". What cannot be used is
    refused with a sentence: 411 and 413 by its size, 415 by its format, 422 when it is damaged.

    Args:
        model: Name of the exported file, which takes images as they are.

    Returns:
        Its files: the server, what it needs, and how a container is made of it.
    """
    files = program_files("server", model=model)
    files[REQUIREMENTS_FILE] = requirements_text(SERVER_PACKAGES)
    return Part(
        title=msg("A server"),
        files=files,
        about={
            "server.py": msg("The server: what it can be asked, and what it refuses."),
            "classifier.py": msg("Reads pictures as the app does, and asks the model about them."),
            "page.html": msg("A page on which a picture can be chosen."),
            REQUIREMENTS_FILE: msg("The packages that are needed, with their versions."),
            "Dockerfile": msg("Makes a container of the server."),
            ".dockerignore": msg("Keeps what the server does not need out of the container."),
        },
        steps=(
            install_step(),
            Step(msg("Start it; it can be reached from this computer only:"), "uvicorn server:app"),
            Step(
                msg("Open {address} in a browser, or ask it:", address="http://localhost:8000"),
                "curl -F file=@picture.jpg http://localhost:8000/predict",
            ),
            Step(
                msg("Or, with Docker, run it in a container:"),
                "docker build -t classifier . && docker run -p 8000:8000 classifier",
            ),
        ),
    )
