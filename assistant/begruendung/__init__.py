"""From an Auftrag and chosen sources to a draft whose every sentence says where it comes from."""
