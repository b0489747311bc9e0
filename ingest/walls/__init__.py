"""What keeps a parser in: a process of its own, limited, watched and ended."""
