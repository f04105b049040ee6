"""`/help/?from=rounds.show`: one's own handbook, open at the page one comes from."""

from flask import Blueprint, abort, g, redirect, render_template, request, send_from_directory, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.frame.acting import only
from portal.help.books import BOOKS, ROOT, book_of, drawn, place
from rules.roles import Role

help_ = Blueprint("help", __name__, url_prefix="/help")


@help_.get("/")
@only(*Role)
def here() -> Response:
    book = book_of(g.actor.role)
    return redirect(url_for(".show", book=book, _anchor=place(book, request.args.get("from", "")) or None))


@help_.get("/<book>")
@only(*Role)
def show(book: str) -> str:
    if book not in BOOKS:
        abort(404)
    text = Markup(drawn(book))  # noqa: S704 our own handbook
    return render_template("portal/help/show.html", text=text, title=BOOKS[book], book=book, books=BOOKS)


@help_.get("/pictures/<name>.png")
@only(*Role)
def picture(name: str) -> Response:
    return send_from_directory(ROOT / "pictures", f"{name}.png")
