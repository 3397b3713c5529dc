"""What to do about a failure or an alarm of a crawl, in a sentence; by the code that names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_ADVICE = {
    "challenge-page": "the site wants a browser to prove itself: wait a day, use a longer --delay, or ask its people",
    "login-page": "the pages are not public, or the address is that of a log-in: begin at a public list",
    "empty-list": "open the seed in a browser: a script may write it (then it needs a site file, see docs/adding.md), "
    "or the column has moved (then crawl its new address)",
    "nothing-found": "open the seed in a browser and see where its documents are; crawl the address of their list",
    "leads-elsewhere": "the list's pages are on another host: crawl that one, or name it in the site file",
    "far-fewer": "open the source in a browser; if it is as small as that now, a sound run makes it the new measure",
    "fewer-than-expected": "see whether the list goes on after its first page; or change `least` in the site file",
    "more-than-expected": "a filter may have gone from the list: see what kinds of pages came; or change `most`",
    "layout-changed": "compare a page with `tiaowen show ID --raw`, and give the site file the new element",
    "no-title": "look at one of the pages: it may be an error in words not known here",
    "no-number": "look at one of the pages: it may be another kind of document, or a new layout",
    "soft-404": "the page was taken down, or its address is wrong; the list may be out of date",
    "http-404": "the page was taken down, or its address is wrong; the list may be out of date",
    "http-403": "the site refuses: wait, use a longer --delay, and see whether it names a contact",
    "http-429": "the site asks for fewer requests: go on later with a longer --delay",
    "robots-disallowed": "the site's robots.txt does not allow it: ask its people, or leave it",
    "robots-unreachable": "its robots.txt cannot be had, so nothing is fetched: the same command again later",
    "redirect-loop": "open the address in a browser: it may need cookies, which are not sent here",
    "redirect-elsewhere": "the site has moved or was merged: crawl the address it leads to",
    "bad-certificate": "see in a browser what is wrong with it; --any-certificate takes the pages all the same",
    "no-such-host": "see whether the name is spelt right, and whether this machine has a network",
    "no-connection": "see in a browser whether the site is up; the same command tries again",
    "no-answer": "the same command tries again",
    "timeout": "the same command tries again; a slow site may need a longer --timeout",
    "cut-short": "the same command tries again",
    "bad-coding": "the server's answer is damaged; the same command tries again",
    "too-large": "fetch it by hand if it is a document, and take it in with `tiaowen ingest`",
    "given-up": "the host failed over and over: the same command tries again",
    "unreadable": "the bytes are archived; the message says what is wrong with them",
}


def advice(codes: Iterable[str]) -> Iterator[str]:
    """A line for each of the codes that something can be done about; that nothing was found follows from the others."""
    named = dict.fromkeys(codes)
    for code in named if len(named) == 1 else [code for code in named if code != "nothing-found"]:
        said = _ADVICE.get(code) or ("the same command tries again" if code.startswith("http-5") else "")
        if said:
            yield f"what to do about {code}: {said}"
