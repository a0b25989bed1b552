"""Where Teams, the clock and the database meet."""
