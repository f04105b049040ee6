"""Ledgers out of the house as files: registered, marked, masked; large ones as a job."""
