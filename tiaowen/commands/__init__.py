"""The commands, one file each; a command is imported when it is called, so that each loads only what it needs."""

import click

from tiaowen.plugins import Family

COMMANDS = Family("tiaowen.commands", click.Command, "command")
