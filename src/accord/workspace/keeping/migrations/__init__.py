"""How the table of holds came to be, step by step."""
