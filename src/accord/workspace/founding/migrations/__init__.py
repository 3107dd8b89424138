"""How the tables of the founding came to be, step by step."""
