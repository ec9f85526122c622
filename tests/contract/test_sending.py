"""Sending on both databases, over real SMTP on loopback: everybody once, and nobody unseen."""

from __future__ import annotations

import contextlib
import mailbox
import threading
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from conftest import change_settings, write_draft
from mailservers import DROP, Inbox, ScriptedServer, real_server

from presskit.desk.dispatches import resolve
from presskit.desk.publish import plan_publication, publish
from presskit.desk.send import Report, plan_dispatch, send
from presskit.dispatch.envelope import Envelope, Outcome
from presskit.dispatch.transports.smtp import SmtpServer
from presskit.errors import ArchiveError, DispatchError, MailServerError, RecipientsError
from presskit.office import Office
from presskit.reporter import SilentReporter
from presskit.testing import RecordingTransport

PRESS = [f"{name}@example.org" for name in ("agentur", "land", "lokales", "redaktion")]
EVERYBODY = sorted(
    [*PRESS, *(f"pressestelle.{city}@example.org" for city in ("ladenburg", "mannheim", "ulm"))]
)


@pytest.fixture
def released(any_office: Office) -> Office:
    """An office with P 309/2017 published."""
    path = any_office.folder / "drafts/quartier-2020.md"
    publish(any_office, plan_publication(any_office, path), "Test")
    return any_office


def by_smtp(office: Office, port: int) -> Office:
    """The same office, its mail going to a server on a port of this machine."""
    change_settings(
        office.folder,
        lambda text: (
            text.replace('transport = "outbox"', 'transport = "smtp"')
            .replace('host = "localhost"', 'host = "127.0.0.1"')
            .replace("port = 587", f"port = {port}")
            .replace('security = "starttls"', 'security = "none"')
        ),
    )
    return Office.open(office.folder, office.clock)


def _one_line(settings: str) -> str:
    return settings.replace("connections = 4", "connections = 1")


def send_to(office: Office, *lists: str) -> Report:
    return send(office, "P 309/2017", lists, "Test", SilentReporter())


def states_of(report: Report) -> dict[str, int]:
    return dict(Counter(each.state for each in report.not_reached))


def states(office: Office) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in office.ledger.dispatches():
        for state, number in each.counts.items():
            counts[state] = counts.get(state, 0) + number
    return counts


def test_everybody_on_the_list_gets_one_message(released: Office) -> None:
    inbox = Inbox()
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        report = send_to(office, "press")
    assert inbox.recipients == PRESS
    assert report.whole
    assert states(released) == {"accepted": 4}


def test_each_message_is_addressed_to_its_reader_alone(released: Office) -> None:
    send_to(released, "press")
    messages = {
        str(message["To"].addresses[0].addr_spec): message
        for each in mailbox.Maildir(released.folder / "outbox")
        if (message := message_from_bytes(bytes(each), policy=policy.default))
    }
    assert sorted(messages) == PRESS
    erika = messages["lokales@example.org"]
    assert erika["To"] == "Erika Mustermann <lokales@example.org>"
    for kind in ("plain", "html"):
        content = erika.get_body((kind,)).get_content()
        assert "Sehr geehrte Frau Dr. Mustermann," in content
        assert not any(other in content for other in PRESS)
    assert "Guten Tag Kim Beispiel," in messages["agentur@example.org"].as_string()
    assert len({each["Message-ID"] for each in messages.values()}) == 4
    assert all(each["List-Unsubscribe"] and each["List-Id"] for each in messages.values())


def test_what_was_filed_is_what_is_sent(released: Office) -> None:
    send_to(released, "press")
    data = released.archive_folder / "P/2017/P-309-2017.v1/data"
    (one, *_) = mailbox.Maildir(released.folder / "outbox")
    message = message_from_bytes(bytes(one), policy=policy.default)
    text = (data / "P-309-2017.txt").read_text(encoding="utf-8").strip()
    assert text in message.get_body(("plain",)).get_content()
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "inklusive-quartiere.txt"
    filed = (data / "attachments/inklusive-quartiere.txt").read_text(encoding="utf-8")
    assert attachment.get_content().replace("\r\n", "\n") == filed


def test_without_a_list_the_drafts_own_lists_are_served_each_person_once(released: Office) -> None:
    report = send_to(released)
    assert report.after.audience.duplicates == 1
    assert report.sent == 7
    assert len(mailbox.Maildir(released.folder / "outbox")) == 7


def test_run_again_it_sends_nothing_more(released: Office) -> None:
    send_to(released, "press")
    again = send_to(released, "press")
    assert again.carried == ()
    assert again.whole
    assert len(mailbox.Maildir(released.folder / "outbox")) == 4


