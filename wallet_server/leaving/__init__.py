"""Leaving: everything in the wallet as one file, read back, proven whole, and deleted for good.

The file's format is `docs/wallet.md`.
"""
