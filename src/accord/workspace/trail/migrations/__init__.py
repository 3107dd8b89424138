"""How the tables of trail came to be, step by step."""
