"""Where an answer goes: to a file, whole or not at all, or to the screen, through a pager when it is long."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import click

from tiaowen.commands._options import Command
from tiaowen.corpus.counts import CountForm
from tiaowen.corpus.export import Exporter, Layout
from tiaowen.errors import UsageError
from tiaowen.plugins import Family

Form = TypeVar("Form", Exporter, CountForm)

SCREEN = (110, 24)
"""Columns and lines where there is no terminal to ask."""


def output_options(command: Command) -> Command:
    """`--output FILE` and `--force`."""
    command = click.option("--force", is_flag=True, help="Let --output replace a file.")(command)
    return click.option(
        "--output",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        help="Write to this file, whole or not at all; its suffix names the format if --format does not.",
    )(command)


def layout(output: Path | None = None, around: int | None = None) -> Layout:
    """The terminal's width, and its colours unless they are unwanted (https://no-color.org).

    Words in context are cut to the width of a terminal alone: a file and a pipe get all that was asked for.
    """
    watched = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size(SCREEN).columns
    colour = watched and not os.environ.get("NO_COLOR")
    return Layout(width, colour, around or Layout.around, fitted=watched)


def form_for(family: Family[Form], name: str | None, output: Path | None, default: str) -> Form:
    """The form named, else that of the file's suffix, else the default. Raises UsageError where that leaves doubt."""
    if name is None and output is not None and str(output) != "-":
        name = _form_of(family, output)
    form = family.get(name or default)
    if form.binary and output is None:
        raise UsageError(f"{name} is not for the screen; say where it goes: --output FILE{form.suffix}")
    return form


def check_output(output: Path | None, force: bool) -> None:
    """Raise UsageError now, before the work is done, if `output` is a file that may not be replaced."""
    if output is not None and output.is_file() and not force:
        raise UsageError(f"{output} exists; say --force to replace it")


def emit(pieces: Iterable[str] | Iterable[bytes], output: Path | None, force: bool) -> None:
    """Send the pieces where they belong: to the file, to standard output, or to the screen by pages."""
    if output is None:
        _to_screen(pieces)
    elif str(output) == "-":
        sys.stdout.buffer.writelines(_bytes(piece) for piece in pieces)
    else:
        check_output(output, force)
        _to_file(pieces, output)


def _form_of(family: Family[Form], output: Path) -> str:
    suffixes = {name: form.suffix for name, form in family.all() if form.suffix}
    fitting = [name for name, suffix in suffixes.items() if output.name.lower().endswith(suffix)]
    if not fitting:
        known = ", ".join(sorted(suffixes.values()))
        raise UsageError(f"which format is {output.name}? Say --format, or let the name end in {known}")
    return max(fitting, key=lambda name: len(suffixes[name]))


def _to_screen(pieces: Iterable[str] | Iterable[bytes]) -> None:
    if not sys.stdout.isatty():
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    text = "".join(str(piece) for piece in pieces)
    if text.count("\n") < shutil.get_terminal_size(SCREEN).lines:
        click.echo(text, nl=False)
    else:
        os.environ.setdefault("LESS", "FRX")  # as git does: colours pass, and the text stays when less ends
        click.echo_via_pager(text)


def _to_file(pieces: Iterable[str] | Iterable[bytes], output: Path) -> None:
    temporary = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        if output.exists():
            temporary = output if not output.is_file() else temporary  # a device has no name to take over
        with temporary.open("wb") as file:
            file.writelines(_bytes(piece) for piece in pieces)
            file.flush()
            if temporary != output:
                os.fsync(file.fileno())
        if temporary != output:
            temporary.replace(output)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror or error}") from error
    finally:
        if temporary != output:
            with suppress(OSError):
                temporary.unlink()


def _bytes(piece: str | bytes) -> bytes:
    return piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
