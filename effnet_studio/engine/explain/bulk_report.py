"""Where a model looked, as one file for a browser that needs nothing else, and prints well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw

from effnet_studio.engine import atomic
from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.explain.overlay import blend
from effnet_studio.engine.explain.standing_out import ZONES
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.web_page import escaped, image, jpeg, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.explain.attention import Attention
    from effnet_studio.engine.explain.regions import Box
    from effnet_studio.engine.explain.shares import RegionShare
    from effnet_studio.engine.explain.standing_out import ClassFocus
    from effnet_studio.engine.preprocess import Preprocess

MOST_ERRORS: Final = 200
"""Wrong answers with their pictures; with these a report has about 4 MB."""

_SIDE: Final = 168
_MEAN_SIDE: Final = 200

_STYLE: Final = ".card.odd{border:2px solid var(--warn)}"


@dataclass(frozen=True)
class ReportContent:
    """What a report is about.

    Attributes:
        attention: The maps.
        samples: The images by their ids.
        preprocess: What the model sees of them.
        project: Name of the project.
        run: Name of the run.
        shares: Shares inside a region; empty without.
        focuses: How the classes differ; empty if there is only one.
        colormap: One of :data:`~effnet_studio.engine.explain.overlay.COLORMAPS`.
    """

    attention: Attention
    samples: Mapping[int, Sample]
    preprocess: Preprocess
    project: str
    run: str
    shares: Sequence[RegionShare] = ()
    focuses: Sequence[ClassFocus] = ()
    colormap: str = "viridis"


def write_report(
    path: Path,
    content: ReportContent,
    *,
    words: Callable[[Message], str] = str,
    language: str = "en",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> int:
    """Write a report, whole or not at all.

    Args:
        path: The file, ``.html`` by custom.
        content: What it is about.
        words: Turns its sentences into another language.
        language: Which that is, such as ``"zh_CN"``.
        on_event: Hears the progress.
        cancel: Stops between two pictures.

    Returns:
        How many wrong answers it shows, at most :data:`MOST_ERRORS`.

    Raises:
        Cancelled: If the job was asked to stop.
        StorageError: If it cannot be written.
    """
    shown = content.attention.errors[:MOST_ERRORS]
    meter = ProgressMeter(Stage.EXPLAIN, len(shown), on_event)
    errors: list[str] = []
    for place in shown.tolist():
        if cancel is not None:
            cancel.check()
        errors.append(_error(content, place, words))
        meter.advance()
    meter.finish()
    title = words(msg("Where it looks"))
    body = [
        *_head(content, title, words),
        *_classes(content, words),
        *(_shares(content.shares, words) if content.shares else ()),
        *_sheet(content, errors, words),
    ]
    atomic.write_text(
        path, page(f"{title} · {content.project}", body, style=_STYLE, language=language)
    )
    return len(shown)


def _head(content: ReportContent, title: str, words: Callable[[Message], str]) -> Iterator[str]:
    attention = content.attention
    yield f"<h1>{escaped(title)}</h1>"
    about = words(
        msg(
            "{project}, {run}: {right} of {images} images right ({percent} %), part: {split}.",
            project=content.project,
            run=content.run,
            right=int((attention.true == attention.predicted).sum()),
            images=len(attention),
            percent=f"{100 * attention.accuracy:.1f}",
            split=attention.split,
        )
    )
    yield f"<p>{escaped(about)}</p>"
    how = words(
        msg(
            "{model}; {method} at {layer}; images {version}; {date}.",
            model=attention.model,
            method=attention.method,
            layer=attention.layer,
            version=attention.dataset_version[:12],
            date=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        )
    )
    yield f'<p class="muted">{escaped(how)}</p>'
    if attention.unreadable:
        lost = msg("Images that cannot be read: {count}.", count=len(attention.unreadable))
        yield f'<p class="warn">{escaped(words(lost))}</p>'


def _classes(content: ReportContent, words: Callable[[Message], str]) -> Iterator[str]:
    attention = content.attention
    yield f"<h2>{escaped(words(msg('Mean attention of each class')))}</h2>"
    note = msg(
        "The mean of all images that were answered as the class, and over it the mean of their "
        "maps. Bright: it looked there."
    )
    yield f'<p class="muted">{escaped(words(note))}</p>'
    odd = {focus.label: focus for focus in content.focuses if focus.stands_out}
    hints = [focus.hint for focus in odd.values() if focus.hint is not None]
    yield from (f'<p class="warn">{escaped(words(hint))}</p>' for hint in hints)
    yield '<div class="cards">'
    for label, count in enumerate(attention.counts.tolist()):
        if not count:
            continue
        name = attention.classes[label]
        picture = mean_overlay(attention, label, _MEAN_SIDE, content.colormap)
        if name in odd:
            picture = framed(picture, ZONES[odd[name].zone][0])
        kind = "card odd" if name in odd else "card"
        yield f'<div class="{kind}">{image(jpeg(picture))}<b>{escaped(name)}</b>'
        images = words(msg("Images: {count}", count=count))
        yield f'<span class="muted">{escaped(images)}</span>'
        yield "</div>"
    yield "</div>"


def _shares(shares: Sequence[RegionShare], words: Callable[[Message], str]) -> Iterator[str]:
    yield f"<h2>{escaped(words(msg('Attention inside the region')))}</h2>"
    note = msg(
        "The line is the region's share of the area, which looking everywhere alike would give. "
        "In brackets: 95 % interval over the images."
    )
    yield f'<p class="muted">{escaped(words(note))}</p><table><tr>'
    for title in (
        msg("Class"),
        msg("Images"),
        msg("Inside"),
        msg("Area"),
        msg("Times chance"),
        Message(""),
    ):
        yield f"<th>{escaped(words(title))}</th>"
    yield "</tr>"
    longest = max((max(each.share, each.area) for each in shares), default=0.0) or 1.0
    for each in shares:
        name = each.label or words(msg("All images"))
        interval = f"({100 * each.low:.0f}–{100 * each.high:.0f})"
        yield (
            f"<tr><td>{escaped(name)}</td><td>{each.images}</td>"
            f"<td>{100 * each.share:.1f} % {interval}</td><td>{100 * each.area:.1f} %</td>"
            f'<td>{each.ratio:.2f}</td><td><div class="bar">'
            f'<i style="width:{100 * each.share / longest:.1f}%"></i>'
            f'<u style="left:{100 * each.area / longest:.1f}%"></u></div></td></tr>'
        )
    yield "</table>"


def _sheet(
    content: ReportContent, errors: Sequence[str], words: Callable[[Message], str]
) -> Iterator[str]:
    total = len(content.attention.errors)
    yield f"<h2>{escaped(words(msg('Wrong answers: {count}', count=total)))}</h2>"
    if total > len(errors):
        more = msg("The {count} most confident ones are shown.", count=len(errors))
        yield f'<p class="muted">{escaped(words(more))}</p>'
    elif not total:
        yield f"<p>{escaped(words(msg('Every image was recognised.')))}</p>"
    yield '<div class="cards errors">'
    yield from errors
    yield "</div>"


def _error(content: ReportContent, place: int, words: Callable[[Message], str]) -> str:
    attention = content.attention
    sample = content.samples.get(int(attention.sample_ids[place]))
    answer = attention.classes[int(attention.predicted[place])]
    truth = attention.classes[int(attention.true[place])]
    line = words(
        msg(
            "{truth}, taken for {answer} ({percent} %)",
            truth=truth,
            answer=answer,
            percent=f"{100 * float(attention.probability[place]):.0f}",
        )
    )
    pictures = name = ""
    if sample is not None:
        name = sample.path.name.encode("utf-8", "replace").decode()
        try:
            seen, over = seen_and_overlay(
                sample.path, attention.maps[place], content.preprocess, _SIDE, content.colormap
            )
            pictures = f'<div class="pair">{image(jpeg(seen))}{image(jpeg(over))}</div>'
        except ImageError as error:
            pictures = f'<p class="warn">{escaped(words(error.message))}</p>'
    named = f'<b>{escaped(line)}</b><span class="name">{escaped(name)}</span>'
    return f'<div class="card">{pictures}{named}</div>'


def seen_and_overlay(
    path: Path,
    coarse: NDArray[np.floating],
    preprocess: Preprocess,
    side: int,
    colormap: str,
    *,
    opacity: float = 0.5,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """What the model sees of a file, and the same with a map over it.

    Args:
        path: The image.
        coarse: The map, in [0, 1], shape (h, w).
        preprocess: What the model sees.
        side: Of both, pixels.
        colormap: One of :data:`~effnet_studio.engine.explain.overlay.COLORMAPS`.
        opacity: Of the map.

    Returns:
        Both RGB, uint8, shape (side, side, 3).

    Raises:
        ImageError: If the file cannot be used as a picture.
    """
    picture = preprocess.geometry(load_for(preprocess, path))
    small = Image.fromarray(picture).resize((side, side), Image.Resampling.BICUBIC)
    seen = np.asarray(small)
    return seen, blend(seen, coarse, opacity=opacity, colormap=colormap)


def mean_overlay(
    attention: Attention, label: int, side: int, colormap: str, *, opacity: float = 0.55
) -> NDArray[np.uint8]:
    """A class's mean picture with its mean map over it.

    Args:
        attention: The maps.
        label: The class.
        side: Pixels.
        colormap: One of :data:`~effnet_studio.engine.explain.overlay.COLORMAPS`.
        opacity: Of the map, whose largest value takes the brightest colour.

    Returns:
        RGB, uint8, shape (side, side, 3).
    """
    picture = Image.fromarray(attention.mean_pictures[label])
    pixels = np.asarray(picture.resize((side, side), Image.Resampling.BICUBIC))
    mean = attention.mean_maps[label]
    highest = float(mean.max())
    stretched = mean / highest if highest > 0 else mean
    return blend(pixels, stretched, opacity=opacity, colormap=colormap)


def framed(pixels: NDArray[np.uint8], zone: Box) -> NDArray[np.uint8]:
    """Draw a frame around a place, white upon black: to be seen on any picture.

    Args:
        pixels: RGB, uint8, shape (h, w, 3); untouched.
        zone: In shares of the picture.

    Returns:
        A copy with the frame.
    """
    height, width = pixels.shape[:2]
    picture = Image.fromarray(pixels)
    draw = ImageDraw.Draw(picture)
    edges = (
        round(zone.x * width),
        round(zone.y * height),
        round((zone.x + zone.width) * width) - 1,
        round((zone.y + zone.height) * height) - 1,
    )
    line = max(2, width // 80)
    draw.rectangle(edges, outline=(0, 0, 0), width=2 * line)
    inner = (edges[0] + line // 2, edges[1] + line // 2, edges[2] - line // 2, edges[3] - line // 2)
    draw.rectangle(inner, outline=(255, 255, 255), width=line)
    return np.asarray(picture)
