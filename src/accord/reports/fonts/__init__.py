"""Public Sans, under the SIL Open Font License (`OFL.txt`): one typeface for every edition."""

from pathlib import Path

FONTS = Path(__file__).parent
"""The folder of the font files."""
