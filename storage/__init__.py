"""What happened: a noun and its verbs per file, session first, committed by whoever opened the transaction."""
