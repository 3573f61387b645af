"""A server that says what is in pictures.

Start it:  uvicorn server:app
Ask it:    curl -F file=@picture.jpg http://localhost:8000/predict
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated

from classifier import (
    Classifier,
    DamagedError,
    PictureError,
    TooLargeError,
    UnknownFormatError,
    Verdict,
    read_picture,
)
from fastapi import FastAPI, HTTPException, Query, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse

HERE = Path(__file__).parent
MODEL = HERE / "$model"
MAX_BYTES = int(os.environ.get("MAX_BYTES", "20000000"))
STATUS = {UnknownFormatError: 415, TooLargeError: 413, DamagedError: 422}

classifier = Classifier(MODEL)
# A picture in work takes up to 256 MiB: many uploads at once must not fill the memory.
turns = BoundedSemaphore(os.cpu_count() or 1)
# FastAPI's own pages about the interface load scripts from other servers; /openapi.json stays.
app = FastAPI(title="$model", docs_url=None, redoc_url=None)


@app.middleware("http")
async def refuse_large_uploads(request: Request, call_next):
    """Judge the size of an upload before any of it is stored."""
    if request.method == "POST":
        length = request.headers.get("content-length")
        if length is None:
            return refusal(411, "Say how large the upload is, in the header Content-Length.")
        if int(length) > MAX_BYTES:
            return refusal(413, f"The file is too large; at most {MAX_BYTES} bytes are taken.")
    return await call_next(request)


@app.exception_handler(RequestValidationError)
async def explain(_: Request, __: RequestValidationError) -> JSONResponse:
    """Say how to ask, in place of a list of what was wrong."""
    return refusal(422, "Send a picture as the form field file; top=N asks for N answers.")


@app.post("/predict")
def predict(file: UploadFile, top: Annotated[int, Query(ge=1)] = 5) -> Verdict:
    """Say what is in a picture, the likeliest class first."""
    with turns:
        try:
            pixels = read_picture(file.file, classifier.enough)
        except PictureError as error:
            raise HTTPException(STATUS[type(error)], str(error)) from error
        return classifier.judge(pixels, top)


@app.get("/health")
def health() -> dict[str, str | int]:
    """Say that the server is up, and with which model."""
    return {"status": "ok", "model": MODEL.name, "classes": len(classifier.labels)}


@app.get("/", include_in_schema=False)
def page() -> FileResponse:
    """Show a page on which a picture can be chosen."""
    return FileResponse(HERE / "page.html")


def refusal(status: int, sentence: str) -> JSONResponse:
    """Answer as FastAPI's own errors do."""
    return JSONResponse({"detail": sentence}, status)
