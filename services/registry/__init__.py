"""The registry beyond single rows: what is held by whom, letters, transfers, changes of places, doubles."""
