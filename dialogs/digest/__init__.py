"""The weekly digest: read for many schools at once, drawn for each reader, sent once a week."""
