"""Digests as people get them: by a real mail server, from real runs, each his own and only once."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.colleague_gspread import GspreadColleague
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from tests.cli.conftest import Ran, Run
from tests.cli.service import Served
from tests.mail_server import NAMED, PASSWORD, mail_server
from tests.mail_server import Served as Mail
from tests.sync.real import line_of, of

ANN, BOB = "ann@example.org", "bob@example.org"
FILE = f"""\
[fleet]
every = "1s"
fail_on = "never"
digest = "daily"
tell = ["Bob@Example.org"]

[[pair]]
workbook = "maps/a.xlsx"
name = "The map of Ann"
shared_copy = "new"
tell = ["{ANN}", "{BOB}"]

[[pair]]
workbook = "maps/b.xlsx"
shared_copy = "new"
"""


class Fleet:
    """Two pairs, a service for spreadsheets and one for mail."""

    def __init__(self, run: Run, served: Served, mail: Mail, folder: Path) -> None:
        self._run, self.served, self.mail, self.folder = run, served, mail, folder
        self.more = {**served.surroundings, **mail.surroundings()}
        (folder / "maps").mkdir()
        run("new", "maps/a.xlsx", "--starter", "vacuum", "-q")
        (folder / "maps" / "b.xlsx").write_bytes((folder / "maps" / "a.xlsx").read_bytes())
        (folder / "fleet.toml").write_text(FILE)

    def run(self, *words: str, **more: str) -> Ran:
        time.sleep(1.1)
        return self._run("fleet", "run", *words, **{**self.more, **more})

    def digest(self, *words: str, **more: str) -> Ran:
        return self._run("fleet", "digest", *words, **{**self.more, **more})

    def take(self) -> dict[str, Any]:
        """Return the mails that came since the last look, by their addresses."""
        came = {to: taken for taken in self.mail.box.taken for to in taken.to}
        assert len(came) == len(self.mail.box.taken)
        self.mail.box.taken.clear()
        return came

    def next_day(self) -> None:
        """Let what everybody was told be the digest of a day long ago."""
        (file,) = (self.folder / "home" / "fleets").glob("*/journal.sqlite")
        with sqlite3.connect(file) as journal:
            journal.execute("update reader set period = '2020-01-01'")
        journal.close()

    def colleague(self, name: str) -> GspreadColleague:
        pairs = self._run("fleet", "status", "--json").document["pairs"]
        (copy,) = (each["spreadsheet"] for each in pairs if each["workbook"] == f"maps/{name}.xlsx")
        return GspreadColleague(self.served.url, self.served.token, copy)

    def edit(self, name: str, table: str, row: str, column: str, value: object) -> None:
        """Change a cell in a workbook."""
        store = XlsxFile(self.folder / "maps" / f"{name}.xlsx")
        snapshot = store.read()
        line = line_of(of(snapshot.tables, table), row)
        store.apply(Changes(cells=(SetCell(table, line, column, value),)), snapshot)  # type: ignore[arg-type]


@pytest.fixture
def fleet(run: Run, served: Served, mail: Mail, tmp_path: Path) -> Fleet:
    return Fleet(run, served, mail, tmp_path)


def test_everybody_gets_his_own_pairs_once_a_day(fleet: Fleet) -> None:
    assert fleet.run().code == 0
    assert fleet.take() == {}  # it is not their day yet
    fleet.next_day()
    ran = fleet.run("--json")
    assert ran.document["digests"]["sent"] == [ANN, BOB]
    first = fleet.take()
    assert set(first) == {ANN, BOB}
    text = first[BOB].body("plain")
    assert "## The map of Ann (`maps/a.xlsx`)" in text
    assert "## `maps/b.xlsx`" in text
    assert "maps/b.xlsx" not in first[ANN].body("plain") + first[ANN].body("html")
    message = first[ANN].message
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"].startswith("Journey maps: ")
    assert message["From"] == "Journey maps <maps@example.org>"
    assert fleet.run().code == 0
    assert fleet.take() == {}

    fleet.next_day()
    quiet = fleet.run()
    assert f"Nothing to tell, no mail: {ANN}, {BOB}." in quiet.out
    fleet.next_day()
    fleet.colleague("b").edit("Maps", "M1", "Last reviewed", "2020-01-01")
    assert f"Digest sent to 1 address: {BOB}." in fleet.run().out
    (only,) = fleet.take().values()
    text = only.body("plain")
    assert "1 map is due for review." in text
    assert "CJ100 Maps!" in text
    assert "Values moved: 0 to the shared copy, 1 to the workbook." in text
    assert "Nothing to tell of 1 pair." in text
    # What was told is told no more, but what is still to do.
    fleet.next_day()
    fleet.run()
    text = fleet.take()[BOB].body("plain")
    assert "CJ100" not in text
    assert "Values moved" not in text
    assert "1 map is due for review." in text


def test_conflicts_are_told_until_they_are_settled(fleet: Fleet) -> None:
    fleet.run()
    fleet.digest("--send")
    fleet.take()
    fleet.edit("a", "Pains", "N1", "severity", 2)
    fleet.colleague("a").edit("Pains", "N1", "Severity", 1)
    for _ in range(2):
        assert fleet.run().code in {0, 1}
        fleet.next_day()
        assert fleet.run().code in {0, 1}
        text = fleet.take()[ANN].body("plain")
        assert "# Journey maps: 1 conflict to settle" in text
        assert "“2” in the workbook, “1” in the shared copy" in text
    fleet.edit("a", "Pains", "N1", "severity", 1)
    fleet.run()
    fleet.next_day()
    fleet.run()
    assert "conflict" not in "".join(each.body("plain") for each in fleet.take().values())


def test_two_processes_at_once_send_one_mail(fleet: Fleet) -> None:
    fleet.run()
    for severity in (1, 2):
        fleet.next_day()
        fleet.colleague("a").edit("Pains", "N1", "Severity", severity)
        surroundings = {
            **os.environ,
            **fleet.more,
            "CJM_SHEETS_HOME": str(fleet.folder / "home"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        words = [sys.executable, "-m", "cjm_sheets", "fleet", "run", "--json"]
        running = [
            subprocess.Popen(
                words, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=fleet.folder
            )
            for _ in range(3)
        ]
        told = [json.loads(each.communicate(timeout=110)[0])["digests"] for each in running]
        assert sorted(to for each in told for to in each["sent"]) == [ANN, BOB]
        assert set(fleet.take()) == {ANN, BOB}


def test_a_refused_reader_gets_it_later_and_nobody_twice(fleet: Fleet) -> None:
    fleet.run()
    fleet.next_day()
    fleet.mail.box.refuse = {ANN: "450 mailbox busy"}
    refused = fleet.run("--json")
    assert refused.code == 0
    assert refused.err == (
        f"The digest for {ANN} was not taken (450 mailbox busy). It is kept for the next try.\n"
    )
    assert refused.document["digests"]["sent"] == [BOB]
    assert set(fleet.take()) == {BOB}
    fleet.colleague("a").edit("Pains", "N1", "Severity", 1)
    fleet.mail.box.refuse = {}
    fleet.run()
    (ann,) = fleet.take().values()
    assert ann.to == [ANN]
    assert "Values moved: " in ann.body("plain")


def test_where_the_mail_server_is_away_nothing_is_lost(fleet: Fleet) -> None:
    fleet.run()
    fleet.next_day()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    away = fleet.run("--json", CJM_SHEETS_SMTP=f"smtp://u:hidden@127.0.0.1:{port}")
    assert away.code == 0
    assert away.err.startswith(f"The mail server 127.0.0.1:{port} cannot be used (")
    assert len(away.err.splitlines()) == 1
    assert "hidden" not in away.err + away.out
    assert away.document["digests"]["sent"] == []
    unnamed = fleet.run(CJM_SHEETS_SMTP="")
    assert "The digest of " in unnamed.err  # a whole day has passed
    wrong = fleet.run(CJM_SHEETS_SMTP="http://u:hidden@h")
    assert "smtp://USER:PASSWORD@HOST:587" in wrong.err
    assert "hidden" not in wrong.err
    nobody = fleet.run(CJM_SHEETS_MAIL_FROM="nobody")
    assert nobody.code == 0
    assert "CJM_SHEETS_MAIL_FROM has to be" in nobody.err
    fleet.run()
    came = fleet.take()
    assert set(came) == {ANN, BOB}
    assert "to the shared copy" in came[BOB].body("plain")


def test_a_password_is_sent_in_secret_and_kept_nowhere(fleet: Fleet, tmp_path: Path) -> None:
    fleet.run()
    with mail_server(tmp_path, tls="starttls", signs_in=True) as secure:
        more = secure.surroundings(NAMED)
        sent = fleet.digest("--send", "--debug", "--verbose", **more)
        assert sent.code == 0, sent.err
        assert {(each.was_secure, each.signed_in) for each in secure.box.taken} == {(True, True)}
        wrong = {**more, "CJM_SHEETS_SMTP": more["CJM_SHEETS_SMTP"].replace("secret", "guess")}
        fleet.colleague("a").edit("Pains", "N1", "Severity", 1)
        fleet.run()
        refused = fleet.digest("--send", "--debug", **wrong)
        assert refused.code == 4
        assert "name and password were not accepted" in refused.err
        untrusted = fleet.digest("--send", **{**more, "SSL_CERT_FILE": "/nowhere"})
        assert "certificate" in untrusted.err
        mails = [each.message.as_bytes() for each in secure.box.taken]
    said = "".join(each.out + each.err for each in (sent, refused, untrusted)).encode()
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for part in (PASSWORD, NAMED.partition(":")[2], "a real:guess"):
        assert not any(part.encode() in each for each in [said, *mails, *kept])


def test_looking_changes_nothing(fleet: Fleet, tmp_path: Path) -> None:
    fleet.run()
    for _ in range(2):
        shown = fleet.digest()
        assert shown.out.startswith("# Journey maps: ")
        assert "## `maps/b.xlsx`" in shown.out
    told = fleet.digest("--json").document
    assert told["pairs"] == 2
    assert [each["workbook"] for each in told["told"]] == ["maps/a.xlsx", "maps/b.xlsx"]
    assert fleet.digest("--out", "digest.html").out == "digest.html is written.\n"
    page = (tmp_path / "digest.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert fleet.digest("--as", "html").out.startswith(page[:200])
    german = fleet.digest("--since", "1d", "--out", "d.md", CJM_SHEETS_LANGUAGE="de")
    assert german.out == "d.md ist geschrieben.\n"
    assert (tmp_path / "d.md").read_text("utf-8").startswith("# Journey Maps: ")
    for since in ("36d", "soon", "0d"):
        wrong = fleet.digest("--since", since)
        assert wrong.code == 2
        assert f"It cannot be {since}" in wrong.err
    assert fleet.digest("--send", "--since", "7d").code == 2
    unnamed = fleet.digest("--send", CJM_SHEETS_SMTP="")
    assert unnamed.code == 2
    assert unnamed.err.startswith("No mail server is named.")
    (tmp_path / "fleet.toml").write_text('[[pair]]\nworkbook = "maps/"\n')
    nobody = fleet.digest("--send")
    assert nobody.code == 2
    assert nobody.err.startswith("fleet.toml names nobody")


def test_a_digest_by_hand_tells_what_is_new_since_the_last_one(fleet: Fleet) -> None:
    fleet.run()
    assert fleet.digest("--send", "--json").document["sent"] == [ANN, BOB]
    fleet.take()
    again = fleet.digest("--send")
    assert again.out == f"Nothing to tell, no mail: {ANN}, {BOB}.\n"
    assert fleet.digest().out.startswith("# Journey maps: nothing new\n")
    fleet.run()
    assert fleet.take() == {}  # that of today was sent by hand


def test_the_fleet_file_chooses_the_language(fleet: Fleet, tmp_path: Path) -> None:
    text = FILE.replace("[fleet]", '[fleet]\nlanguage = "ru"')
    (tmp_path / "fleet.toml").write_text(text)
    fleet.run()
    fleet.colleague("b").edit("Maps", "M1", "Last reviewed", "2020-01-01")
    fleet.run()
    fleet.digest("--send")
    taken = fleet.take()[BOB]
    assert taken.message["Subject"].startswith("Карты пути клиента: ")
    assert "CJ100 Maps!" in taken.body("plain")
    assert "Эту карту последний раз проверяли" in taken.body("html")


def test_what_an_older_program_left_goes_on(fleet: Fleet) -> None:
    """It kept standings alone: what was found by then is not new, what comes after that is."""
    fleet.run()
    fleet.colleague("b").edit("Maps", "M1", "Last reviewed", "2020-01-01")
    fleet.run()
    (file,) = (fleet.folder / "home" / "fleets").glob("*/fleet.sqlite")
    with sqlite3.connect(file) as kept:
        rows = kept.execute("select * from pair").fetchall()
        feeds = kept.execute("select * from feed").fetchall()
    kept.close()
    for left in file.parent.glob("*.sqlite*"):
        left.unlink()
    with sqlite3.connect(file) as old:
        old.executescript(_OLD)
        old.executemany("insert into pair values (" + "?, " * 26 + "?)", rows)
        old.executemany("insert into feed values (?, ?)", feeds)
    old.close()

    before = fleet.digest("--json").document
    assert (before["reviews_due"], before["new_findings"]["error"]) == (1, 0)
    fleet.colleague("a").edit("Maps", "M1", "Last reviewed", "2019-01-01")
    fleet.colleague("b").edit("Pains", "N1", "Severity", 1)
    assert fleet.run("--json").document["synced"] == 2
    told = fleet.digest("--json").document
    assert told["reviews_due"] == 2
    assert sum(told["new_findings"].values()) == 0  # nobody knows what was there
    fleet.colleague("a").edit("Pains", "N1", "Severity", 77)
    fleet.run()
    told = fleet.digest("--json").document
    (about,) = (each for each in told["told"] if each["findings"])
    assert about["workbook"] == "maps/a.xlsx"
    assert {each["cell"].split("!")[0] for each in about["findings"]} == {"Pains"}


_OLD = """
create table pair (
    key text primary key, service text not null, spreadsheet text not null,
    size integer not null, changed integer not null, stamp text not null,
    news integer not null, heard integer not null,
    version integer not null, own integer not null,
    synced real not null, tried real not null, failures integer not null,
    failed_size integer not null, failed_changed integer not null, failed_stamp text not null,
    said text not null, waits integer not null,
    generation integer not null, conflicts integer not null, errors integer not null,
    warnings integer not null, infos integer not null, grade text not null, review text not null,
    owner text not null default '', claimed_until real not null default 0
);
create index pair_by_spreadsheet on pair (service, spreadsheet);
create table feed (service text primary key, place text not null);
pragma user_version = 1;
"""
"""What version 1 of the file was made with, word for word."""
