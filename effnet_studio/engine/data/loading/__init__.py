"""From files to batches: decoded once, kept, varied, mixed."""
