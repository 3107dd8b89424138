"""accord: shared goals, shared measures, separate records."""

__version__ = "0.1.0"
