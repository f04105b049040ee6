"""Texts that look like a password, named or not; used only to throw them away."""

import re
from collections.abc import Callable

from rules.rosters.tidy import fold

_KEYWORD = (
    r"(?:密\s*码|口\s*令|pass\s?word|passwd|passcode|(?<![a-z])pwd(?![a-z])|(?<![a-z])pin(?:码)?(?![a-z]))"
)
_FILLER = r"[^\x21-\x7e]"
_NAMED = re.compile(
    rf"{_KEYWORD}{_FILLER}{{0,12}}[:=(\"']{{0,2}}{_FILLER}{{0,4}}([\x21-\x7e]{{4,64}})", re.IGNORECASE
)
_ACCOUNT = re.compile(
    r"(?:[账帐]\s*[号户]|用\s*户\s*名|登[录陆]名|user\s?name|login)"
    rf"{_FILLER}{{0,4}}[:=]?{_FILLER}{{0,4}}([\x21-\x7e]{{2,64}})",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"(?<![\x21-\x7e])[\x21-\x7e]{6,64}(?![\x21-\x7e])")
_HARMLESS = re.compile(
    r"\+?[\d\-()/;,. ]+|\d{17}[\dxX]|[0-9A-HJ-NP-RT-UW-Y]{18}|\d{15}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://.*|"
    r"\(?\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[T ].*)?\)?|[\d.]+[eE]\+?\d+|(?:Sheet|Table|Page|Book)\d*"
)
_CODE = re.compile(r"([A-Za-z]{1,8}[-_]?)(\d{1,8})")
_WEAK = re.compile(
    r"(\d)\1{5,}|0?123456(?:7(?:89?0?)?)?|654321|123123|112233|password|qwerty|abcdef|admin", re.IGNORECASE
)
_WORTH_A_LOOK = re.compile("[!-~！-～]{2}")
REMOVED = "［凭据已删除］"


def scrub(text: str, *, named_only: bool = False) -> tuple[str, list[str]]:
    """Text without credentials, and the secrets taken out; accounts go too but are not returned."""
    found: list[str] = []
    if text.isdecimal() or not _WORTH_A_LOOK.search(text):
        return text, found

    def take(match: re.Match[str]) -> str:
        found.append(match.group(1).strip("()（）,，;；\"'"))
        return REMOVED

    plain = fold(text)
    cut = _cut(text, plain, _NAMED, take)
    cut = _cut(cut, fold(cut), _ACCOUNT, lambda match: REMOVED)
    if not named_only:
        cut = _cut(cut, fold(cut), _TOKEN, lambda match: _take_token(match, found))
    return cut, found


def _take_token(match: re.Match[str], found: list[str]) -> str:
    token = match.group(0).strip("(),;:")
    if not is_strong(token):
        return match.group(0)
    found.append(token)
    return REMOVED


def _cut(text: str, plain: str, pattern: re.Pattern[str], take: Callable[[re.Match[str]], str]) -> str:
    pieces, at = [], 0
    for match in pattern.finditer(plain):
        new = take(match)
        if new != match.group(0):
            pieces += [text[at : match.start()], new]
            at = match.end()
    return "".join([*pieces, text[at:]])


def kinds_of_characters(token: str) -> int:
    """How many of lower, upper, digit and sign it mixes."""
    tests = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
    return sum(any(test(char) for char in token) for test in tests)


def is_mixed(token: str) -> bool:
    """A single ASCII word of 6-64 with two kinds of characters, and no number, date, code or address."""
    return (
        bool(_TOKEN.fullmatch(token)) and not _HARMLESS.fullmatch(token) and kinds_of_characters(token) >= 2
    )


def is_strong(token: str) -> bool:
    """Three kinds with letters and digits: a password wherever it stands."""
    has_both = any(char.isdigit() for char in token) and any(char.isalpha() for char in token)
    return is_mixed(token) and has_both and kinds_of_characters(token) >= 3


def is_secret_column(values: list[str]) -> bool:
    """Half of the values or more look like passwords, and not like a run of codes."""
    tokens = [fold(value).strip() for value in values if value.strip()]
    likely = [token for token in tokens if is_mixed(token) or _WEAK.fullmatch(token)]
    if not likely or 2 * len(likely) < len(tokens):
        return False
    return _has_default(likely) or any(is_strong(token) for token in likely) or not _is_run_of_codes(likely)


def _has_default(tokens: list[str]) -> bool:
    return len(tokens) > 1 and 2 * max(map(tokens.count, set(tokens))) >= len(tokens)


def _is_run_of_codes(tokens: list[str]) -> bool:
    prefixes = {found.group(1) if (found := _CODE.fullmatch(token)) else None for token in tokens}
    return len(prefixes) == 1 and None not in prefixes
