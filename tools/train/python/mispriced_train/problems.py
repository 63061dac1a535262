"""What a user did wrong, gathered so that everything is said at once."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake: a code of the closed list in libs/core, what is wrong, what to do."""

    code: str
    message: str
    fix: str

    def to_json(self) -> dict[str, str]:
        """As the launcher reads it."""
        return asdict(self)


class Refused(Exception):
    """The input cannot be used. Nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class Problems:
    """Collects mistakes until a step that cannot go on without the input being right."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, code: str, message: str, fix: str) -> None:
        """Notes a mistake, once."""
        problem = Problem(code, message, fix)
        if problem not in self.found:
            self.found.append(problem)

    def refuse_if_any(self) -> None:
        """Raises `Refused` where a mistake was noted."""
        if self.found:
            raise Refused(self.found)
