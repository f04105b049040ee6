"""The security administrator's desk: who has an account, in which role and state; open, switch off and on, print slips."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from models import Account, Area, Cadre, db
from portal.security.paths import back
from portal.security.people import writer
from portal.security.proof import for_security, proven, signed_in
from portal.security.refusals import told_at
from portal.security.seen import must_see
from portal.security.slips import print_slips
from portal.security.typed import number_of, text_of
from rules.errors import RuleBroken
from rules.roles import Role
from rules.text import _
from services import accounts
from services.activation import issue_activation
from services.verbs import permit

pages = Blueprint("desk", __name__, url_prefix="/security/accounts")
pages.before_request(for_security)
HOME, PAGE = "/security/accounts/", 50


@pages.get("/")
@signed_in
def listing() -> str:
    permit(g.actor, "accounts.open")
    words, page = text_of("q", 40), min(request.args.get("page", 0, int), 10_000)
    query = select(Account).options(joinedload(Account.cadre)).order_by(Account.role, Account.login)
    if words:
        names = Account.cadre_id.in_(select(Cadre.id).where(Cadre.name.contains(words, autoescape=True)))
        query = query.where(or_(Account.login.contains(words, autoescape=True), Account.holder == words, names))
    found = db.session.scalars(query.offset(max(page, 0) * PAGE).limit(PAGE + 1)).all()
    return render_template("security/accounts.html", accounts=found[:PAGE], more=len(found) > PAGE, page=max(page, 0),
                           q=words, now=g.now, roles=Role, me=g.actor.account_id)  # fmt: skip


@pages.route("/new", methods=["GET", "POST"])
@proven
def new() -> ResponseReturnValue:
    permit(g.actor, "accounts.open")
    problem = ""
    if request.method == "POST":
        try:
            flash(_("账号已开立，请打印激活单交给本人：{login}").format(login=_open()), "success")
            return redirect(url_for("desk.listing"), 303)
        except RuleBroken as refusal:
            problem = str(refusal)
    page = render_template("security/account_new.html", problem=problem, roles=Role, typed=request.form, areas=_areas(),
                           cadres=_without_account())  # fmt: skip
    return page, 422 if problem else 200


def _open() -> str:
    cadre_id, area_id = number_of("cadre_id"), number_of("area_id")
    role, login = _role(), text_of("login", 40)
    cadre_id = must_see(Cadre, cadre_id) if cadre_id else 0
    area_id = must_see(Area, area_id) if area_id else 0 if cadre_id else _only_area()
    with writer(g.actor) as session:
        cadre = session.get_one(Cadre, cadre_id) if cadre_id else None
        area = session.get(Area, area_id) if area_id else cadre.area if cadre else None
        if area is None:
            raise RuleBroken("area-missing", _("请选择管辖区域。"))
        account = accounts.open_account(
            session, login=login, role=role, area=area, cadre=cadre, holder=text_of("holder", 40),
            reason=text_of("reason", 200), by=g.actor, now=g.now,
        )  # fmt: skip
        return account.login


def _role() -> Role:
    code = request.form.get("role", "")
    if code not in {role.value for role in Role}:
        raise RuleBroken("role-missing", _("请选择角色。"))
    return Role(code)  # type: ignore[call-arg]


@pages.post("/<int:account_id>/slip")
@proven
@told_at(HOME)
def slip(account_id: int) -> str:
    must_see(Account, account_id)
    with writer(g.actor) as session:
        made = issue_activation(session, session.get_one(Account, account_id), by=g.actor, now=g.now)
    return print_slips([made], current_app.config["LIANXIN"])


@pages.post("/<int:account_id>/disable")
@proven
@told_at(HOME)
def disable(account_id: int) -> ResponseReturnValue:
    must_see(Account, account_id)
    with writer(g.actor) as session:
        account = session.get_one(Account, account_id)
        accounts.disable(session, account, reason=text_of("reason", 200), by=g.actor, now=g.now)
    flash(_("账号已停用，其登录设备已全部下线。"), "success")
    return redirect(back(HOME), 303)


@pages.post("/<int:account_id>/enable")
@proven
@told_at(HOME)
def enable(account_id: int) -> ResponseReturnValue:
    must_see(Account, account_id)
    with writer(g.actor) as session:
        accounts.enable(session, session.get_one(Account, account_id), by=g.actor, now=g.now)
    flash(_("账号已启用。"), "success")
    return redirect(back(HOME), 303)


def _areas() -> list[Area]:
    low, high = g.actor.area_path, g.actor.area_path[:-1] + "0"
    query = select(Area).where(Area.path >= low, Area.path < high, Area.until.is_(None)).order_by(Area.path)
    return list(db.session.scalars(query.limit(500)))


def _only_area() -> int:
    """Where there is one place only, nobody needs to be asked; 0 where there are more."""
    known = _areas()
    return known[0].id if len(known) == 1 else 0


def _without_account() -> list[Cadre]:
    held = select(Account.cadre_id).where(Account.cadre_id.is_not(None))
    query = select(Cadre).where(Cadre.id.not_in(held), Cadre.until.is_(None)).order_by(Cadre.name)
    return list(db.session.scalars(query.options(joinedload(Cadre.unit)).limit(500)))
