"""What a page says of a badge, held against what the badge says: dates, titles, ids."""

from __future__ import annotations
