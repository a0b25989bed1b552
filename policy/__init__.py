"""What the rules say: pure functions over records, knowing neither clock nor I/O."""
