"""Where a model is worse: groups of images by metadata, and which of them are no accident.

Every value of every attribute is tried, and every pair of values of two attributes, as Slice Finder
does (Chung et al. 2019, "Slice Finder: automated data slicing for model validation", ICDE; its
lattice search to depth 2). Who tries hundreds of groups finds a bad one in pure noise, so all that
were tried count in the false discovery rate; half of its budget is for the single values, which are
few and what people can act on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.evaluation.measures.significance import Share, wilson
from effnet_studio.engine.evaluation.slices.attributes import read_attributes
from effnet_studio.engine.evaluation.slices.excess import (
    adjusted,
    difference_interval,
    fisher_excess,
)
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.slices.values import Attribute
    from effnet_studio.engine.project import Project

LEAST: Final = 10
"""Images from which a group is tried, and so many must be outside of it; fewer cannot tell."""

RATE: Final = 0.05
"""False discovery rate: share of the findings that may be noise."""

WORSE: Final = 0.05
"""Chance to take a pair for worse than one of its values alone, over all pairs of that value."""


@dataclass(frozen=True, eq=False)
class Slice:
    """A group of images.

    Attributes:
        values: Keys of its attributes and the number of the value of each; one or two.
        name: Words that go on from "images".
        label: A few words for those who know the attribute.
        positions: Its images in the evaluation, int64, ascending.
        right: Share of right answers in it, with the 95 % interval.
        rest: The same of all other images.
        excess: Share of errors in it minus that in the others, in [-1, 1].
        excess_low: Lower end of its 95 % interval; the worst slices are sorted by this.
        excess_high: Upper end.
        p_value: By Fisher's exact test; 1 for a group that is too small to be tried.
        q_value: The least false discovery rate at which it is a finding.
    """

    values: tuple[tuple[str, int], ...]
    name: Message
    label: Message
    positions: NDArray[np.int64]
    right: Share
    rest: Share
    excess: float
    excess_low: float
    excess_high: float
    p_value: float
    q_value: float

    def sentence(self) -> Message:
        """What it says, in plain words."""
        return msg(
            "Of the images {slice}, {share} % are right; of the others {rest} %.",
            slice=self.name,
            share=_percent(self.right.value),
            rest=_percent(self.rest.value),
        )


@dataclass(frozen=True, eq=False)
class AttributeSlices:
    """The images divided by one attribute.

    Attributes:
        attribute: What they are divided by.
        slices: One for each value, in their order.
    """

    attribute: Attribute
    slices: tuple[Slice, ...]


@dataclass(frozen=True, eq=False)
class SliceReport:
    """All groups of an evaluation.

    Attributes:
        right: Share of right answers in all images.
        tried: Groups that were large enough to be tried, pairs included.
        attributes: The groups of each attribute.
        findings: Groups that are worse than the others and hardly by chance, the worst first.
    """

    right: Share
    tried: int
    attributes: tuple[AttributeSlices, ...]
    findings: tuple[Slice, ...]

    def message(self) -> Message:
        """What was found, in one sentence."""
        if self.findings:
            return msg(
                "Worse than the others, hardly by chance: {count} of {tried} groups of images.",
                count=len(self.findings),
                tried=self.tried,
            )
        if self.right.images and self.right.right == self.right.images:
            return msg("Every image was recognised: no group can be worse.")
        if not self.tried:
            return msg("There are too few images to compare groups of them.")
        return msg(
            "No group of images is worse than the others by more than chance; {tried} were tried.",
            tried=self.tried,
        )


def slice_evaluation(
    project: Project,
    evaluation: Evaluation,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> SliceReport:
    """Divide the images of an evaluation by all that is known of them.

    Args:
        project: An open project; it knows the images.
        evaluation: Right and wrong answers.
        on_event: Hears the progress, in attributes.
        cancel: Stops the job between two attributes.

    Returns:
        The groups.

    Raises:
        DatasetError: If the project has no images.
        ProjectError: If its index is damaged.
        Cancelled: If the job was asked to stop.
    """
    index = load_index(project, check_folder=False)
    attributes = read_attributes(project, index, evaluation.sample_ids)
    right = evaluation.true == evaluation.predicted
    return find_slices(right, attributes, on_event=on_event, cancel=cancel)


def find_slices(
    right: NDArray[np.bool_],
    attributes: Sequence[Attribute],
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> SliceReport:
    """Divide images by attributes, and find the groups that are worse than the others.

    Args:
        right: Whether each image was recognised, shape (images,).
        attributes: Of the same images.
        on_event: Hears the progress, in attributes.
        cancel: Stops the job between two attributes.

    Returns:
        The groups.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    meter = ProgressMeter(Stage.EVALUATE, len(attributes), on_event, unit="steps")
    singles = _count(right, [(attribute,) for attribute in attributes])
    pairs = []
    for place, attribute in enumerate(attributes):
        token.check(lambda paused: on_event(PauseChanged(paused)))
        following = [(attribute, other) for other in attributes[place + 1 :]]
        pairs += _tried(_count(right, following), len(right))
        meter.advance()
    tried = _tried(singles, len(right))
    q_of = _q_values(tried, pairs, right)
    known = {each.values: _slice_of(each, right, q_of) for each in singles}
    worse = [known[each.values] for each in tried if q_of[each.values][1] <= RATE]
    partners = Counter(value for each in pairs for value in each.values)
    worse += [
        _slice_of(each, right, q_of)
        for each in pairs
        if q_of[each.values][1] <= RATE and _beats_parents(each, right, partners)
    ]
    meter.finish()
    return SliceReport(
        wilson(int(right.sum()), len(right)),
        len(tried) + len(pairs),
        tuple(
            AttributeSlices(
                attribute,
                tuple(known[((attribute.key, code),)] for code in range(len(attribute.values))),
            )
            for attribute in attributes
        ),
        _worst_first(worse),
    )


