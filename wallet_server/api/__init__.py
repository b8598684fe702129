"""The HTTP interface under `/api` (contract, section 4)."""
