"""Badges made for tests, the demo page and `touchstone selftest`: test keys, made-up people.

`python -m tests.made` writes them anew, the same bytes each time but for the drawn pictures, which
are the same to the pixel. Signing, baking and packing are done here with pyld, cryptography and a
few lines of our own, never with `verifier`: a second opinion on what the verifier reads.
"""
