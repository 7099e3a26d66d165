"""Between rows, notices and the pure part."""
