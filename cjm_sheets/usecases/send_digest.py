"""Decides who is sent a digest now, and that nobody is sent one twice, nor loses anything of it.

A reader is taken before his digest is made, as a pair is before it is synced, and told up to a
volume of the journal only once a server took his mail.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

from cjm_sheets.errors import CjmError
from cjm_sheets.errors.fleet import NotDeliveredError
from cjm_sheets.fleet.digest import (
    DAYS,
    Digest,
    Span,
    detailed,
    digest,
    period,
    period_before,
    readers_of,
)
from cjm_sheets.fleet.due import Pair
from cjm_sheets.fleet.news import together
from cjm_sheets.fleet.settings import DAY, NEVER
from cjm_sheets.ports.journal import Journal, News, Reader
from cjm_sheets.ports.mail import Letter, Mail
from cjm_sheets.ports.standings import Standing
from cjm_sheets.usecases.digest_html import as_html
from cjm_sheets.usecases.digest_markdown import as_markdown
from cjm_sheets.usecases.digest_words import SHOWN, subject

LEASE = 900.0
"""Seconds for which a reader is taken: far longer than a server is waited for."""
PAUSE = 900.0
"""Seconds for which a run that goes on and on does not try again what failed."""
KEPT_DAYS = 35
"""For so many days what happened is kept, whoever was told."""
LONGEST_KEPT_DAYS = 366
"""For so many days it is kept for readers whose mail nobody takes."""
_NO_END = 2**53
"""A volume above all others."""
_ANY = "9999"
"""A period that nobody had the digest of."""


@dataclass(frozen=True)
class Desk:
    """What making and sending digests needs; `mail` gives the mail server, if any is named.

    `tell` are the addresses of the fleet file, `kind` is how often they are sent a digest, `now`
    gives seconds since 1970; `fleet` tells this fleet from others in what is sent.
    """

    journal: Journal
    standings: Callable[[], Mapping[str, Standing]]
    pairs: Callable[[], Sequence[Pair]]
    tell: Sequence[str]
    kind: str
    language: str
    now: Callable[[], float]
    today: Callable[[], date]
    fleet: str
    mail: Callable[[], Mail]
    has_mail: bool


@dataclass
class Sent:
    """What became of the digests: addresses, and why some of them got none.

    `quiet` are those for whom there was nothing to tell, `busy` those whom another run is telling.
    `error` is why nobody got anything more. `waiting` are readers whose digest is late since no
    run of a whole period had a mail server.
    """

    sent: list[str] = field(default_factory=list)
    quiet: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    refused: dict[str, CjmError] = field(default_factory=dict)
    error: CjmError | None = None
    waiting: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[CjmError]:
        """All that went wrong."""
        return [*self.refused.values(), *([self.error] if self.error else [])]

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.sent or self.quiet or self.busy or self.errors or self.waiting)


def make_digest(desk: Desk, days: int | None = None, most: int | None = SHOWN) -> Digest:
    """Return the digest of all pairs; nobody counts as told.

    It tells of the last whole days, or of what happened since somebody was last sent one; where
    nobody was, of seven days. `most`: so many pairs with details, None for all.
    """
    journal, now = desk.journal, desk.now()
    last = max(journal.readers().values(), key=lambda each: each.told, default=Reader(""))
    if days is None and last.told:
        noted, since = journal.news(last.told, _NO_END), last.at
    else:
        first = int(now // DAY) - (days or 7)
        noted, since = journal.news(0, _NO_END, first), first * DAY
    made = digest(
        desk.pairs(), desk.standings(), together(noted), journal.known, _span(desk, since, now)
    )
    return detailed(made, journal.known, most)


class Sender:
    """Sends what is due, run after run; where that failed it is not tried in each minute again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._again = 0.0

    def send_due(self) -> Sent:
        """Send the digests that are due, unless there was trouble a short while ago."""
        now = self._desk.now()
        if now < self._again:
            return Sent()
        sent = send_due(self._desk)
        self._again = now + PAUSE if sent.errors or sent.waiting else 0.0
        return sent


def send_due(desk: Desk) -> Sent:
    """Send the digests that are due, where there is a mail server; a failure is told, not raised.

    Whom nobody knew yet is told at the beginning of the next period.
    """
    try:
        return _send_due(desk)
    except CjmError as error:
        return Sent(error=error)


