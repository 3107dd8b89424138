"""Two people at one text: both versions are kept and shown side by side, and a person settles it."""
