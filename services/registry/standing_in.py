"""Posts whose A is away today: B has the word, and where there is no B nobody has (CK-3.1)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models import Cadre, Post
from rules.posts import Away, Rank, acting

MOST = 200


@dataclass(frozen=True)
class StandIn:
    """`acting` is empty where the post has nobody to speak for it."""

    post: str
    place: str
    away: str
    until: date | None
    acting: str


def standing_in(session: Session, path: str, day: date) -> list[StandIn]:
    """Two statements: the posts whose A is away, and the B of each."""
    here = (Post.until.is_(None), Post.area_path.startswith(path, autoescape=True))
    absent = (Cadre.away_since <= day, or_(Cadre.away_until.is_(None), Cadre.away_until >= day))
    found = select(Post).join(Cadre, Cadre.id == Post.cadre_id).where(*here, Post.rank == Rank.A, *absent)
    found = found.options(joinedload(Post.cadre), joinedload(Post.area)).order_by(Post.area_path, Post.id).limit(MOST)
    posts = list(session.scalars(found))
    second = select(Post).where(*here, Post.rank == Rank.B, Post.slot.in_([post.slot for post in posts])).options(joinedload(Post.cadre))
    others = {post.slot: post for post in session.scalars(second)}
    return [_line(post, others.get(post.slot), day) for post in posts]


def _line(post: Post, other: Post | None, day: date) -> StandIn:
    b = Away(other.cadre.away_since, other.cadre.away_until) if other else None
    who = acting(Away(post.cadre.away_since, post.cadre.away_until), b, day)
    name = other.cadre.name if other and who is Rank.B else ""
    return StandIn(post.title, post.area.name, post.cadre.name, post.cadre.away_until, name)
