"""Badges presented under their holder's own key, for a challenge; and such answers taken."""
