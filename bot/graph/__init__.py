"""Microsoft Graph, where a school switches it on: who its staff are, the app for them, and mail when Teams fails."""
