"""Limits on what is read: a hostile page is refused, or cut short with a finding, before it costs time or memory."""

from __future__ import annotations

MAX_PAGE_BYTES = 20_000_000
"""Bytes of one page or file. The longest statute is 0.6 MB of text, the heaviest real page seen 3 MB."""

MAX_CHARACTERS = 3_000_000
"""Code points of one page's text. The longest acts of any legislature have as many; each costs five microseconds."""

MAX_MARKS = 300_000
"""Signs `<` in one HTML page; a page of 3 MB has some 60,000."""

MAX_EDITS = 250_000
"""Places at which reading an HTML page changes its text: tags between words, references, runs of white space. A page of
3 MB has some 60,000; each takes a kilobyte and a half by the time the page is read."""

MAX_LINES = 50_000
"""Lines of one page. The longest statute has 4,000; each costs time in every later stage."""

MAX_PATH = 16
"""Elements in the path of a line. A page nested deeper is read all the same; its paths name the innermost ones."""

HEAD_BYTES = 4096
"""Bytes looked at for a signature and a declared charset."""

MAX_EXPANSION = 250
"""How many times its own size a packed file may unpack to. Text packs to a fifth or, in lists of like lines, a
fiftieth; deflate can do a thousandth."""

FREE_EXPANSION = 100_000_000
"""Bytes that may be unpacked whatever the ratio."""

MAX_PARTS = 10_000
"""Parts of a ZIP package, and members of a ZIP archive."""

MAX_PART_BYTES = 32_000_000
"""Bytes of one part of a package when inflated."""

MAX_TAGS = 1_500_000
"""Tags in one XML part: a tree of them takes some 200 bytes each."""

MAX_NESTING = 60
"""Elements within one another in a package's XML, where they are followed one by one."""

MAX_PIECES = 200_000
"""Pieces of text in one printed file: runs of characters in a line. A full page has some 50."""

MAX_PAGES = 2_000
"""Pages of a printed file."""

PAGES_SECONDS = 300
"""Seconds on the clock for one printed file; its processor time is bounded by what it gives (`extract/_bounded.py`)."""

PAGES_MEMORY = 480_000_000
"""Bytes of address space for the process that reads one printed file."""

MAX_UNPACKED_BYTES = 1_000_000_000
"""Bytes of all members of one ZIP archive when inflated."""

MAX_PICTURES = 60
"""Pages of one file that are recognised from pictures; each takes some seconds."""

RECOGNISER_MEMORY = 4_000_000_000
"""Bytes of address space for the process that recognises pages; it uses about a fifth."""
