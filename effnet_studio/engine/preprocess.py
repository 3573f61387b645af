"""From pixels to the model's input: one description, used by validation, prediction and export."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)

_RESAMPLING = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
}


class Preprocess(BaseModel):
    """How a picture becomes the model's input: resize the short side, crop the middle, normalise.

    Resizing is Pillow's, which is always antialiased and works on uint8; so do torchvision's
    reference weights (their published accuracy was measured that way).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=16, le=2048, title="Input size", description="Side of the square, pixels.")
    resize: int = Field(ge=16, le=4096, title="Short side", description="Before the crop, pixels.")
    interpolation: Literal["bilinear", "bicubic"] = "bicubic"
    mean: tuple[float, float, float] = IMAGENET_MEAN
    std: tuple[float, float, float] = IMAGENET_STD

    def resized_size(self, width: int, height: int) -> tuple[int, int]:
        """Size after the resize.

        Args:
            width: Of the picture, pixels.
            height: Of the picture, pixels.

        Returns:
            ``(width, height)`` with the short side equal to :attr:`resize`, but never shorter
            than :attr:`size`; the long side rounded to the nearest pixel.
        """
        short = max(self.resize, self.size)
        scale = short / min(width, height)
        return (
            max(short, math.floor(width * scale + 0.5)),
            max(short, math.floor(height * scale + 0.5)),
        )

    def geometry(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Resize and crop without normalising: what the model looks at, as a picture.

        Args:
            pixels: RGB, uint8, shape (height, width, 3).

        Returns:
            RGB, uint8, shape (size, size, 3).
        """
        height, width = pixels.shape[:2]
        target = self.resized_size(width, height)
        # Only the part that the crop keeps is computed: the box is in source pixels.
        left, top = (target[0] - self.size) // 2, (target[1] - self.size) // 2
        scale_x, scale_y = width / target[0], height / target[1]
        box = (
            left * scale_x,
            top * scale_y,
            (left + self.size) * scale_x,
            (top + self.size) * scale_y,
        )
        picture = Image.fromarray(np.ascontiguousarray(pixels)).resize(
            (self.size, self.size), _RESAMPLING[self.interpolation], box=box
        )
        return np.array(picture)  # a copy of its own: torch warns of read-only memory

    def normalize(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Scale to the range the model was trained on.

        Args:
            pixels: RGB, uint8, shape (size, size, 3) or (batch, size, size, 3).

        Returns:
            float32, channels first: (3, size, size) or (batch, 3, size, size).
        """
        mean = np.asarray(self.mean, dtype=np.float32) * np.float32(255)
        std = np.asarray(self.std, dtype=np.float32) * np.float32(255)
        scaled = (pixels.astype(np.float32) - mean) / std
        return np.ascontiguousarray(np.moveaxis(scaled, -1, -3))

    def __call__(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Do all of it.

        Args:
            pixels: RGB, uint8, shape (height, width, 3).

        Returns:
            float32, shape (3, size, size).
        """
        return self.normalize(self.geometry(pixels))
