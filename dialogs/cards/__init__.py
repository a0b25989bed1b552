"""Cards: a value goes in, Adaptive Card JSON comes out. One card a file, no I/O."""
