"""Running the command line as a user does, in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tiaowen.cli import root
from tiaowen.errors import TiaowenError


@dataclass
class Cli:
    """`cli("search", "期限")` runs `tiaowen search 期限` and gives click's Result, errors turned to exit statuses."""

    corpus: Path | None = None
    indexed: bool = False
    calls: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, *args: str) -> Result:
        env = {"TIAOWEN_CORPUS": str(self.corpus)} if self.corpus else None
        result = CliRunner().invoke(root, list(args), env=env)
        self.calls.append(args)
        if isinstance(result.exception, TiaowenError):
            result.stderr_bytes = (result.stderr_bytes or b"") + f"tiaowen: {result.exception}\n".encode()
            result.exit_code = result.exception.exit_status
        elif result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.indexed = self.indexed or (args[0] == "index" and result.exit_code == 0)
        return result

    def json(self, *args: str) -> Any:
        """The one JSON value a command prints, which must have succeeded."""
        result = self(*args)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def lines(self, *args: str) -> list[Any]:
        """The JSON lines a command prints."""
        return [json.loads(line) for line in self(*args).stdout.splitlines()]

    @property
    def first_clause_id(self) -> str:
        """The id of some clause that is held."""
        return str(self.lines("search", "企业", "--limit", "1", "--format", "jsonl")[0]["id"])
