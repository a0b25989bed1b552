"""Values in, Adaptive Card JSON out; one card per file."""
