"""How the wallet's tables came to be: one file a step, each run in one transaction by Alembic."""
