"""Official papers as Word files, filled into templates that a clerk can edit."""
