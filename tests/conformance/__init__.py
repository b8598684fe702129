"""Other people's badges, and whether we say of each what it must get.

`python -m tests.conformance` prints the score per source. Nothing of the sources is kept here.
"""
