"""`tiaowen doctor`: whether archive, store and index agree."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from tiaowen.commands._options import corpus_option, format_option
from tiaowen.corpus.doctor import examine
from tiaowen.corpus.layout import Corpus
from tiaowen.index.examine import examine_index
from tiaowen.text.visible import visible

SOMETHING_TO_MEND = 1


@click.command("doctor")
@corpus_option
@format_option("text", "jsonl", default="text")
def plugin(corpus_path: Path, form: str) -> None:
    """Read the whole archive and say whether archive, store and index agree; what does not, and what to do.

    The exit status is 1 when there is something to mend.
    """
    problems = examine(Corpus.open(corpus_path), examine_index)
    for problem in problems:
        if form == "jsonl":
            click.echo(json.dumps(asdict(problem), ensure_ascii=False))
        else:
            click.echo(visible(f"{problem.severity} {problem.code}  {problem.where}\n  {problem.message}"))
            click.echo(visible(f"  → {problem.remedy}"))
    if problems:
        sys.exit(SOMETHING_TO_MEND)
    if form == "text":
        click.echo("archive, store and index agree")
