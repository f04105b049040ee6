"""Our own look: templates/admin replaces every page of Flask-Admin.

The package has no folder `gov`, so a page we forgot raises TemplateNotFound instead of showing a stock one.
"""

from dataclasses import dataclass

from flask_admin.theme import Theme


@dataclass
class GovTheme(Theme):
    folder: str = "gov"
    base_template: str = "admin/base.html"
