"""BibTeX, read by biber too: one `@misc` a clause, since neither knows laws; the number is `howpublished`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tiaowen.corpus.citation import Citation
from tiaowen.corpus.export import bibliography
from tiaowen.text.visible import visible

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "%&#$_"},
    }
)


def references(citations: Iterable[Citation]) -> Iterator[str]:
    """One entry a citation, its key the clause's id with what TeX cannot read as hyphens."""
    for citation in citations:
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(citation) if value)
        yield f"@misc{{{_key(citation.id)},\n{fields}}}\n"


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    # The second pair of braces keeps names whole and the title's capitals.
    yield "title", f"{{{_text(citation.title or '[untitled]')}}}"
    yield "author", " and ".join(f"{{{_text(issuer)}}}" for issuer in citation.issuers)
    yield "howpublished", _text(citation.number or "")
    if citation.day:
        yield "year", str(citation.day.year)
        yield "month", str(citation.day.month)
    yield "note", _text(citation.path)
    if citation.online:
        yield "url", _url(citation.url)
        yield "urldate", f"{citation.retrieved:%Y-%m-%d}"
    yield "langid", "chinese" if citation.chinese else "english"
    yield "abstract", _text(citation.quote)
    yield "annote", _text("; ".join(citation.notes))


def _key(clause: str) -> str:
    return clause.replace("/", "-").replace("@", "-").replace("~", "-")


def _text(value: str) -> str:
    return " ".join(visible(value).split()).translate(_TEX)


def _url(value: str) -> str:
    """A URL as it is, but for braces, which would end the field."""
    return visible(value).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")


plugin = bibliography(references, ".bib")
