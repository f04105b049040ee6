"""Check sheets: opened for a unit or a client, filled in, pictured, signed by everybody named, ordered from, closed."""
