"""Lists as one person may read them: filters, search, values, files; used by screens and by jobs alike."""