@dataclass(frozen=True, eq=False)
class _Group:
    """Images that share one or two values.

    Attributes:
        values: As in :class:`Slice`.
        attributes: Whose values they are.
        images: How many.
        wrong: How many of them were not recognised.
    """

    values: tuple[tuple[str, int], ...]
    attributes: tuple[Attribute, ...]
    images: int
    wrong: int

    def words(self) -> tuple[Message, Message]:
        """Name and label."""
        codes = [code for _, code in self.values]
        names = [each.values[code] for each, code in zip(self.attributes, codes, strict=True)]
        if len(names) == 1:
            return names[0], self.attributes[0].labels[codes[0]]
        both = msg("{first} and {second}", first=names[0], second=names[1])
        return both, both

    def inside(self) -> NDArray[np.bool_]:
        """Which images it has, shape (images,)."""
        found = np.ones(len(self.attributes[0].codes), dtype=bool)
        for attribute, (_, code) in zip(self.attributes, self.values, strict=True):
            found &= attribute.codes == code
        return found


def _count(right: NDArray[np.bool_], combined: Sequence[tuple[Attribute, ...]]) -> list[_Group]:
    """Every combination of values, whether it has images or not."""
    groups = []
    for attributes in combined:
        shape = tuple(len(attribute.values) for attribute in attributes)
        codes = np.stack([attribute.codes for attribute in attributes])
        known = (codes >= 0).all(axis=0)
        cells = np.ravel_multi_index(tuple(codes[:, known]), shape)
        size = int(np.prod(shape))
        images = np.bincount(cells, minlength=size)
        wrong = np.bincount(cells[~right[known]], minlength=size)
        for cell, (count, errors) in enumerate(zip(images.tolist(), wrong.tolist(), strict=True)):
            places = np.unravel_index(cell, shape)
            values = tuple(
                (attribute.key, int(code))
                for attribute, code in zip(attributes, places, strict=True)
            )
            groups.append(_Group(values, attributes, count, errors))
    return groups


def _tried(groups: Sequence[_Group], images: int) -> list[_Group]:
    """Those with enough images inside and outside; that is decided without a look at errors."""
    return [group for group in groups if LEAST <= group.images <= images - LEAST]


def _q_values(
    singles: Sequence[_Group], pairs: Sequence[_Group], right: NDArray[np.bool_]
) -> dict[tuple[tuple[str, int], ...], tuple[float, float]]:
    """p- and q-values of all groups that are tried, by their values."""
    groups = [*singles, *pairs]
    p_values = fisher_excess(
        np.array([group.wrong for group in groups], dtype=np.int64),
        np.array([group.images for group in groups], dtype=np.int64),
        all_wrong=int((~right).sum()),
        all_images=len(right),
    )
    weights = np.ones(len(groups))
    if singles and pairs:
        weights[: len(singles)] = len(groups) / (2 * len(singles))
        weights[len(singles) :] = len(groups) / (2 * len(pairs))
    q_values = adjusted(p_values, weights)
    return {
        group.values: (p_value, q_value)
        for group, p_value, q_value in zip(
            groups, p_values.tolist(), q_values.tolist(), strict=True
        )
    }


def _beats_parents(
    group: _Group, right: NDArray[np.bool_], partners: Mapping[tuple[str, int], int]
) -> bool:
    """Whether a pair of values is worse than either value without the other.

    Each value is divided by all its partners, one of which looks worst in pure noise; hence the
    bound is divided by their number (Bonferroni).
    """
    for attribute, value in zip(group.attributes, group.values, strict=True):
        parent = attribute.codes == value[1]
        p_value = fisher_excess(
            np.array([group.wrong], dtype=np.int64),
            np.array([group.images], dtype=np.int64),
            all_wrong=int((parent & ~right).sum()),
            all_images=int(parent.sum()),
        )
        if p_value[0] > WORSE / partners[value]:
            return False
    return True


def _slice_of(
    group: _Group,
    right: NDArray[np.bool_],
    q_of: dict[tuple[tuple[str, int], ...], tuple[float, float]],
) -> Slice:
    own = wilson(group.images - group.wrong, group.images)
    others = len(right) - group.images
    rest = wilson(int(right.sum()) - own.right, others)
    low, high = difference_interval(rest, own)
    p_value, q_value = q_of.get(group.values, (1.0, 1.0))
    name, label = group.words()
    return Slice(
        values=group.values,
        name=name,
        label=label,
        positions=np.flatnonzero(group.inside()).astype(np.int64),
        right=own,
        rest=rest,
        excess=rest.value - own.value if group.images and others else 0.0,
        excess_low=low,
        excess_high=high,
        p_value=p_value,
        q_value=q_value,
    )


def _worst_first(worse: Sequence[Slice]) -> tuple[Slice, ...]:
    """Without those that are the same images under another name."""
    kept: dict[bytes, Slice] = {}
    for each in sorted(worse, key=lambda found: (len(found.values), found.p_value)):
        kept.setdefault(each.positions.tobytes(), each)
    return tuple(sorted(kept.values(), key=lambda found: -found.excess_low))


def _percent(share: float) -> str:
    """In whole percent; never 100 where something is wrong, nor 0 where something is right."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return "99"
    return "1" if whole == 0 and share > 0 else str(whole)
