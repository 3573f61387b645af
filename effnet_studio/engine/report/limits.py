"""What the figures of a run do not say, and where it should not be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.report.figures import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.report.facts import Facts

FEW: Final = 20
"""Images of a class below which its recall is hardly known: with 19 of 20 right the 95 % interval
still reaches from 76 to 99 %."""

_NAMED: Final = 8


def part_title(facts: Facts) -> Message:
    """What people call the images that the figures are of."""
    if facts.outside:
        return msg("images of the folder {name}", name=facts.outside)
    match facts.evaluation.split:
        case "train":
            return msg("training images")
        case "val":
            return msg("validation images")
        case _:
            return msg("test images")


def part_remark(facts: Facts) -> tuple[Message, bool]:
    """What it means that the figures are of this part.

    Args:
        facts: What is known.

    Returns:
        A sentence, and whether it is a warning.
    """
    if facts.outside and (facts.learned or facts.chosen):
        text = msg(
            "These images are of the folder {name}, but some of them had a part in the training.",
            name=facts.outside,
        )
        return text, False
    if facts.outside:
        return (
            msg(
                "These images are of the folder {name}, which is no part of the project: nothing "
                "was chosen by them.",
                name=facts.outside,
            ),
            False,
        )
    match facts.evaluation.split:
        case "train":
            return (
                msg(
                    "The model has learned from these very images. The figures say nothing about "
                    "how it does on new ones."
                ),
                True,
            )
        case "val":
            return (
                msg(
                    "These validation images also chose which epoch was kept and how sure the "
                    "model says it is. On new images expect somewhat worse; only test images, "
                    "which choose nothing, can tell."
                ),
                True,
            )
        case _:
            return _test_remark(facts), False


def _test_remark(facts: Facts) -> Message:
    if facts.changes is None:
        return msg(
            "These are test images, which choose nothing. Which images the model was trained on is "
            "not remembered."
        )
    if facts.learned or facts.chosen:
        return msg("Test images should have no part in the training; some of these had.")
    return msg(
        "These test images were kept apart: nothing was learned from them and nothing was chosen "
        "by them."
    )


def warnings(facts: Facts) -> tuple[Message, ...]:
    """What must not be overlooked when the figures are read.

    Args:
        facts: What is known.

    Returns:
        Sentences, the gravest first.
    """
    found: list[Message] = []
    if facts.learned and facts.evaluation.split != "train":
        found.append(
            msg(
                "{count} of the {images} judged images are among those it has learned from. The "
                "figures are too good by as much as that helps.",
                count=facts.learned,
                images=facts.evaluation.images,
            )
        )
    if facts.chosen and facts.evaluation.split != "val":
        found.append(
            msg(
                "{count} of the {images} judged images were validation images in the training, and "
                "chose its best epoch.",
                count=facts.chosen,
                images=facts.evaluation.images,
            )
        )
    remark, grave = part_remark(facts)
    if grave:
        found.append(remark)
    if facts.evaluation.failed:
        found.append(
            msg(
                "Images that could not be read and count nowhere: {count}.",
                count=len(facts.evaluation.failed),
            )
        )
    return tuple(found)


def limits(facts: Facts) -> tuple[Message, ...]:
    """What the model cannot do, as far as the figures and settings tell.

    Args:
        facts: What is known.

    Returns:
        Sentences.
    """
    found = [
        _answers(facts),
        _origin_of_images(facts),
    ]
    few = _few(facts)
    if few:
        found.append(
            msg(
                "Too few images to know how well these classes are recognised (fewer than {few} "
                "each): {names}.",
                few=FEW,
                names=_listed(few),
            )
        )
    missing = [each.label for each in facts.evaluation.per_class if not each.support]
    if missing:
        found.append(msg("Without any image here: {names}.", names=_listed(missing)))
    size = facts.run.preprocess.size
    found.append(
        msg(
            "It sees a square of {size} × {size} pixels from the middle of the image; what is "
            "finer or lies outside, it does not see.",
            size=size,
        )
    )
    found.append(
        msg(
            "Where an error could harm somebody, a person should look at every answer: nothing "
            "here shows that it is fit for that."
        )
    )
    return tuple(found)


def _answers(facts: Facts) -> Message:
    """What it does with images of something else."""
    count, reject = len(facts.evaluation.classes), facts.reject
    if reject is None:
        return msg(
            "It knows {count} classes and always answers with one of them, whatever the image "
            "shows.",
            count=count,
        )
    return msg(
        'It knows {count} classes and says "none of these" where it is too unsure of all of them: '
        "to {rejected} of {images} validation images, and {right} of its other answers were right. "
        "Images of something else can still get an answer.",
        count=count,
        rejected=round((1 - reject.coverage) * reject.images),
        images=reject.images,
        right=percent(reject.accuracy),
    )


def _origin_of_images(facts: Facts) -> Message:
    if facts.outside:
        return msg(
            "Images that are like neither those it learned from nor those of {name} can give other "
            "figures: another camera, place, season or background.",
            name=facts.outside,
        )
    return msg(
        "It was measured on images from the same collection that it learned from. Another camera, "
        "place, season or background can make it worse; try it on a few of your own first."
    )


def _few(facts: Facts) -> list[str]:
    return [each.label for each in facts.evaluation.per_class if 0 < each.support < FEW]


def _listed(names: Sequence[str]) -> Message | str:
    text = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return msg("{names} and {count} more", names=text, count=more) if more > 0 else text
