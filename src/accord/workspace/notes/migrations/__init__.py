"""How the tables of notes came to be, step by step."""
