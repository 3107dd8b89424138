"""A position: who holds and held it, with whom it is paired, the brief for whoever comes next."""
