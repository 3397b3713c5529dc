"""tiaowen 条文: a policy document corpus and clause search tool, where every clause leads back to stored bytes."""

__version__ = "0.1.0"
