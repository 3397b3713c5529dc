"""`tiaowen completion`: the script that lets a shell complete commands, options and the values a corpus holds."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def plugin(context: click.Context, shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    bash:  tiaowen completion bash > ~/.local/share/bash-completion/completions/tiaowen
    zsh:   tiaowen completion zsh > ~/.zfunc/_tiaowen    (with fpath+=~/.zfunc before compinit)
    fish:  tiaowen completion fish > ~/.config/fish/completions/tiaowen.fish
    """  # noqa: D301 - click's sign for lines to be left as they are
    kind = get_completion_class(shell)
    assert kind is not None, "click knows these three shells"
    click.echo(kind(context.find_root().command, {}, "tiaowen", "_TIAOWEN_COMPLETE").source())
