"""Draws: a list is frozen, a value promised, dice thrown, people drawn and replaced in the fixed order, the proof printed."""
