"""Measures with a limit each: what they measure is said where the limit is."""
