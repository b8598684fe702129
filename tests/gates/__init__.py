"""Hostile and odd inputs as rows of data, judged through the command `touchstone`."""
