"""The command line: `tiaowen COMMAND …`.

Exit statuses: 0 done; 1 nothing found, or not the same; 2 the call is not understood; 3 a file or page could not be
taken in; 4 the corpus is missing or damaged; 5 the index is missing, stale or failed; 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys

import click
from click.shell_completion import CompletionItem

from tiaowen import __version__
from tiaowen.commands import COMMANDS
from tiaowen.errors import TiaowenError

INTERRUPTED = 130  # 128 + SIGINT, as shells count
PIPE_CLOSED = 141  # 128 + SIGPIPE
OBJECTS_BEFORE_COLLECTING = 50_000
"""Loading a command makes objects and no garbage; looking for it as often as Python does is a tenth of a search."""


class Commands(click.Group):
    """The group of all files in tiaowen/commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, without importing them."""
        return list(COMMANDS.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None if there is none."""
        return COMMANDS.get(cmd_name) if cmd_name in COMMANDS.names() else None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands without importing them: a shell waits for the answer."""
        names = [CompletionItem(name) for name in COMMANDS.names() if name.startswith(incomplete)]
        return names or click.Command.shell_complete(self, ctx, incomplete)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tiaowen")
def root() -> None:
    """Policy documents in, cited clauses out: every clause leads back to stored bytes.

    Start with `tiaowen init CORPUS`, then `ingest`, `index` and `search`.
    """


def main() -> None:
    """Run the command line; never shows a traceback for what the user can mend, always one for a bug of ours."""
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
    try:
        root.main(standalone_mode=False, prog_name="tiaowen")
    except click.exceptions.Abort:
        click.echo("interrupted; what was finished is kept", err=True)
        sys.exit(INTERRUPTED)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TiaowenError as error:
        click.echo(f"tiaowen: {error}", err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        # The reader (head, less) has gone; point stdout elsewhere so that the interpreter's last flush is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
