"""How the tables of commitments came to be, step by step."""
