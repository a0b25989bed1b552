"""The deadlines: one pure function each, and the sum behind it in plain words. `now` is always an argument."""
