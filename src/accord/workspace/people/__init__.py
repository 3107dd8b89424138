"""Who takes part: partnerships and their districts, positions, and the people who hold them."""
