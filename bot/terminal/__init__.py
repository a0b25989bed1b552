"""The bot in a terminal: the same dialogs and database as the server, without Teams between."""
