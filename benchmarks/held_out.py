"""Main text of pages whose site the line model has not seen: the figure that says what it does on the next site.

    python -m benchmarks.cleaning extraction_held_out      (extra `bench`, about two minutes)

The trees of the package are made from all marked pages, so what `extraction_zh` and `extraction_en` print is what they
remember. Here five models are made, each without a fifth of the sites, and each page is read with the model that has
not seen its site; all other stages are as shipped.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.pages import document, records
from benchmarks.shingles import f1
from tiaowen.ingest.line_model import LineModel, model_of

FOLDS = 5
SEED = 1
_HOST = re.compile(r"https?://([a-zA-Z0-9.-]+)")
_EVERYWHERE = re.compile(r"w3\.org|google|beian|facebook|schema\.org|ogp\.me|twitter")
_SECOND_LEVEL = ("com", "gov", "org", "net", "co", "edu")


def held_out(pages: dict[str, list[dict[str, Any]]]) -> dict[str, list[float]]:
    """F1 of every page by language, each with a model made without the pages of its site."""
    everything = [page for group in pages.values() for page in group]
    sites = sorted({site_of(page) for page in everything})
    random.Random(SEED).shuffle(sites)
    fold = {site: number % FOLDS for number, site in enumerate(sites)}
    scores: dict[str, list[float]] = {language: [] for language in pages}
    for number in range(FOLDS):
        model = made_from([page for page in everything if fold[site_of(page)] != number])
        with mock.patch("tiaowen.ingest.body.line_model", return_value=model):
            for language, group in pages.items():
                mine = (page for page in group if fold[site_of(page)] == number)
                scores[language] += (f1(document(page["html"]), page["text"]) for page in mine)
    return scores


def made_from(pages: list[dict[str, Any]]) -> LineModel:
    """A line model of these pages, made as the package's own."""
    from tools.make_line_model import fitted, marked, table_of  # noqa: PLC0415  needs scikit-learn

    return model_of(table_of(*fitted(map(marked, pages))))


def site_of(page: dict[str, Any]) -> str:
    """The registered name of a page's host; where its URL is not told, of the host that it links to most."""
    told = _HOST.match(page.get("url") or "")
    linked = Counter(host for host in _HOST.findall(page["html"]) if not _EVERYWHERE.search(host))
    host = told[1] if told else next((host for host, _ in linked.most_common(1)), "")
    parts = host.lower().split(".")
    return ".".join(parts[-3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else -2 :])


def figures(shared: Path, step: int) -> dict[str, float]:
    """Mean F1 and the number of dead pages by language."""
    folder = shared / "data" / "extraction"
    pages = {name: list(records(folder / f"{name}.jsonl.gz", step)) for name in ("zh", "en", "other")}
    found: dict[str, float] = {}
    for language, scores in held_out(pages).items():
        found[f"extraction_held_out {language} F1"] = sum(scores) / max(1, len(scores))
        found[f"extraction_held_out {language} pages below .1"] = sum(score < 0.1 for score in scores)
    return found
