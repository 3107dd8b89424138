"""Thoughts about an indicator or a meeting: they begin seen by their author alone."""
