"""Health for machines: alive, ready, and figures for this machine only."""

import pytest
from flask import Flask

from app import create_app
from services.sweeping import beat
from tasks.desk import desk_of
from tests.homes import settings_for, tamper


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


def test_a_house_in_order_is_alive_and_ready(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").data == b"ok\n"
    assert client.get("/readyz").status_code == 200


def test_a_database_of_another_shape_is_not_ready(app: Flask) -> None:
    tamper(app, "UPDATE alembic_version SET version_num = '0000'")
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/healthz").status_code == 200


def test_a_database_that_is_away_is_not_ready(app: Flask) -> None:
    lost = create_app(settings_for(app.config["LIANXIN"].home, database_url="postgresql+psycopg://127.0.0.1:1/none"))
    assert lost.test_client().get("/readyz").status_code == 503
    assert lost.test_client().get("/healthz").status_code == 200


def test_figures_are_off_until_switched_on(app: Flask) -> None:
    assert app.test_client().get("/metrics").status_code == 404


def test_figures_are_for_this_machine_only(app: Flask) -> None:
    settings = app.config["LIANXIN"]
    app.config["LIANXIN"] = settings_for(settings.home, database_url=settings.database_url, metrics=True)
    beat(desk_of(settings))
    client = app.test_client()
    assert b'lianxin_notices{state="waiting"} 0\n' in client.get("/metrics").data
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404
