"""Attacking what is published, from what is published alone.

`recover` finds hidden cells that adding and subtracting gives away. The room is also that of the
attacker who uses bounds, every earlier release and outside tables, and of his certificate.
"""
