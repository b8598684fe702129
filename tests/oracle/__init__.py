"""The one pass from JSON to quads held against pyld, over mutations of credentials: whatever it
answers, pyld answers too, to the letter; what pyld refuses, it refuses.

    python -m tests.oracle 50000

`make test` does 2,000. What is drawn hangs on the number given with `--seed` alone.
"""