def test_who_is_on_a_second_list_too_does_not_get_it_twice(released: Office) -> None:
    send_to(released, "press")
    send_to(released, "member-cities")
    assert len(mailbox.Maildir(released.folder / "outbox")) == 7


def test_newcomers_of_a_list_get_it_when_it_is_sent_again(released: Office) -> None:
    send_to(released, "press")
    path = released.folder / "recipients/press.csv"
    path.write_text(path.read_text("utf-8") + "neu@example.org;;;;;\n", encoding="utf-8")
    with contextlib.closing(Office.open(released.folder, released.clock)) as office:
        assert [each.key for each in plan_dispatch(office, "309", ["press"]).newcomers] == [
            "neu@example.org"
        ]
        send_to(office, "press")
    assert len(mailbox.Maildir(released.folder / "outbox")) == 5


def test_a_plan_changes_nothing(released: Office) -> None:
    plan = plan_dispatch(released, "309", ["press", "member-cities"])
    assert plan.messages == 7
    assert released.ledger.dispatches() == ()
    assert not (released.folder / "outbox").exists()


def test_a_refused_recipient_does_not_stop_the_others(released: Office) -> None:
    inbox = Inbox(refuse={"land@example.org": "550 5.1.1 unknown"})
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        report = send_to(office, "press")
    assert inbox.recipients == sorted(set(PRESS) - {"land@example.org"})
    (missing,) = report.not_reached
    assert (missing.address, missing.state, missing.code) == ("land@example.org", "refused", 550)
    assert not report.whole


def test_a_deferred_one_is_sent_by_the_next_run_and_no_other(released: Office) -> None:
    inbox = Inbox(refuse={"land@example.org": "450 4.2.0 greylisted"})
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        assert states_of(send_to(office, "press")) == {"deferred": 1}
        inbox.refuse.clear()
        assert send_to(office, "press").whole
    assert inbox.recipients == PRESS


@pytest.mark.parametrize("greeting", ["554 no", DROP])
def test_a_server_that_refuses_leaves_nothing_changed(released: Office, greeting: str) -> None:
    with (
        ScriptedServer({"": greeting}).running() as port,
        contextlib.closing(by_smtp(released, port)) as office,
        pytest.raises(MailServerError),
    ):
        send_to(office, "press")
    assert released.ledger.dispatches() == ()


def test_a_line_dropped_after_the_dot_leaves_the_uncertain_to_a_person(released: Office) -> None:
    change_settings(released.folder, _one_line)
    server = ScriptedServer({".": DROP})
    with server.running() as port, contextlib.closing(by_smtp(released, port)) as office:
        assert "keeps losing the line" in str(send_to(office, "press").stopped)
        assert states(office) == {"uncertain": 3, "planned": 1}
        server.script = {}
        kept = server.kept
        send_to(office, "press")
        assert server.kept == kept + 1
        assert states(office) == {"uncertain": 3, "accepted": 1}


def test_the_uncertain_go_out_again_only_on_a_persons_word(released: Office) -> None:
    with_one_uncertain(released)
    assert send_to(released, "press").carried == ()
    assert resolve(released, 1, "uncertain", resend=True) == 1
    assert send_to(released, "press").whole
    assert len(mailbox.Maildir(released.folder / "outbox")) == 1


def test_the_uncertain_can_be_left_as_they_are(released: Office) -> None:
    with_one_uncertain(released)
    assert resolve(released, 1, "uncertain", resend=False) == 1
    report = send_to(released, "press")
    assert [each.state for each in report.not_reached] == ["dropped"]
    assert not (released.folder / "outbox").exists()


def with_one_uncertain(office: Office) -> None:
    """One delivery whose process was stopped between claim and outcome, all others accepted."""
    dispatch = plan_dispatch(office, "309", ["press"])

    def answer(envelope: Envelope) -> Outcome:
        state = "uncertain" if envelope.recipient.startswith("land") else "accepted"
        return Outcome(state=state)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Office, "transport", lambda _self: RecordingTransport(answer))
        send(office, str(dispatch.filed.reference), ["press"], "Test", SilentReporter())


def test_a_stopped_process_leaves_its_claims_uncertain(released: Office) -> None:
    inbox = Inbox(refuse=dict.fromkeys(PRESS, "450 later"))
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        send_to(office, "press")
        claimed, *others = [each.id for each in office.ledger.deliveries(1)]
        assert office.ledger.turn({}, [claimed], office.now())
        # Here the process is gone: a claim stands without an outcome.
        inbox.refuse.clear()
        report = send_to(office, "press")
    assert states_of(report) == {"uncertain": 1}
    assert len(inbox.messages) == len(others)


