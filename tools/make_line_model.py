"""Makes the trees of tiaowen/ingest/line_model.py from pages whose main text people marked.

    pip install scikit-learn
    python tools/make_line_model.py DATA

Read from DATA: `extraction/*.jsonl.gz`, one page a line with its `html` and the hand-made `text`. A line of the
flattened page is of the document if half of its four-token shingles stand in that text, a shorter one if it is one of
its lines. What is kept of the pages is the trees' bounds and values.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.shingles import shingles, tokens
from tiaowen.corpus.snapshot import Snapshot
from tiaowen.ingest.extract import extract
from tiaowen.ingest.line_features import PageLines, feature_rows
from tiaowen.ingest.told import told_by

TARGET = Path(__file__).resolve().parents[1] / "tiaowen" / "ingest" / "data" / "line_model.json.gz"
SETTINGS = {
    "max_iter": 300,
    "max_leaf_nodes": 15,
    "learning_rate": 0.04,
    "l2_regularization": 10,
    "min_samples_leaf": 100,
    "max_features": 0.15,
    "random_state": 1,
}
"""Many small steps, each tree shown a seventh of the features: what one site is like weighs little."""


def pages(data: Path) -> Iterator[dict[str, Any]]:
    """Every marked page as it stands in the data."""
    for path in sorted((data / "extraction").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def marked(record: dict[str, Any]) -> tuple[PageLines, str]:
    """A page, flattened, with its marked text."""
    body = record["html"].encode("utf-8", "replace")
    source = extract(Snapshot.of(body, "page", "text/html", datetime.now(UTC)))
    return PageLines(source.text, source.lines, told_by(source)), record["text"]


def belongs(page: PageLines, text: str) -> list[bool]:
    """For each line whether it is of the document."""
    known, lines = set(shingles(text)), {line.strip() for line in text.splitlines()}
    found: list[bool] = []
    for string in page.strings:
        count = len(tokens(string))
        if count == 0:
            found.append(bool(found) and found[-1])
        elif count < 4:
            found.append(string.strip() in lines)
        else:
            own = set(shingles(string))
            found.append(2 * len(own & known) >= len(own))
    return found


def fitted(marked_pages: Iterable[tuple[PageLines, str]]) -> tuple[HistGradientBoostingClassifier, int]:
    """A classifier of the pages' lines, with the number of features; a line weighs as the logarithm of its length."""
    rows: list[list[float]] = []
    labels: list[bool] = []
    weights: list[float] = []
    for page, text in marked_pages:
        for row, label, width in zip(feature_rows(page), belongs(page, text), page.widths, strict=True):
            if row is not None:
                rows.append([float(value) for value in row])
                labels.append(label)
                weights.append(math.log1p(width))
    return HistGradientBoostingClassifier(**SETTINGS).fit(np.array(rows), labels, sample_weight=weights), len(rows[0])


def table_of(model: HistGradientBoostingClassifier, features: int) -> dict[str, Any]:
    """The trees as numbers."""
    trees = []
    for (predictor,) in model._predictors:
        nodes = [
            (round(float(n["value"]), 4),)
            if n["is_leaf"]
            else (int(n["feature_idx"]), round(float(n["num_threshold"]), 5), int(n["left"]), int(n["right"]))
            for n in predictor.nodes
        ]
        trees.append(nodes)
    return {"features": features, "base": round(float(model._baseline_prediction.ravel()[0]), 4), "trees": trees}


def write(table: dict[str, Any]) -> None:
    """The table as JSON, the same bytes for the same trees."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(json.dumps(table, separators=(",", ":")).encode())
    TARGET.write_bytes(buffer.getvalue())


def main() -> None:
    """Makes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    table = table_of(*fitted(map(marked, pages(parser.parse_args().data))))
    write(table)
    print(f"{len(table['trees'])} trees; {TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
