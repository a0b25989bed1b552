"""Looking things up: in the search box over a message, and by `search` in one's own chat."""
