"""Fine-tuning: settings, loop, checkpoints."""
