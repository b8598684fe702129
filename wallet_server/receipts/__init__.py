"""Signed receipts of checks: what was found, and everything that it follows from, so that anybody
can derive it again without the network (docs/receipts.md).

`making` makes one, `signing` is the proof on it, `reading` takes a file of them apart, `replaying`
derives the reports again and says what differs.
"""
