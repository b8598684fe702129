"""What the verifier keeps as data, because to work it out takes longer than a badge:

    python -m tests.kept

writes it anew, and a test holds it to what the libraries say now.
"""
