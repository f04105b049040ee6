"""The writing half of a ledger's screens: forms and moves, each through its service verb, one commit."""

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import expose
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from admin.errors import STALE, say
from admin.forms import groups_of, hide_value, left_blank, unseen_far_end
from rules import typed


class Saves:
    """Mixed into LedgerView. Nothing typed is lost when a rule, the database or a colleague says no."""

    # Forms fitted to the person

    def create_form(self, obj: Any = None) -> Any:
        form, reader = super().create_form(obj), self.reader
        for col in self.typed_cols:
            if reader.sight(self.model, col.key) == "hidden":
                del form[col.key]
        return form

    def edit_form(self, obj: Any = None) -> Any:
        form, reader = super().edit_form(obj), self.reader
        for col in self.typed_cols:
            sight = reader.sight(self.model, col.key)
            if sight == "hidden" or (col.kind == "link" and unseen_far_end(obj, col)):
                del form[col.key]
            elif sight == "masked" and getattr(obj, col.key) not in (None, ""):
                hide_value(form[col.key], reader.text(obj, col))
        return form

    # Writing

    def on_model_change(self, form: Any, model: Any, is_created: bool) -> None:
        verb = self.gate.verbs.register if is_created else self.gate.verbs.amend
        verb(model, by=self.gate.actor(), now=self.gate.now())

    def create_model(self, form: Any) -> Any:
        row = self.build_new_instance()
        return row if self.keep(form, row, True) else False

    def update_model(self, form: Any, model: Any) -> bool:
        if self.is_stale(request.form.get("version"), model):  # as posted: left out, it must not pass for the present one
            form.version.data = str(model.version)
            flash(gettext(STALE), "stale")
            return False
        return self.keep(form, model, False)

    def keep(self, form: Any, row: Any, is_created: bool) -> bool:
        """Fill `row`, run its verb, commit; a refusal rolls back and tells why."""
        session = self.db.session
        try:
            with session.no_autoflush:
                fill(form, row)
                session.add(row)
            self.on_model_change(form, row, is_created)
            session.commit()
        except HTTPException:
            raise
        except OperationalError:  # locked, away or full: the page for that says when to come again
            session.rollback()
            raise
        except Exception as problem:
            session.rollback()
            flash(say(problem), "danger")
            return False
        self.after_model_change(form, row, is_created)
        return True

    @staticmethod
    def is_stale(seen: str | None, row: Any) -> bool:
        return hasattr(row, "version") and typed.clean(seen) != str(row.version)

    # Pages

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Any:
        form = self.create_form()
        if request.method == "POST" and form.validate():
            row = self.create_model(form)
            if row:
                return self.saved(row, gettext("已新增。"))
        return self.form_page(self.create_template, form)

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Any:
        row = self.row_or_404()
        merged = self.merged_page(row)
        if merged:
            return redirect(merged)
        form = self.edit_form(row)
        if request.method == "POST" and form.validate() and self.update_model(form, row):
            return self.saved(row, gettext("已保存。"))
        return self.form_page(self.edit_template, form, row)

    def saved(self, row: Any, text: str) -> Any:
        flash(text, "success")
        if "_add_another" in request.form and self.can_create:
            return redirect(self.get_url(".create_view", url=self.way_back))
        if "_continue_editing" in request.form and self.can_edit:
            return redirect(self.get_url(".edit_view", id=self.get_pk_value(row), url=self.way_back))
        return redirect(self.way_back)

    def form_page(self, template: str, form: Any, row: Any = None) -> str:
        groups = groups_of(self.model, self.typed_cols, form)
        title = self.reader.title(row) if row is not None else ""
        return self.render(
            template, form=form, groups=groups, model=row, title=title, return_url=self.way_back
        )

    # Moves of the state

    def moves_of(self, row: Any) -> list[Any]:
        """The moves that the flow allows now and the gate allows this person."""
        flow = getattr(self.model, "flow", None)
        return [move for move in flow.allowed(row.state) if self.may(move.name)] if flow else []

    @expose("/moves/", methods=("POST",))
    def moves_view(self) -> Any:
        row, name = self.row_or_404(), typed.short(request.form.get("move"))
        if not getattr(self.model, "flow", None):
            abort(404)
        reason = typed.clean(request.form.get("reason"))
        if not self.moved(row, name, reason):
            return self.details_page(row, reason)
        return redirect(self.get_url(".details_view", id=self.get_pk_value(row), url=self.way_back))

    def moved(self, row: Any, name: str, reason: str) -> bool:
        if self.is_stale(request.form.get("version"), row):
            flash(gettext("没有办理：这条记录刚被别人改过，下面已是最新内容，请核对后再办。"), "danger")
            return False
        try:
            self.gate.verbs.move(row, name, by=self.gate.actor(), now=self.gate.now(), reason=reason)
            self.db.session.commit()
        except HTTPException:
            raise
        except OperationalError:
            self.db.session.rollback()
            raise
        except Exception as problem:
            self.db.session.rollback()
            flash(say(problem), "danger")
            return False
        flash(gettext("已办理。"), "success")
        return True


def fill(form: Any, row: Any) -> None:
    """Put the typed values on `row`; a masked field left blank changes nothing."""
    for name, field in form._fields.items():
        if name != "version" and not left_blank(field):
            field.populate_obj(row, name)
