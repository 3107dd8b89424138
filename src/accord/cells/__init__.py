"""What a release can hold: the cell and its five states, the table of a release, its equations."""
