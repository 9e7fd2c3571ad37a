"""The page of an agency's head: where it stands, what is late, what has to be said and set."""
