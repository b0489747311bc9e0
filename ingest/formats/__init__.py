"""One file format each: from bytes to blocks."""
