"""How the tables of meetings came to be, step by step."""
