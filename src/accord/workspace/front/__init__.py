"""The partnership's page for everybody, in English and Spanish: who, why, figures, minutes."""
