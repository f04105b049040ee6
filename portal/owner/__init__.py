"""The shop owner's page: one short address, no login, no script, nothing of other hosts (ux W1)."""

from flask import Flask

from portal.edge.csrf import csrf
from portal.owner import pages
from portal.owner.device import office_networks
from portal.owner.limiter import Limiter
from settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Register `/s/<token>`; raises BadSetting on an odd office network."""
    app.config["OFFICE_NETWORKS"] = office_networks(settings.office_networks)
    app.extensions["owner_limiter"] = Limiter(tries=30, seconds=600)
    csrf.exempt(pages.pages)  # no cookie, hence nothing to forge: the code in the address is the authority
    app.register_blueprint(pages.pages)
