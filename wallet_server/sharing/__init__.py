"""Shares: badges that the owner shows to whoever has a link, with the answers made fresh."""
