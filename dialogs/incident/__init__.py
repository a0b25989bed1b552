"""An online-safety incident in conversation: first words, a short form, and the card of whoever has it (domain 5)."""
