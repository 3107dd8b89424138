"""Two people at one text: both versions are kept, shown side by side, and settled by a person."""
