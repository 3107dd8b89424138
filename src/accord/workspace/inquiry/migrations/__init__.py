"""How the tables of inquiries came to be, step by step."""
