"""Measures: how often a judgement is right, on data that others than its authors made."""
