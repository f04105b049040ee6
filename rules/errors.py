"""How a rule says no: a stable code for tests and docs, a sentence for the person."""


class RuleBroken(Exception):
    """A refusal in the user's words: what happened, on what basis, what to do next.

    `message` is a marked source string with `{name}` places; `values` fill them.
    """

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.message, self.values = code, message, values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class NotAllowed(RuleBroken):
    """The person may not do this, whatever the row says."""
