"""Finding an answer: what a question is about, and which of our answers is about the same."""
