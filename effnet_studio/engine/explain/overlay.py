"""Laying a heat map over a picture, with colour maps that colour-blind people can read.

All three maps rise steadily in lightness, so that they also work in grey print. They are kept as
33 colours each and interpolated in between (at most 5/255 from the originals, which are released
under CC0):

- viridis and inferno: Nathaniel J. Smith, Stéfan van der Walt and Eric Firing, matplotlib, 2015.
- cividis: J. R. Nuñez, C. R. Anderton and R. S. Renslow, "Optimizing colormaps with consideration
  for color vision deficiency to enable accurate interpretation of scientific data", PLOS ONE
  13(7), 2018, doi:10.1371/journal.pone.0199239.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_ANCHORS: Mapping[str, str] = MappingProxyType(
    {
        "viridis": (
            "440154 470d60 48186a 482374 472d7b 453681 424086 3f4989 3b528b 375a8d 33638d "
            "2f6a8e 2c728e 297a8e 26818e 23898e 21908c 1f988b 1f9f88 21a685 28ae80 31b57b "
            "3ebc74 4cc26c 5dc963 6ece58 82d34c 96d83f abdc32 c0df24 d5e21a eae51a fde725"
        ),
        "cividis": (
            "00204d 00265a 002c68 00306f 05366e 1e3c6d 2c426c 37476b 414d6b 4a536b 52596c "
            "595e6d 61646f 686a71 6f7073 757676 7c7b78 848279 8c8879 948e78 9c9477 a49b76 "
            "aca174 b4a872 bdaf6f c5b66c cebd68 d7c463 e0cb5e e9d358 f2da50 fbe248 ffea46"
        ),
        "inferno": (
            "000004 040312 0b0724 150b37 210c4a 2e0a5a 3c0965 4a0c6b 57106d 63146e 70196e "
            "7d1e6d 89226a 962766 a32b61 af315c bb3755 c63e4d d14644 db4f3b e35932 eb6528 "
            "f1711e f67f14 f98d0a fb9c06 fcab0f fbba1f f9ca32 f5d949 f2e865 f3f586 fcffa4"
        ),
    }
)

COLORMAPS: tuple[str, ...] = tuple(_ANCHORS)
"""Names of the colour maps; the first is the default."""

GREY = "grey"
"""The one for maps that cannot be trusted; nobody is offered it."""


@cache
def color_table(colormap: str) -> NDArray[np.uint8]:
    """The 256 colours of a map, for legends.

    Args:
        colormap: One of :data:`COLORMAPS`, or :data:`GREY`.

    Returns:
        RGB, uint8, shape (256, 3), read-only, from 0 to 1.

    Raises:
        ConfigError: If there is no such map.
    """
    known = {**_ANCHORS, GREY: "303030 d0d0d0"}
    if colormap not in known:
        raise ConfigError(
            msg("There is no colour map named {name}.", name=colormap),
            hint=msg("Choose one of: {names}.", names=", ".join(COLORMAPS)),
        )
    anchors = np.array([list(bytes.fromhex(color)) for color in known[colormap].split()])
    at = np.linspace(0, 1, len(anchors))
    values = np.linspace(0, 1, 256)
    columns = [np.interp(values, at, anchors[:, channel]) for channel in range(3)]
    table: NDArray[np.uint8] = np.rint(np.stack(columns, axis=1)).astype(np.uint8)
    table.setflags(write=False)
    return table


def colorize(heatmap: NDArray[np.floating], colormap: str = "viridis") -> NDArray[np.uint8]:
    """Show numbers as colours.

    Args:
        heatmap: Values, clipped to [0, 1] (not-a-number counts as 0), shape (h, w).
        colormap: One of :data:`COLORMAPS`.

    Returns:
        RGB, uint8, shape (h, w, 3).

    Raises:
        ConfigError: If there is no such map.
    """
    values = np.clip(np.nan_to_num(np.asarray(heatmap, dtype=np.float32)), 0, 1)
    indices = np.rint(values * 255).astype(np.uint8)
    colors: NDArray[np.uint8] = color_table(colormap)[indices]
    return colors


def resize_heatmap(heatmap: NDArray[np.floating], width: int, height: int) -> NDArray[np.float32]:
    """Bring a heat map to a picture's size, bilinearly.

    Args:
        heatmap: Values in [0, 1], shape (h, w).
        width: Wanted width, pixels.
        height: Wanted height, pixels.

    Returns:
        float32, shape (height, width), within the range of the input's values.
    """
    values = np.asarray(heatmap, dtype=np.float32)
    if values.shape == (height, width):
        return values
    picture = Image.fromarray(np.ascontiguousarray(values))
    resized = np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))
    # Rounding in the interpolation may overshoot by one unit in the last place.
    clipped: NDArray[np.float32] = np.clip(resized, values.min(), values.max())
    return clipped


def blend(
    picture: NDArray[np.uint8],
    heatmap: NDArray[np.floating],
    *,
    opacity: float = 0.5,
    colormap: str = "viridis",
) -> NDArray[np.uint8]:
    """Lay a heat map over a picture.

    Args:
        picture: RGB, uint8, shape (height, width, 3).
        heatmap: Values in [0, 1], shape (h, w); brought to the picture's size if it differs.
        opacity: Of the heat map: 0 shows the picture alone, 1 the map alone.
        colormap: One of :data:`COLORMAPS`.

    Returns:
        RGB, uint8, shape (height, width, 3); the inputs are untouched.

    Raises:
        ConfigError: If the opacity is outside [0, 1] or there is no such map.
    """
    if not 0 <= opacity <= 1:
        raise ConfigError(
            msg("An opacity of {value} is not possible.", value=opacity),
            hint=msg("Choose a number between 0 (image only) and 1 (heat map only)."),
        )
    height, width = picture.shape[:2]
    colors = colorize(resize_heatmap(heatmap, width, height), colormap)
    share = np.float32(opacity)
    mixed = picture.astype(np.float32) * (1 - share) + colors.astype(np.float32) * share
    return np.rint(mixed).astype(np.uint8)
