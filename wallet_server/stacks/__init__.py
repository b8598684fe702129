"""How the wallet's badges add up: what counts towards what, as issuers, records, catalogues and the
owner say it, and which of it is earned, missing or has lapsed. Nothing here changes a verdict.
"""
