"""How the table of the districts’ keys came to be, step by step."""
