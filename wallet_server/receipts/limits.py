"""What a file of receipts may hold: strangers send them."""

from __future__ import annotations

#: Bytes of the whole file, and how deep it is nested: reports lie in reports.
IN_ALL, DEPTH = 40 * 2**20, 64
#: Receipts in one file, bodies beside them, answers of the web and issuer lists of one receipt.
RECEIPTS, BODIES, DOCUMENTS, LISTS = 120, 2000, 500, 60
#: Identifiers of one kind of whom a badge was held against, and letters of one text asked about.
ASKED, TEXT = 100, 2000
#: What reading a file may take, and deriving one receipt of it: the largest file takes two seconds
#: of a processor that does nothing else.
WALL_SECONDS, CPU_SECONDS = 20.0, 10
#: What all receipts of one file may take together: a full one of honest badges takes a tenth.
FILE_SECONDS = 120.0
