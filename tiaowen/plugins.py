"""Plug-in families: a folder of files, where the file is the registration.

A family is a package; each public module in it is one plug-in, named by its file, and holds one object called
`plugin` of the family's type. Adding a site, a spam rule, a numbering scheme, an engine or a format is adding a file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from tiaowen.errors import UnknownPlugin

T = TypeVar("T")


@dataclass(frozen=True)
class Family(Generic[T]):
    """The plug-ins of one package.

    `package` is its dotted name, `kind` the type every plug-in must be an instance of (a class or a runtime-checkable
    protocol), `noun` the word for one of them in messages.
    """

    package: str
    kind: type[T]
    noun: str

    def names(self) -> tuple[str, ...]:
        """Names of all plug-ins, sorted; imports none of them."""
        return _module_names(self.package)

    def get(self, name: str) -> T:
        """The plug-in called `name`, imported on first use.

        Raises UnknownPlugin when there is no such file, TypeError when the file breaks the family's contract.
        """
        if name not in self.names():
            raise UnknownPlugin(self.noun, name, self.names())
        plugin = importlib.import_module(f"{self.package}.{name}").plugin
        if not isinstance(plugin, self.kind):
            raise TypeError(f"{self.package}.{name}.plugin is a {type(plugin).__name__}, not a {self.kind.__name__}")
        return plugin

    def all(self) -> Iterator[tuple[str, T]]:
        """Every plug-in with its name, in the order of the names."""
        for name in self.names():
            yield name, self.get(name)


@cache
def _module_names(package: str) -> tuple[str, ...]:
    path = importlib.import_module(package).__path__
    return tuple(sorted(m.name for m in pkgutil.iter_modules(path) if not m.name.startswith("_")))
