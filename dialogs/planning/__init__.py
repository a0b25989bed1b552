"""A photo event, planned beforehand: checked against the list, approved, checked again, and cleared away after."""
