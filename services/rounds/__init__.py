"""The monthly round from opening to freeze: one file a step."""
