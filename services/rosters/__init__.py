"""Two Word lists become people, enterprises and responsibilities: read, match, write, settle, undo."""
