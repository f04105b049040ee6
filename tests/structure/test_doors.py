"""Who gets in where: closed to strangers, and each ledger opens exactly for the roles that its line names."""

import pytest
from sqlalchemy import select

import admin
import models
from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from services.ledgers import SCREENS
from tests.browse import Browser
from tests.cast import PEOPLE
from tests.conftest import NOW
from tests.make import make

# Pages for people without an account, and those on the way in.
OPEN = {
    "static", "health.alive", "health.ready", "health.metrics",
    "owner.meet", "owner.answer", "owner.who", "owner.help_",
    "security.login", "activation.slip", "public.boards",
}  # fmt: skip
PLACES = {"path": "gov.css", "token": "x", "table": "clients", "column": "phone", "export_type": "xlsx"}
ROLES = {role: name for name, (role, _phone) in PEOPLE.items()}


def test_every_address_refuses_a_stranger_but_the_named_ones(app, town):
    stranger, let_in = Browser(app), set()
    for rule in app.url_map.iter_rules():
        places = {name: PLACES.get(name, 1) for name in rule.arguments}
        with app.test_request_context():
            path = rule.build(places, append_unknown=False)[1]
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = (stranger.get if method == "GET" else stranger.post)(path)
            shut = answer.status_code == 401 or "/login" in answer.headers.get("Location", "")
            let_in |= set() if shut else {rule.endpoint}
    assert let_in - OPEN == set()


@pytest.fixture
def rows(app, town):
    """One row of every ledger, in the township."""
    with working(db.engine, system("测试")) as session:
        ids = {}
        for name in admin.LEDGERS:
            model = getattr(models, name)
            found = session.scalar(select(model.id).order_by(model.id))
            ids[name] = found or make(session, model).id
        record(session, "town.filled", "town", by=system("测试"), now=NOW)
        session.commit()
    return ids


def statuses(browser, name, row_id):
    """What the four doors of a ledger answer: list, form, details, export."""
    base = f"/admin/{name.lower()}"
    return {
        "list": browser.get(f"{base}/").status_code,
        "create": browser.get(f"{base}/new/").status_code,
        "details": browser.get(f"{base}/details/?id={row_id}").status_code,
        "export": browser.post(f"{base}/export/xlsx/").status_code,
    }


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.value)
def test_every_ledger_opens_for_whom_its_line_names_and_for_nobody_else(rows, browse, role):
    person, wrong = browse(ROLES[role]), []
    for name, row_id in rows.items():
        allowed = SCREENS[name].get(role, frozenset())
        for action, status in statuses(person, name, row_id).items():
            opened = {200, 302, 404} if action == "details" else {200}
            if status not in (opened if action in allowed else {403}):
                wrong.append((name, action, status))
    assert wrong == []


def test_every_ledger_shows_a_row_to_somebody_and_refuses_somebody(rows, browse):
    people = {role: browse(name) for role, name in ROLES.items()}
    for name, row_id in rows.items():
        url = f"/admin/{name.lower()}/details/?id={row_id}"
        answers = {role: person.get(url).status_code for role, person in people.items()}
        assert {200, 302} & set(answers.values()), name
        if set(SCREENS[name]) < set(ROLES):
            assert 403 in answers.values(), name
