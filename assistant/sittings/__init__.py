"""Questions about sittings: when a matter was last on the table, how a sitting voted."""
