"""The screens of one ledger, generated from its model: list, form, details, moves, pick-lists, export."""

from typing import Any

from flask import abort, flash, has_request_context, jsonify, redirect, request
from flask_admin.base import expose
from flask_admin.contrib.sqla import ModelView
from flask_babel import gettext
from sqlalchemy import select

from admin import pages, saving
from admin.forms import form_class
from admin.gate import Gate
from admin.links import LinkLoader
from models.columns import columns_of, form_cols, pk_of
from rules import typed
from rules.text import _
from services.lists.query import Ledger
from services.lists.reader import Reader

RIGHTS = {"index_view": "list", "details_view": "details", "create_view": "create", "edit_view": "edit"}
RIGHTS |= {"export": "export"}
FIRST_COMES = {
    "ImportBatch": _("经办人从“导入名单”上传后，列在这里。"), "ReviewItem": _("导入名单时有疑点的，列在这里等人定夺。"),
    "Enterprise": _("导入包保名单会一并建档。"), "Assignment": _("导入包保名单会一并建立。"),
    "Round": _("到开启日自动开启。"), "Invitation": _("测评开启后自动生成。"), "Order": _("测评归档后自动拟稿。"),
    "Snapshot": _("月末结账归档后列在这里。"), "Job": _("有人导入、导出较多数据时，进度列在这里。"),
    "JobRun": _("后台进程运行后，每次定时任务记一行。"), "Policy": _("系统启动时载入方案文件。"),
    "Clause": _("系统启动时载入方案文件。"), "Rule": _("系统启动时载入方案文件。"),
}  # fmt: skip


