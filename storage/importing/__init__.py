"""Reading the school's files: all of a file or none of it, every bad row told in one go (contract 1, 6)."""
