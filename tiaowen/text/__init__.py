"""Strings: spans, folds, scripts, numerals. Knows no law, no web, no disk."""
