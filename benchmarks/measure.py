"""One figure of a benchmark of structure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Measure:
    """One figure: `right` of `total`, CPU `seconds`, and what was wrong."""

    name: str
    right: int = 0
    total: int = 0
    seconds: float = 0.0
    characters: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.total if self.total else 0.0

    def count(self, right: bool, what: str) -> None:
        """One more, right or wrong."""
        self.total += 1
        self.right += right
        if not right:
            self.wrong.append(what)
