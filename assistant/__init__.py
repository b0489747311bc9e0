"""Questions in, answers out; the only place where everything is wired together."""
