"""What happens to training pictures between file and network, as the settings want it.

Training and its preview both ask here, so that the preview cannot show anything else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from effnet_studio.engine.data.loading.augment import RECIPES, Augmenter
from effnet_studio.engine.data.loading.mixing import draw_mix

if TYPE_CHECKING:
    from effnet_studio.engine.data.loading.augment import Recipe
    from effnet_studio.engine.data.loading.mixing import Mix
    from effnet_studio.engine.training.config import TrainConfig


def recipe_of(config: TrainConfig) -> Recipe | None:
    """How pictures are varied one by one.

    Args:
        config: The settings.

    Returns:
        The recipe; None if every epoch shows them as they are.
    """
    recipe = RECIPES.get(config.augmentation)
    if recipe is None:
        return None
    recipe = replace(recipe, flip=config.flip)
    if config.random_erasing is not None:
        recipe = replace(recipe, erase=config.random_erasing)
    if config.rand_augment is not None:
        operations = max(1, recipe.operations) if config.rand_augment else 0
        recipe = replace(recipe, operations=operations, magnitude=config.rand_augment)
    return recipe


def augmenter_of(config: TrainConfig, size: int) -> Augmenter | None:
    """What varies the pictures of a run.

    Args:
        config: The settings.
        size: Side of the model's input, pixels.

    Returns:
        The augmenter; None if every epoch shows them as they are.
    """
    recipe = recipe_of(config)
    return None if recipe is None else Augmenter(recipe, size, seed=config.seed)


def unchanging(config: TrainConfig) -> bool:
    """Whether a picture is the same input in every epoch."""
    return recipe_of(config) is None and not config.mixes and config.start_size is None


def mix_of_step(config: TrainConfig, count: int, size: int, step: int) -> Mix | None:
    """How the pictures of a step are mixed with each other.

    Args:
        config: The settings.
        count: Pictures in the batch.
        size: Their side, pixels.
        step: Counted from 0 over the whole run.

    Returns:
        The choice; None if they are not mixed.
    """
    return draw_mix(
        count, size, mixup=config.mixup, cutmix=config.cutmix, seed=config.seed, step=step
    )
