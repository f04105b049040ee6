"""How the owner's page leaves the house: one answer with its style inside, under a policy that allows nothing else."""

import hashlib
from base64 import b64encode
from pathlib import Path
from typing import Any

from flask import Response, current_app, make_response
from markupsafe import Markup

STYLE = "".join(line.strip() for line in (Path(__file__).parent / "owner.css").read_text("utf8").splitlines())


def policy(style: str) -> str:
    """The one style sheet by its hash and the form back to this house; no script, no frame, of pictures only the empty icon."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


HEADERS = {
    "Content-Security-Policy": policy(STYLE),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(name: str, status: int = 200, **words: Any) -> Response:
    """The page `templates/owner/<name>.html`, rendered without the frame's context: no session, no menu, no database."""
    settings = current_app.config["LIANXIN"]
    words |= {"style": Markup(STYLE), "township": settings.township, "hotline": settings.hotline}  # noqa: S704
    return make_response(current_app.jinja_env.get_template(f"owner/{name}.html").render(words), status)
