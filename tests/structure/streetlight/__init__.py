"""Runs only inside the copied house that tests/structure/test_add_a_ledger.py makes."""
