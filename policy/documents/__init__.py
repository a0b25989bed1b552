"""A school's own policy documents: from paragraphs to clauses that can be quoted, compared and checked."""
