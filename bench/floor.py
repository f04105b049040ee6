"""What no page can be faster than: a bare route with the same fifty rows behind the same sign-in, and a ping."""

from flask import Flask, abort, g, render_template_string
from sqlalchemy import select

from models import Area, Cadre, Order, db

PAGE = """<!doctype html><title>orders</title><table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table>"""


def init_app(app: Flask) -> None:
    @app.get("/bench/floor")
    def floor() -> str:
        if g.actor is None:
            abort(401)
        rows = select(
            Order.id, Area.name, Order.number, Order.matter, Order.state, Order.due_on, Order.issued_at, Cadre.name
        ).outerjoin(Area, Area.id == Order.area_id).outerjoin(Cadre, Cadre.id == Order.cadre_id)  # fmt: skip
        newest = rows.order_by(Order.id.desc()).limit(50).execution_options(walk=True)
        return render_template_string(PAGE, rows=db.session.execute(newest).all())

    @app.get("/bench/ping")
    def ping() -> str:
        return "ok"