def test_the_refused_can_be_tried_again_on_a_persons_word(released: Office) -> None:
    inbox = Inbox(refuse={"land@example.org": "550 5.1.1 unknown"})
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        send_to(office, "press")
        inbox.refuse.clear()
        assert send_to(office, "press").carried == ()
        assert resolve(office, 1, "refused", resend=True) == 1
        assert send_to(office, "press").whole
    assert inbox.recipients == PRESS


def test_one_who_is_open_on_another_list_is_sent_to_and_reported(released: Office) -> None:
    inbox = Inbox(refuse={"redaktion@example.org": "450 later"})
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        send_to(office, "press")
        report = send_to(office, "member-cities")
        assert [each.address for each in report.not_reached] == ["redaktion@example.org"]
        inbox.refuse.clear()
        assert send_to(office, "member-cities").whole
    assert inbox.recipients == EVERYBODY


def test_a_stopped_dispatch_to_two_lists_goes_on_for_one_of_them(released: Office) -> None:
    inbox = Inbox(refuse={"land@example.org": "450 later", "pressestelle.ulm@example.org": "450"})
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        send_to(office)
        inbox.refuse.clear()
        assert send_to(office, "press").whole
        assert inbox.recipients == sorted({*EVERYBODY} - {"pressestelle.ulm@example.org"})


def test_a_mended_address_takes_the_place_of_the_refused_one(released: Office) -> None:
    inbox = Inbox(refuse={"land@example.org": "550 5.1.1 unknown"})
    path = released.folder / "recipients/press.csv"
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        send_to(office, "press")
        path.write_text(path.read_text("utf-8").replace("land@", "landesredaktion@"), "utf-8")
        assert send_to(office, "press").whole


@pytest.mark.parametrize(
    "script",
    [
        {"MAIL": "530 5.7.0 Authentication required"},
        {"RCPT": "554 5.7.1 Relay access denied"},
        {".": "554 5.7.1 policy"},
    ],
)
def test_a_server_that_blames_us_stops_the_sending_and_nobody_is_given_up(
    released: Office, script: dict[str, str]
) -> None:
    people = "".join(f"kim{number}@example.org\n" for number in range(20))
    (released.folder / "recipients/press.csv").write_text("email\n" + people, encoding="utf-8")
    server = ScriptedServer(script)
    with server.running() as port, contextlib.closing(by_smtp(released, port)) as office:
        assert "does not take mail from us" in str(send_to(office, "press").stopped)
        assert set(states(office)) == {"planned", "deferred"}
        server.script = {}
        assert send_to(office, "press").sent == 20


def test_a_few_who_always_fail_do_not_keep_the_others_from_their_mail(released: Office) -> None:
    bad = [f"b{number}@example.org" for number in range(3)]
    good = [f"z{number}@example.org" for number in range(5)]
    path = released.folder / "recipients/press.csv"
    path.write_text("email\n" + "\n".join([*bad, *good]) + "\n", encoding="utf-8")
    inbox = Inbox(refuse=dict.fromkeys(bad, "554 5.7.1 Recipient address rejected"))
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        send_to(office, "press")
        send_to(office, "press")
    assert inbox.recipients == good


def test_a_renamed_list_goes_on(released: Office) -> None:
    inbox = Inbox(refuse={"land@example.org": "450 later"})
    path = released.folder / "recipients/lists.toml"
    with real_server(inbox) as port:
        with contextlib.closing(by_smtp(released, port)) as office:
            send_to(office, "press")
        path.write_text(path.read_text("utf-8").replace("[press]", "[presse]"), "utf-8")
        inbox.refuse.clear()
        with contextlib.closing(Office.open(released.folder, released.clock)) as office:
            assert send_to(office, "presse").whole
    assert inbox.recipients == PRESS


def test_one_who_left_the_list_while_deferred_is_still_reported(released: Office) -> None:
    inbox = Inbox(refuse={"land@example.org": "450 later"})
    path = released.folder / "recipients/press.csv"
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        send_to(office, "press")
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join(each for each in lines if "land@" not in each), "utf-8")
        inbox.refuse = {"land@example.org": "550 5.1.1 unknown"}
        report = send_to(office, "press")
    assert states_of(report) == {"refused": 1}
    assert not report.whole


def test_nobody_to_decide_on_is_said(released: Office) -> None:
    send_to(released, "press")
    with pytest.raises(DispatchError, match="dispatch 1 has nobody who is uncertain"):
        resolve(released, 1, "uncertain", resend=True)


def test_a_line_that_fails_in_an_unforeseen_way_leaves_it_to_a_person(released: Office) -> None:
    def answer(envelope: Envelope) -> Outcome:
        if envelope.recipient.startswith("l"):
            raise UnicodeError("surprise")
        return Outcome(state="accepted")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Office, "transport", lambda _self: RecordingTransport(answer))
        send_to(released, "press")
    assert states(released) == {"accepted": 2, "uncertain": 2}


