"""A whole answer taken in: its bytes into the archive, then what it is, what is read from it and where it leads."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tiaowen.corpus.capture import Capture
from tiaowen.corpus.ledger_records import Outcome, Role, Target, Task, Visit
from tiaowen.corpus.snapshot import Digest, Snapshot
from tiaowen.crawling.course import Course, at_rest, failed
from tiaowen.errors import IngestError
from tiaowen.ingest.crawl import follow
from tiaowen.ingest.crawl.fetch import Answer
from tiaowen.ingest.crawl.judge import Judgement
from tiaowen.ingest.crawl.receive import MARKUP, judgement, read
from tiaowen.ingest.crawl.site import ListPage
from tiaowen.ingest.crawl.sources import Source
from tiaowen.ingest.crawl.urls import shape_of
from tiaowen.ingest.unpack import Holder, unpacker_of
from tiaowen.pipeline import derive, ingest

_LISTED = 3_000_000
"""Code points of a list that are read; no list page has more."""


@dataclass(frozen=True)
class _Document:
    """An answer that was judged a document, at rest."""

    answer: Answer
    snapshot: Snapshot
    capture: Capture
    judged: Judgement
    page: ListPage


def received(course: Course, task: Task, answer: Answer) -> None:
    """A whole answer: its bytes go into the archive, whatever becomes of the reading."""
    evidence, media_type = "unread", "application/octet-stream"
    try:
        media_type, text = read(answer)
        judged = judgement(course.source.site, task.target.role, answer, media_type, text)
        evidence = "" if judged.kind == "document" else judged.code or judged.kind
    finally:
        snapshot, capture = at_rest(course.intake, answer, media_type, evidence)
    page = ListPage(answer.url, text[:_LISTED], task.target.body)
    if judged.kind == "document":
        _document(course, task, _Document(answer, snapshot, capture, judged, page))
    elif judged.kind == "list":
        _list(course, task, page, snapshot.digest)
    elif judged.code == "no-extractor":
        course.ledger.finish(task, _unpacked(course, task, answer, snapshot.digest) or _kept(judged, snapshot.digest))
    else:
        course.refuse(task, answer.status, judged, snapshot.digest)


def _document(course: Course, task: Task, document: _Document) -> None:
    course.failures[task.target.host] = 0
    snapshot, target = document.snapshot, task.target
    try:
        derived = derive(snapshot)
    except IngestError as error:
        course.fail(task, failed(document.answer.status, "unreadable", str(error)[:300], snapshot.digest))
        return
    course.intake.store.add(document.capture, derived.instruments, derived.findings)
    if target.role == "page" and snapshot.digest in course.bodies:
        course.barren[shape_of(target.url)] += 1
    course.bodies.add(snapshot.digest)
    found: tuple[Target, ...] = ()
    if snapshot.media_type in MARKUP:
        found = follow.of_document(course.source.site, document.page, target.depth, target.url).targets
    course.finish(task, _taken(course, task, document), found)


def _taken(course: Course, task: Task, document: _Document) -> Visit:
    """The visit of a document that was taken in, compared with what was held before."""
    answer, digest, place = document.answer, document.snapshot.digest, course.place(task)
    said = (digest, answer.header("etag"), answer.header("last-modified"))
    if place is not None and place.digest == digest:
        return Visit("same", answer.status, "", "", *said)
    code = _doubt(document.judged, course.source, task.target.role)
    return Visit("changed" if place else "new", answer.status, code, "", *said)


def _unpacked(course: Course, task: Task, answer: Answer, digest: Digest) -> Visit | None:
    """The visit of an archive of files, each taken in as a page of its own; None where nothing in it is read."""
    unpacker = unpacker_of(urlsplit(answer.url).path)
    if unpacker is None:
        return None
    holder = Holder(answer.url, datetime.now(UTC))
    members = list(ingest(unpacker.unpack(io.BytesIO(answer.body), holder), course.intake))
    failed = [member for member in members if member.status == "failed"]
    if len(failed) == len(members):
        return None
    place = course.place(task)
    outcome: Outcome = "new" if place is None else "same" if place.digest == digest else "changed"
    message = f"{len(failed)} of {len(members)} members are not read: {failed[0].message}"[:300] if failed else ""
    code = "partly-read" if failed else ""
    return Visit(outcome, 200, code, message, digest, answer.header("etag"), answer.header("last-modified"))


def _list(course: Course, task: Task, page: ListPage, digest: Digest) -> None:
    course.failures[task.target.host] = 0
    depth, since, site = task.target.depth, course.scope.since, course.source.site
    if site is not None:
        lead = follow.of_list(site, page, depth, since)
    else:
        lead = follow.of_page(page, depth, course.source.prefixes, since)
    empty = not lead.targets and not lead.older
    if empty and lead.entries:
        message = f"the list names {lead.entries} pages, none on the site's hosts"
        course.fail(task, failed(200, "leads-elsewhere", message, digest))
        return
    if empty and (depth == 0 or (site is not None and not lead.read)):
        message = "the list names nothing: it is empty, written by a script, or of a kind not known here"
        course.fail(task, failed(200, "empty-list", message, digest))
        return
    if site is None:
        _count_barren(course, task.target, lead.targets, digest)
    course.finish(task, Visit("list" if lead.targets else "passed", 200, "", "", digest), lead.targets)


def _count_barren(course: Course, here: Target, leads: tuple[Target, ...], digest: Digest) -> None:
    """A page whose leads are all known, or all of its own shape, or that was seen before, led nowhere."""
    shape = shape_of(here.url)
    unseen = course.ledger.unseen(course.run.id, leads)
    if digest in course.bodies or all(shape_of(lead.url) == shape for lead in unseen):
        course.barren[shape] += 1
    else:
        course.barren[shape] = 0
    course.bodies.add(digest)


def _doubt(judged: Judgement, source: Source, role: Role) -> str:
    """What a new document lacks that its site leads to expect, in a word; "" when nothing."""
    site = source.site
    if site is None or role == "attachment":
        return ""
    if not judged.laid_out:
        return "layout-changed"
    if site.expect.title and not judged.title:
        return "no-title"
    return "no-number" if site.expect.number and not judged.number else ""


def _kept(judged: Judgement, digest: Digest) -> Visit:
    return Visit("kept", 200, judged.code, judged.message, digest)
