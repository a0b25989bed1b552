"""What the bot itself holds about one person: where it is, how it is read, and what is told of it."""
