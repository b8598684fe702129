"""`make bench`: our side and its peers in turns on one core, and `docs/speed.md` written from it.

A contestant is a program that is given the folder of `made.py`, proves there that it takes what
holds and refuses what was changed, and only then is timed. What it prints is one line of JSON,
`contestants.Figures`.
"""
