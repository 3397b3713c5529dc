"""Sample pages, written for this project about made-up places; README.md says what each of them shows."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).parent / "pages"
"""The folder of the sample pages; everything in it can be ingested."""
