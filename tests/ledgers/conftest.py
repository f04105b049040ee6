import re

import pytest

from tests.ledgers import people, town


@pytest.fixture
def app():
    app = town.make_app()
    people.settle(app)
    with app.app_context():
        yield app
        app.db.session.remove()
        app.db.engine.dispose()


@pytest.fixture
def clerk(app):
    client = app.test_client()
    client.set_cookie("who", "clerk")
    return client


@pytest.fixture
def guest(app):
    client = app.test_client()
    client.set_cookie("who", "guest")
    return client


@pytest.fixture
def post(clerk):
    """Posts as a person does: with the token of a page just opened."""

    def send(url, data=None, page="/admin/village/new/", **more):
        token = re.search(r'name="csrf-token" content="([^"]+)"', clerk.get(page).text).group(1)
        return clerk.post(url, data={"csrf_token": token, **(data or {})}, **more)

    return send
