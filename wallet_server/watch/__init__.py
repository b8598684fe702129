"""Watching: the wallet's badges checked again in time, and what has changed told to their owner."""
