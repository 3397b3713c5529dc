"""Search: clauses to entries, queries to hits. Never imports ingest."""
