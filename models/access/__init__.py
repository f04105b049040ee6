"""Who may see and change what: one actor per session, one row policy, one field policy."""
