"""Reads pictures as EffNet Studio does, and asks the model about them."""

from __future__ import annotations

import contextlib
import io
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # or onnxruntime reports to its maker

import numpy as np
import onnxruntime
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
MAX_PIXELS = 89_478_485  # 256 MiB once it is decoded

_PLAIN = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"}
_SIXTEEN_BITS = {"I;16", "I;16L", "I;16B", "I;16N"}

Image.MAX_IMAGE_PIXELS = None  # sizes are judged by read_picture


class PictureError(Exception):
    """A picture that cannot be used; its text says why."""


class UnknownFormatError(PictureError):
    """No picture, or of a kind that is not read."""


class TooLargeError(PictureError):
    """More pixels than may be decoded."""


class DamagedError(PictureError):
    """A picture that breaks off or makes no sense."""


@dataclass(frozen=True)
class Answer:
    """A class and how probable it is, from 0 to 1."""

    label: str
    probability: float


@dataclass(frozen=True)
class Verdict:
    """What the model says of a picture: whether it is none of the classes, and the likeliest."""

    none_of_these: bool
    certainty: float
    answers: list[Answer]


class Classifier:
    """An exported model. Several threads may use it at once."""

    def __init__(self, model: Path) -> None:
        self._session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        notes = self._session.get_modelmeta().custom_metadata_map
        self.labels: list[str] = json.loads(notes["effnet_studio.labels"])
        sizes = json.loads(notes["effnet_studio.preprocess"])
        # Large JPEG files are decoded at a fraction of their size, but never below this.
        self.enough: int = 2 * max(sizes["resize"], sizes["size"])

    def judge(self, pixels: np.ndarray, top: int = 5) -> Verdict:
        """Say what is in a picture: RGB, uint8, shape (height, width, 3), of any size."""
        # Resizing, cropping and all that follows is inside the model.
        outputs: list[Any] = self._session.run(
            ["probabilities", "certainty", "none_of_these"], {"image": pixels[None]}
        )
        probabilities, certainty, none = (each[0] for each in outputs)
        best = probabilities.argsort()[::-1][:top]
        answers = [Answer(self.labels[i], float(probabilities[i])) for i in best]
        return Verdict(bool(none), float(certainty), answers)


def read_picture(file: BinaryIO, enough: int) -> np.ndarray:
    """Read a picture: upright, over white, RGB, uint8, shape (height, width, 3)."""
    try:
        with Image.open(file, formats=FORMATS) as picture:
            _check(picture)
            picture.draft(None, (enough, enough))
            picture.load()
            return _to_rgb(ImageOps.exif_transpose(picture))
    except PictureError:
        raise
    except UnidentifiedImageError as error:
        known = ", ".join(FORMATS)
        raise UnknownFormatError(f"This is not a picture in a known format: {known}.") from error
    except MemoryError as error:
        raise TooLargeError("There is not enough memory to read the picture.") from error
    except Exception as error:  # damaged files make their readers raise nearly anything
        raise DamagedError("The picture is damaged and cannot be read.") from error


def _check(picture: Image.Image) -> None:
    if picture.mode not in _PLAIN | _SIXTEEN_BITS:
        raise UnknownFormatError(f"Pictures of the kind {picture.mode} are not read.")
    if picture.width * picture.height > MAX_PIXELS:
        raise TooLargeError(
            f"The picture is too large: {picture.width} × {picture.height} pixels; "
            f"at most {MAX_PIXELS // 1_000_000} million are read."
        )


def _to_rgb(picture: Image.Image) -> np.ndarray:
    if picture.mode in _SIXTEEN_BITS:
        return _from_sixteen_bits(picture)
    if picture.mode == "CMYK" and "icc_profile" in picture.info:
        with contextlib.suppress(OSError, ValueError, TypeError, ImageCms.PyCMSError):
            profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
            screen = ImageCms.createProfile("sRGB")
            return np.asarray(ImageCms.profileToProfile(picture, profile, screen, outputMode="RGB"))
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    return np.asarray(picture.convert("RGB"))


def _from_sixteen_bits(picture: Image.Image) -> np.ndarray:
    """Scale 65,536 shades of grey to 256."""
    values = np.asarray(picture)
    grey = (values / 257 + 0.5).astype(np.uint8)
    clear = picture.info.get("transparency")
    if isinstance(clear, int):
        grey[values == clear] = 255
    return np.repeat(grey[..., None], 3, axis=2)
