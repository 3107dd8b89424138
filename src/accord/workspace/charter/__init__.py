"""What was agreed, in plain language: goals, strategies, strands, targets and what leaves."""
