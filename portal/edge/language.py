"""Chinese is the source language; times are shown as the town's clocks show them."""

from flask import Flask
from flask_babel import Babel


def init_app(app: Flask) -> None:
    Babel(app, default_locale="zh_Hans_CN", default_timezone="Asia/Shanghai", default_translation_directories="translations")
