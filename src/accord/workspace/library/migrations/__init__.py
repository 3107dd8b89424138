"""How the tables of the library came to be, step by step."""
