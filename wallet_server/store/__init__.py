"""What outlives the process, in SQL: the wallet, and who may open it."""
