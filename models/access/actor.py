"""On whose behalf a statement or a verb runs."""

from dataclasses import dataclass

from rules.roles import Role


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or the machine itself with a stated reason."""

    name: str
    role: Role | None = None
    account_id: int | None = None
    cadre_id: int | None = None
    unit_id: int | None = None
    area_path: str = ""
    reason: str = ""

    @property
    def is_system(self) -> bool:
        return self.role is None

    @property
    def scope(self) -> dict[str, object]:
        """Values for the bound parameters of the row policy."""
        return {
            "scope_low": self.area_path,
            "scope_high": self.area_path[:-1] + "0",  # "/" + 1: the end of the subtree
            "scope_cadre": self.cadre_id or -1,
            "scope_unit": self.unit_id or -1,
            "scope_account": self.account_id or -1,
        }


def system(reason: str) -> Actor:
    """The machine: sweeps, imports and the owner's page, always with a reason."""
    return Actor(name="系统", reason=reason)
