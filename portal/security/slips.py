"""Activation slips as a page to print: one A6 slip each, four to a sheet of A4, no password anywhere."""

from collections.abc import Sequence

import segno
from flask import render_template

from services.activation import Slip
from settings import Settings


def print_slips(slips: Sequence[Slip], settings: Settings) -> str:
    """The page; it can't be fetched again, since links are kept as hashes only."""
    links = [settings.public_url + slip.path for slip in slips]
    codes = [segno.make(link, error="m").svg_data_uri(scale=4) for link in links]
    return render_template("security/slips.html", slips=list(zip(slips, links, codes, strict=True)), settings=settings)
