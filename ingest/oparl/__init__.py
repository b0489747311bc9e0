"""A council's system as the source: OParl 1.0 and 1.1."""
