"""How the tables of editing came to be, step by step."""
