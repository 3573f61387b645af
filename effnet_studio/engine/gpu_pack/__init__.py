"""The GPU pack: PyTorch's build for NVIDIA cards, added to an installed app and used instead."""
