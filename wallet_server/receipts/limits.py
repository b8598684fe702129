"""What a file of receipts may hold: strangers send them."""

from __future__ import annotations

#: Bytes of the whole file, and how deep it is nested: reports lie in reports.
IN_ALL, DEPTH = 40 * 2**20, 64
#: Receipts in one file, bodies beside them, answers of the web and issuer lists of one receipt,
#: and letters of one text of what was asked.
RECEIPTS, BODIES, DOCUMENTS, LISTS, TEXT = 120, 2000, 500, 60, 4 * 2**20
