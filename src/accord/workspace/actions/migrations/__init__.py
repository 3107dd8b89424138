"""How the tables of actions came to be, step by step."""