def _send_due(desk: Desk) -> Sent:
    day = int(desk.now() // DAY)
    if desk.kind == NEVER:
        desk.journal.forget(day - KEPT_DAYS, _NO_END)
        return Sent()
    addresses = _addresses(desk)
    this, known = period(desk.kind, desk.today()), desk.journal.readers()
    if addresses.keys() - known.keys():
        desk.journal.meet(addresses.keys() - known.keys(), this)
        known = desk.journal.readers()
    due = [address for address in addresses if known[address].period < this]
    if not due:
        return Sent()
    if not desk.has_mail:
        late = period_before(desk.kind, desk.today())
        return Sent(waiting=[addresses[each] for each in due if known[each].period < late])
    desk.journal.forget(day - KEPT_DAYS, min(known[each].told for each in addresses))
    desk.journal.forget(day - LONGEST_KEPT_DAYS, _NO_END)
    return _send(desk, {each: addresses[each] for each in due}, this)


def send_now(desk: Desk) -> Sent:
    """Send everybody what he was not told yet, whatever is due."""
    addresses = _addresses(desk)
    desk.journal.meet(addresses, period(desk.kind, desk.today()))
    return _send(desk, addresses, _ANY)


def _addresses(desk: Desk) -> dict[str, str]:
    """Return the addresses that are told, each as it was first written; capitals do not count."""
    found: dict[str, str] = {}
    for each in desk.tell:
        found.setdefault(each.casefold(), each)
    return found


def _send(desk: Desk, addresses: Mapping[str, str], before: str) -> Sent:
    """Send digests to readers who had none of the period `before`, or of a later one."""
    sent = Sent()
    try:
        with closing(desk.mail()) as mail:
            volume, pairs = desk.journal.close(), readers_of(desk.pairs())
            round_ = _Round(desk, before, volume, desk.standings(), mail, sent)
            for address, written in sorted(addresses.items()):
                round_.tell(address, written, pairs.get(address, ()))
    except CjmError as error:
        sent.error = error
    return sent


@dataclass
class _Round:
    """One round of mails: up to which volume is told, and how the pairs stand."""

    desk: Desk
    before: str
    volume: int
    standings: Mapping[str, Standing]
    mail: Mail
    sent: Sent
    news: dict[int, Mapping[str, News]] = field(default_factory=dict)
    """What happened since each volume that somebody was told up to."""

    def tell(self, address: str, written: str, pairs: Sequence[Pair]) -> None:
        """Tell a reader, unless somebody else does; that he is refused is noted.

        Raises:
            CjmError: nobody else can be told either.
        """
        journal, now = self.desk.journal, self.desk.now()
        reader = journal.take(address, self.before, now, now + LEASE)
        if reader is not None and reader.told >= self.volume:
            journal.leave(address)  # another run began after us, and was quicker
            reader = None
        if reader is None:
            self.sent.busy.append(written)
            return
        try:
            made = self._made(reader, pairs, now)
            if made.told:
                self.mail.send(self._letter(made, reader, written))
        except NotDeliveredError as error:
            self.sent.refused[written] = error
            journal.leave(address)
        except BaseException:
            journal.leave(address)
            raise
        else:
            (self.sent.sent if made.told else self.sent.quiet).append(written)
            this = period(self.desk.kind, self.desk.today())
            journal.told(replace(reader, told=self.volume, at=now, period=this))

    def _made(self, reader: Reader, pairs: Sequence[Pair], now: float) -> Digest:
        """Return the digest of a reader's pairs."""
        journal = self.desk.journal
        if reader.told not in self.news:
            self.news[reader.told] = together(journal.news(reader.told, self.volume))
        span = _span(self.desk, reader.at, now)
        made = digest(pairs, self.standings, self.news[reader.told], journal.known, span)
        return detailed(made, journal.known, SHOWN)

    def _letter(self, made: Digest, reader: Reader, written: str) -> Letter:
        """Return the mail with a digest; sent once more, it is known by its mark."""
        language = self.desk.language
        marked = "\n".join((self.desk.fleet, reader.address, str(reader.told)))
        return Letter(
            written,
            subject(made, language),
            as_markdown(made, language, is_mail=True),
            as_html(made, language, is_mail=True),
            language,
            sha256(marked.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        )


def _span(desk: Desk, since: float, now: float) -> Span:
    today = desk.today()
    return Span(since, now, today, today + timedelta(days=DAYS.get(desk.kind, 7)))
