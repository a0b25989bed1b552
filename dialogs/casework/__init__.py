"""What every kind of case shares in conversation: its people, and cards that stay true wherever they were sent."""
