"""How fast the house is with a county's rows in it: `python -m bench`, read bench/README.md."""
