"""How the tables of joint work came to be, step by step."""
