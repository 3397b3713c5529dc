"""The verbs: from a snapshot to an instrument and its clauses."""
