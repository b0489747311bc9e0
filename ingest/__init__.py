"""Files in, stored documents out."""
