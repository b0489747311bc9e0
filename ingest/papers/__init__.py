"""What a paper says of itself, by rules: header fields, sections, tables, votes."""
