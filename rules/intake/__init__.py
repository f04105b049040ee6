"""Bringing a sheet into a ledger: headings, cells, verdicts; standard library only."""
