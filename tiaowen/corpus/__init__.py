"""The nouns at rest: snapshots, texts, instruments, clauses, and how to cite them."""
