"""Responsibility lists of a township, read by meaning: QY-2.1a, clauses.md §4.

`redact` comes first and takes credentials out for good; `analyse` then says what a file holds.
"""
