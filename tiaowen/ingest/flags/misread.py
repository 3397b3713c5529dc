"""Characters that no page meant to show: mojibake, private-use and invisible characters.

Bytes read twice in the wrong charset leave the same few strings behind. A private-use character shows as whatever
the reader's font holds; an invisible one keeps words from being found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaowen.corpus.findings import Finding
from tiaowen.ingest.flags import doubt
from tiaowen.ingest.page import Page
from tiaowen.text.spans import Span

_KINDS = (
    (
        "mojibake",
        re.compile(
            "(?:锟斤拷?|烫烫|屯屯|ï»¿|â€[œ\x9d™˜¦“”]|Ã[©¨¤¶¼±£]|[æåçèé][\x80-\xbf˜™š›œžŸ¡-¿]{2}|銆[\u4e00-\u9fff]|鐨勫|涓\ue15f|閿熸枻)+"
        ),
        "bytes read in the wrong charset before the page was made",
    ),
    ("private-use", re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+"), "characters that only one font knows"),
    (
        "invisible",
        re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+"),
        "characters that do not show",
    ),
)


class Misread:
    """Mojibake and characters that do not show."""

    def find(self, page: Page) -> Iterator[Finding]:
        """One finding of each kind, with all its places."""
        for code, pattern, message in _KINDS:
            spans = [Span(match.start(), match.end()) for match in pattern.finditer(page.text)]
            if spans:
                yield doubt(code, message, *spans)


plugin = Misread()
