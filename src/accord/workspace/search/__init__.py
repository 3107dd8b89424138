"""Search over everything that somebody may see, and nothing else."""
