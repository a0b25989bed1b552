"""One form filler for every form: pages, a review, typed answers, back and forth, and all of it in rows."""
