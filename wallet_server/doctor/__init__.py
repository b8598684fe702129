"""The profile doctor: what the owner's own page shows, held against the wallet, and the mend for
each entry. It reads and compares; nothing of the page is kept.
"""
