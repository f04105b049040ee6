"""Sheets into any ledger: read, compared, tried, looked at, written, and taken back."""
