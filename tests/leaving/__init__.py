"""Taking the wallet along: what is exported, restored, attacked and deleted."""
