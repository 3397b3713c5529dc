"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from tiaowen.corpus.facets import FIELDS
from tiaowen.errors import TiaowenError

if TYPE_CHECKING:
    from tiaowen.corpus.layout import Corpus

Command = TypeVar("Command", bound=Callable[..., Any])


def corpus_option(command: Command) -> Command:
    """`--corpus FOLDER`, also TIAOWEN_CORPUS, else the folder one stands in."""
    option = click.option(
        "--corpus",
        "corpus_path",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="TIAOWEN_CORPUS",
        default=Path(),
        show_default="the current folder",
        show_envvar=True,
        help="The corpus to work on.",
    )
    return option(command)


def format_option(*names: str, default: str) -> Callable[[Command], Command]:
    """`--format NAME` with the given names."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=default, show_default=True, help="How to print."
    )


def as_of_option(command: Command) -> Command:
    """`--as-of YYYY-MM-DD`, the day whose validity is asked about; today if none is given."""
    option = click.option(
        "--as-of",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda context, parameter, value: value.date() if value else date.today(),
        help="The day whose validity is asked about; today if none is given.",
    )
    return option(command)


def gone_from(corpus: Corpus) -> dict[str, datetime]:
    """Since when which URLs of the corpus answer no more; none where nothing was crawled, and no ledger is made."""
    if not corpus.ledger.exists():
        return {}
    from tiaowen.corpus.ledger import Ledger  # noqa: PLC0415  (the commands that only build need none)

    with Ledger.open(corpus) as ledger:
        return ledger.gone()


FILTERS = ("province", "city", "issuer", "level", "kind", "genre", "validity", "year", "lang")


def filter_options(command: click.Command) -> click.Command:
    """An option for every field that filters; each may be given several times, meaning one of them."""
    for name in FILTERS:
        option = click.Option(
            [f"--{name}"], multiple=True, help=f"Only of this {name}; may be repeated.", shell_complete=complete_held
        )
        command.params.append(option)
    return command


def fields_option(default: str) -> Callable[[Command], Command]:
    """`--by FIELD,FIELD`: up to three fields to count by, the last one across."""
    return click.option(
        "--by",
        default=default,
        show_default=True,
        metavar="FIELD,…",
        callback=_fields,
        shell_complete=complete_fields,
        help=f"Fields to count by, up to three: {', '.join(FIELDS)}.",
    )


def _fields(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(","))
    unknown = [name for name in names if name not in FIELDS]
    if unknown or len(names) > 3 or len(set(names)) < len(names):
        raise click.BadParameter(f"up to three different fields of {', '.join(FIELDS)}", context, option)
    return names


def complete_held(context: click.Context, option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The values held that begin as typed, or else contain it. Says nothing where there is no corpus: a shell asks."""
    from tiaowen.corpus.layout import Corpus  # noqa: PLC0415  (only a shell that asks pays)
    from tiaowen.index.held_values import held_values  # noqa: PLC0415
    from tiaowen.text.simplify import simplify  # noqa: PLC0415

    path = context.params.get("corpus_path") or os.environ.get("TIAOWEN_CORPUS") or Path()
    try:
        values = held_values(Corpus.open(Path(path)).index, option.name or "")
    except (TiaowenError, OSError, ValueError):
        return []
    typed = simplify(incomplete)
    plain = [(value, simplify(value)) for value in values]
    fitting = [value for value, form in plain if form.startswith(typed)]
    return [CompletionItem(value) for value in fitting or (value for value, form in plain if typed in form)]


def complete_fields(context: click.Context, option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields that may stand after those typed."""
    *before, last = incomplete.split(",")
    names = [name for name in FIELDS if name.startswith(last) and name not in before]
    return [CompletionItem(",".join((*before, name))) for name in names]