class LedgerView(saving.Saves, ModelView):
    """One view per ledger; a subclass says only what differs. Closed unless the gate opens it."""

    list_template = "admin/model/list.html"
    details_template = "admin/model/details.html"
    create_template = "admin/model/create.html"
    edit_template = "admin/model/edit.html"
    delete_view = None  # a record is voided by a move, never deleted
    ajax_update = None
    export_types = ("xlsx", "csv")

    def __init__(self, model: type, db: Any, gate: Gate, **more: Any) -> None:
        self.db, self.gate, self.cols = db, gate, columns_of(model)
        self.typed_cols = form_cols(model, self.cols)
        self.column_list = [col.key for col in self.cols if col.has("listed")]
        self.column_labels = {col.key: col.label for col in self.cols}
        self.column_descriptions = {col.key: col.help for col in self.cols if col.help}
        title, group = getattr(model, "__title__", model.__name__), getattr(model, "__group__", None)
        named = {
            "name": title,
            "category": group,
            "menu_icon_value": getattr(model, "__icon__", "journal-check"),
        }
        super().__init__(model, db, **(named | more))

    # Made from the model

    def _process_ajax_references(self) -> dict[str, LinkLoader]:
        return {col.key: LinkLoader(col, self.db, self.gate) for col in self.cols if col.kind == "link"}

    def scaffold_form(self) -> Any:
        return form_class(self.model, self.typed_cols, self._form_ajax_refs)

    @property
    def subtitle(self) -> str:
        return str(getattr(self.model, "__help__", ""))

    @property
    def first_comes(self) -> str:
        """How the first row gets here, said on the empty list."""
        return FIRST_COMES.get(self.model.__name__, "")

    # Who may

    def may(self, action: str) -> bool:
        """Whether the person of this request may do `action` here; nobody may outside a request."""
        if not has_request_context():
            return False
        actor = self.gate.actor()
        return actor is not None and self.gate.may(actor, action, self.model)

    can_create = property(lambda self: self.may("create"))
    can_edit = property(lambda self: self.may("edit"))
    can_view_details = property(lambda self: self.may("details"))
    can_export = property(lambda self: self.may("export"))
    can_delete = False

    def is_accessible(self) -> bool:
        return self.may("list")

    def is_visible(self) -> bool:
        return bool(getattr(self.model, "__in_menu__", True))

    def is_action_allowed(self, name: str) -> bool:
        return name in self._actions_data and name != "delete" and self.may(name)

    def _handle_view(self, name: str, **kwargs: Any) -> None:
        """Every address of every ledger passes here; what is not named below stays shut."""
        if self.gate.actor() is None:
            abort(401)
        if name == "ajax_lookup":
            open_here = any(self.may(right) for right in ("list", "create", "edit"))
        elif name in {"moves_view", "action_view"}:
            asked = typed.short(request.form.get("move" if name == "moves_view" else "action"))
            open_here = self.may(asked) and asked not in {"", "delete"}
        else:
            open_here = name in RIGHTS and self.may(RIGHTS[name])
        if not open_here:
            abort(403)

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        return fn(self, *args, **kwargs)

    # Reading

    @property
    def reader(self) -> Reader:
        return Reader(self.gate)

    def ledger(self) -> Ledger:
        return Ledger(self.model, self.cols, self.reader)

    def default_order(self) -> tuple[str, bool] | None:
        order = self.column_default_sort
        return (order, False) if isinstance(order, str) else order

    def get_one(self, id: Any) -> Any:
        """The row under `id` as the person's session sees it, or None; any text is a fair question."""
        found = typed.key(str(id))
        return (
            None
            if found is None
            else self.db.session.scalar(select(self.model).where(pk_of(self.model) == found))
        )

    def row_or_404(self) -> Any:
        row = self.get_one(request.values.get("id", ""))
        return row if row is not None else abort(404)

    @property
    def way_back(self) -> str:
        return typed.here(request.values.get("url"), self.get_url(".index_view"))

    # Pages

    @expose("/")
    def index_view(self) -> Any:
        ledger = self.ledger()
        page = pages.page_of(ledger, request.args, self.db.session, self.default_order())
        return self.render(self.list_template, page=page, ledger=ledger, actions=self.get_actions_list())

    @expose("/details/")
    def details_view(self) -> Any:
        row = self.row_or_404()
        page = self.merged_page(row) or getattr(self.model, "__page__", "")  # a ledger whose record has a page of its own
        return redirect(page.format(**vars(row))) if page else self.details_page(row)

    def merged_page(self, row: Any) -> str:
        """Where a row that was merged into another leads."""
        kept = getattr(row, "merged_into_id", None)
        if not kept:
            return ""
        flash(gettext("“%(name)s”已并入这一条。", name=self.reader.title(row)), "info")
        return str(self.get_url(".details_view", id=kept))

    def details_page(self, row: Any, reason: str = "") -> str:
        reader = self.reader
        cells = [reader.cell(row, col) for col in reader.visible(self.model, self.cols)]
        return self.render(
            self.details_template,
            model=row,
            title=reader.title(row),
            cells=cells,
            moves=self.moves_of(row),
            pk=self.get_pk_value(row),
            reason=reason,
            history=[(reader.moment(when), who, text) for when, who, text in self.gate.history(row)],
            return_url=self.way_back,
        )

    @expose("/ajax/lookup/")
    def ajax_lookup(self) -> Any:
        loader = self._form_ajax_refs.get(request.args.get("name", "")) or abort(404)
        limit = typed.whole(request.args.get("limit"), 1, 20, 20)
        return jsonify(
            [loader.format(row) for row in loader.get_list(request.args.get("query", ""), 0, limit)]
        )

    @expose("/action/", methods=("POST",))
    def action_view(self) -> Any:
        """A bulk action; its handler gets only rows that this person sees."""
        name = request.form.get("action", "")
        keys = [key for key in map(typed.key, request.form.getlist("rowid")[:500]) if key is not None]
        rows = list(self.db.session.scalars(select(self.model).where(pk_of(self.model).in_(keys))))
        return (self.is_action_allowed(name) and self._actions_data[name][0](rows)) or redirect(self.way_back)

    @expose("/export/<export_type>/", methods=("POST",))
    def export(self, export_type: str) -> Any:
        """What is filtered, masked as on the screen; in full only from its own page, with a reason and a proof."""
        if export_type not in self.export_types:
            abort(404)
        return self.gate.export(self.model, request.args.to_dict(), export_type)
