"""A photo event, planned beforehand, as data: its form, how far it is, and the check of the list (PHOTO-5)."""
