"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from tiaowen.corpus.facets import FIELDS

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


FILTERS = ("province", "city", "issuer", "level", "kind", "genre", "validity", "year", "lang")


def filter_options(command: click.Command) -> click.Command:
    """An option for every field that filters; each may be given several times, meaning one of them."""
    for name in FILTERS:
        option = click.Option([f"--{name}"], multiple=True, help=f"Only of this {name}; may be repeated.")
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
        help=f"Fields to count by, up to three: {', '.join(FIELDS)}.",
    )


def _fields(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(","))
    unknown = [name for name in names if name not in FIELDS]
    if unknown or len(names) > 3 or len(set(names)) < len(names):
        raise click.BadParameter(f"up to three different fields of {', '.join(FIELDS)}", context, option)
    return names
