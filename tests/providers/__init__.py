"""Platforms: their addresses, their answers, and a table of what they can prove."""
