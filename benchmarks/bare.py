"""The engines without us, on the same tokens: what their own writing costs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import tantivy
from whoosh import fields, index
from whoosh.analysis import Token, Tokenizer

from tiaowen.index.ranking import FIELDS, Document


class Given(Tokenizer):
    """Takes terms as they are."""

    def __call__(self, value: list[str], **rest: object) -> Iterator[Token]:
        """Tokens of the terms in `value`."""
        token = Token(positions=False, chars=False, **rest)
        for term in value:
            token.text = token.original = term
            yield token


def whoosh(documents: Sequence[Document], directory: Path) -> float:
    """CPU seconds of Whoosh's own writer."""
    directory.mkdir()
    schema = fields.Schema(**{name: fields.TEXT(analyzer=Given(), phrase=False) for name in FIELDS})
    started = time.process_time()
    writer = index.create_in(str(directory), schema).writer(limitmb=256)
    for document in documents:
        writer.add_document(**{name: document.terms(name) for name in FIELDS})
    writer.commit()
    return time.process_time() - started


def fts5(documents: Sequence[Document], directory: Path) -> float:
    """CPU seconds of SQLite FTS5, tokens parted by spaces."""
    directory.mkdir()
    database = sqlite3.connect(directory / "fts.db")
    started = time.process_time()
    database.execute(
        f"CREATE VIRTUAL TABLE t USING fts5({', '.join(FIELDS)}, tokenize = \"unicode61 categories 'L* N* P* S* Co'\")"
    )
    rows = ([" ".join(document.terms(name)) for name in FIELDS] for document in documents)
    database.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(FIELDS))})", rows)
    database.commit()
    seconds = time.process_time() - started
    database.close()
    return seconds


def tantivy_bare(documents: Sequence[Document], directory: Path) -> float:
    """CPU seconds of tantivy with one writing thread, positions where we keep them, tokens joined."""
    directory.mkdir()
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        option = "position" if name in ("pairs", "context_pairs") else "freq"
        builder.add_text_field(name, tokenizer_name="cut", index_option=option)
    made = tantivy.Index(builder.build(), path=str(directory))
    made.register_tokenizer("cut", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex("[^\x1f]+")).build())
    started = time.process_time()
    writer = made.writer(128 << 20, 1)
    for document in documents:
        row = tantivy.Document()
        for name in FIELDS:
            row.add_text(name, "\x1f".join(document.terms(name)))
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()
    return time.process_time() - started
