"""Review items of a roster: what looks wrong and needs a person's decision (clauses.md §4)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rules.rosters.identity import enterprises_of
from rules.rosters.phones import mask
from rules.rosters.repeats import doubtful_codes, repeats
from rules.rosters.report import Finding, RosterEntry
from rules.rosters.review import finding, grouped
from rules.text import _

Entries = Sequence[RosterEntry]


def find(entries: Entries) -> tuple[Finding, ...]:
    """All review items, one per person, number or row as the kind says, in the order of the file."""
    rules = (
        shared_phones,
        cadre_phones_on_enterprises,
        self_dealing,
        names_with_two_phones,
        homonyms,
        in_both_lists,
        missing_phones,
        crowded_cells,
        repeats,
        doubtful_codes,
    )
    return tuple(finding for rule in rules for finding in rule(entries))


def shared_phones(entries: Entries) -> Iterator[Finding]:
    """One number on several enterprises; one finding per number."""
    keys = enterprises_of(entries)
    for group in grouped(entries, lambda entry: entry.contact_phone):
        enterprises = {keys[entry.at] for entry in group}
        if len(enterprises) > 1:
            message = _("{count}家企业登记了同一个电话 {subject}。请逐家核对是不是同一人经营。")
            subject = mask(group[0].contact_phone)
            yield finding("shared-phone", group, subject, message, count=len(enterprises))


def cadre_phones_on_enterprises(entries: Entries) -> Iterator[Finding]:
    """A responsible person's own number stands as an enterprise's; one finding per number."""
    owners = {entry.person_phone: entry.person for entry in entries if entry.person_phone}
    for group in grouped(entries, lambda entry: entry.contact_phone):
        phone = group[0].contact_phone
        if phone in owners:
            message = _(
                "企业电话 {subject} 是责任人{owner}本人的电话。请核实企业电话，测评邀请不会发到这个号码。"
            )
            yield finding("cadre-phone-on-enterprise", group, mask(phone), message, owner=owners[phone])


def self_dealing(entries: Entries) -> Iterator[Finding]:
    """The responsible person is, by phone or name, the enterprise's own contact; one per person."""
    phones = grouped((entry for entry in entries if entry.person_phone), lambda entry: entry.person)
    own = {group[0].person: {entry.person_phone for entry in group} for group in phones}
    hits = (
        entry
        for entry in entries
        if entry.contact == entry.person
        or (entry.contact_phone and entry.contact_phone in own.get(entry.person, ()))
    )
    for group in grouped(hits, lambda entry: entry.person):
        message = _("责任人{subject}疑似就是所包企业的联系人。请改正电话或另行安排责任人，改正前不能测评。")
        yield finding("self-dealing", group, group[0].person, message)


def names_with_two_phones(entries: Entries) -> Iterator[Finding]:
    """One name with different phones anywhere: one person with two phones, or namesakes."""
    known: defaultdict[str, dict[str, list[RosterEntry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if entry.person_phone and entry.names_person:
            known[entry.person][entry.person_phone].append(entry)
        if entry.contact and entry.contact_phone:
            known[entry.contact][entry.contact_phone].append(entry)
    for name, phones in known.items():
        if len(phones) > 1:
            group = [entry for entries_of_phone in phones.values() for entry in entries_of_phone]
            message = _("“{subject}”登记了不同的电话：{phones}。请判断是同一人有两个号码，还是同名的两个人。")
            listed = "、".join(mask(phone) for phone in phones)
            yield finding("same-name-different-phone", group, name, message, phones=listed)


def homonyms(entries: Entries) -> Iterator[Finding]:
    """One responsible name with two units or two posts: perhaps two people."""
    named = [entry for entry in entries if entry.names_person]
    for group in grouped(named, lambda entry: entry.person):
        units = {entry.unit for entry in group if entry.unit}
        posts = {entry.post for entry in group if entry.post}
        if len(units) > 1 or len(posts) > 1:
            message = _("责任人“{subject}”出现在不同单位或职务下：{units}。请判断是不是同名的两个人。")
            yield finding("homonym", group, group[0].person, message, units="、".join(sorted(units | posts)))


def in_both_lists(entries: Entries) -> Iterator[Finding]:
    """A person answers for enterprises in both annexes (or in two tables of one); one per person."""
    has_both = len({entry.kind for entry in entries}) > 1
    for group in grouped(entries, lambda entry: entry.person):
        if len({entry.kind if has_both else entry.table for entry in group}) > 1:
            message = _("{subject}在两份清单里都是责任人。请确认是同一人，确认后合为一个账户。")
            named = [entry for entry in group if entry.names_person]
            yield finding("in-both-lists", named, group[0].person, message)


def missing_phones(entries: Entries) -> Iterator[Finding]:
    """An enterprise without a phone can only be asked by wall plate, slip or visit."""
    for entry in entries:
        if not entry.contact_phone:
            message = _("“{subject}”没有电话。请补上，或者改用门牌二维码、纸质测评单。")
            yield finding("missing-phone", [entry], entry.enterprise, message)


def crowded_cells(entries: Entries) -> Iterator[Finding]:
    """Two phones or two contacts in one row: the first is kept."""
    for entry in entries:
        if entry.extra_phones:
            message = _("“{subject}”一行有多个电话，取第一个；另有 {others}。请确认用哪一个。")
            others = "、".join(mask(phone) for phone in entry.extra_phones)
            yield finding("two-phones-in-cell", [entry], entry.enterprise, message, others=others)
        if entry.extra_contacts:
            message = _("“{subject}”写了几位联系人，取第一位；另有 {others}。请确认。")
            others = "、".join(entry.extra_contacts)
            yield finding("two-contacts-in-cell", [entry], entry.enterprise, message, others=others)