def test_an_interrupt_writes_down_what_was_on_its_way(released: Office) -> None:
    class Interrupting(SilentReporter):
        def advance(self, outcome: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(released, "309", ["press"], "Test", Interrupting())
    delivered = len(mailbox.Maildir(released.folder / "outbox"))
    send_to(released, "press")
    counts = states(released)
    assert counts.get("claimed") is None
    assert counts["accepted"] + counts.get("uncertain", 0) == 4
    assert len(mailbox.Maildir(released.folder / "outbox")) == 4 >= delivered


def test_two_at_once_do_not_send_twice(released: Office) -> None:
    inbox = Inbox()
    begun = threading.Barrier(2)
    faults: list[Exception] = []

    def run(office: Office) -> None:
        begun.wait()
        try:
            send(office, "309", ["press", "member-cities"], "Test", SilentReporter())
        except DispatchError as fault:
            faults.append(fault)

    with real_server(inbox) as port:
        offices = [by_smtp(released, port) for _ in range(2)]
        threads = [threading.Thread(target=run, args=(each,)) for each in offices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for each in offices:
            each.close()
    assert inbox.recipients == EVERYBODY
    assert all("another presskit is sending" in str(fault) for fault in faults)


def test_an_altered_archive_is_not_sent(released: Office) -> None:
    data = released.archive_folder / "P/2017/P-309-2017.v1/data"
    path = data / "P-309-2017.mail.html"
    path.write_text(path.read_text("utf-8").replace("147", "148"), encoding="utf-8")
    with pytest.raises(ArchiveError, match="not the one that was filed"):
        send_to(released, "press")
    assert released.ledger.dispatches() == ()


def test_an_unknown_list_is_named_with_those_there_are(released: Office) -> None:
    with pytest.raises(RecipientsError, match=r"no list 'pres'.*press, member-cities"):
        send_to(released, "pres")


def test_a_release_without_lists_asks_for_one(released: Office) -> None:
    plan = plan_publication(released, write_draft(released.folder))
    publish(released, plan, "Test")
    with pytest.raises(RecipientsError, match="no list is named"):
        send(released, "310", (), "Test", SilentReporter())


def test_bad_addresses_are_reported_with_file_and_line(released: Office) -> None:
    path = released.folder / "recipients/press.csv"
    path.write_text(path.read_text("utf-8") + "kaputt@;Frau;;Eva;;\n", encoding="utf-8")
    report = send_to(released, "press")
    (problem,) = report.after.audience.left_out
    assert "recipients/press.csv, line 6" in str(problem)
    assert "'kaputt@'" in str(problem)
    assert report.sent == 4
    assert not report.whole


def test_a_hundred_people_over_four_lines_get_one_each(released: Office) -> None:
    rows = "".join(f"kim{number}@example.org\n" for number in range(100))
    path = released.folder / "recipients/press.csv"
    path.write_text("email\n" + rows, encoding="utf-8")
    inbox = Inbox()
    with real_server(inbox) as port, contextlib.closing(by_smtp(released, port)) as office:
        assert send_to(office, "press").whole
    assert inbox.recipients == sorted(f"kim{number}@example.org" for number in range(100))


def test_a_missing_password_is_named_by_its_variable(
    released: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRESSKIT_SMTP_PASSWORD", raising=False)
    change_settings(
        released.folder,
        lambda text: text.replace('transport = "outbox"', 'transport = "smtp"').replace(
            '# user = "presse"', 'user = "presse"'
        ),
    )
    with (
        contextlib.closing(Office.open(released.folder)) as office,
        pytest.raises(Exception, match="PRESSKIT_SMTP_PASSWORD"),
    ):
        send_to(office, "press")


def test_smtp_settings_reach_the_server(released: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSKIT_SMTP_PASSWORD", "geheim")
    change_settings(
        released.folder,
        lambda text: text.replace('transport = "outbox"', 'transport = "smtp"').replace(
            '# user = "presse"', 'user = "presse"'
        ),
    )
    transport = Office.open(released.folder).transport()
    assert isinstance(transport, SmtpServer)
    assert (transport.host, transport.port, transport.security) == ("localhost", 587, "starttls")
    assert (transport.user, transport.password, transport.timeout) == ("presse", "geheim", 60)


def test_an_empty_list_is_refused(released: Office) -> None:
    (released.folder / "recipients/press.csv").write_text("email\n", encoding="utf-8")
    with pytest.raises(RecipientsError, match=r"press\.csv: the list 'press' has nobody"):
        send_to(released, "press")


def test_a_missing_list_file_is_named(released: Office) -> None:
    Path(released.folder / "recipients/press.csv").unlink()
    with pytest.raises(RecipientsError, match=r"recipients/press\.csv.*cannot be read"):
        send_to(released, "press")
