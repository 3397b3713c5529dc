"""Running `tiaowen crawl` as a process of its own, so that its reactor stays out of the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tiaowen.corpus.layout import Corpus
from tiaowen.corpus.ledger import Ledger
from tiaowen.corpus.ledger_records import SourceStatus
from tiaowen.corpus.store import Store

ROOT = Path(__file__).resolve().parents[2]
FAST = ("--contact", "crawl@example.org", "--delay", "0", "--backoff", "0")


def environment() -> dict[str, str]:
    """This process's, without proxies: the tests' traffic stays on loopback."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": str(ROOT), "NO_PROXY": "*"}


@dataclass
class Crawled:
    """A corpus that is crawled into."""

    corpus: Corpus
    last: subprocess.CompletedProcess[str] | None = None

    @classmethod
    def empty(cls, path: Path) -> Crawled:
        return cls(Corpus.create(path / "corpus"))

    def command(self, *words: str, options: tuple[str, ...] = FAST) -> list[str]:
        return [sys.executable, "-m", "tiaowen", "crawl", "--corpus", str(self.corpus.path), *options, *words]

    def crawl(
        self, *words: str, options: tuple[str, ...] = FAST, timeout: float = 280
    ) -> subprocess.CompletedProcess[str]:
        self.last = subprocess.run(
            self.command(*words, options=options),
            capture_output=True,
            text=True,
            timeout=timeout,
            env=environment(),
            cwd=ROOT,
            check=False,
        )
        assert "Traceback" not in self.last.stderr, self.last.stderr
        return self.last

    def crawl_site(self, site: dict[str, object], *options: str) -> subprocess.CompletedProcess[str]:
        """Crawl with a site file of the test's own: the fields of `Site` as JSON, read by `site_runner.py`."""
        command = [sys.executable, str(Path(__file__).with_name("site_runner.py")), str(self.corpus.path)]
        self.last = subprocess.run(
            [*command, json.dumps(site), *options],
            capture_output=True,
            text=True,
            timeout=280,
            env=environment(),
            cwd=ROOT,
            check=False,
        )
        assert "Traceback" not in self.last.stderr, self.last.stderr
        return self.last

    @property
    def status(self) -> SourceStatus:
        """The one source that was crawled."""
        with Ledger.open(self.corpus) as ledger:
            (status,) = ledger.sources()
        return status

    @property
    def counts(self) -> dict[str, int]:
        """The outcomes of its last run."""
        return dict(self.status.runs[-1].counts)

    @property
    def alarms(self) -> set[str]:
        """The alarms of its last run."""
        return {alarm.code for alarm in self.status.runs[-1].alarms}

    def failures(self) -> dict[str, str]:
        """URL path → code of what failed in the last run."""
        with Ledger.open(self.corpus) as ledger:
            run = ledger.sources()[0].runs[-1]
            return {"/" + url.split("/", 3)[3]: visit.code for url, visit in ledger.visits(run, "failed")}

    def held(self) -> list[str]:
        """The URLs of all captures, as often as they are held."""
        with Store.open(self.corpus) as store:
            return [version.capture.url for version in store.captures()]
