"""A script's mistakes on the terminal and as data, the way compilers write them."""

from voiceguide.errors import Problem


def sentence(problem: Problem) -> str:
    """`file:line:column: error: message; reason; what to write instead`."""
    told = "; ".join(part for part in (problem.message, problem.reason, problem.fix) if part)
    return f"{problem.file}:{problem.line}:{problem.column}: error: {told}"


def as_data(problem: Problem) -> dict[str, str | int]:
    """The same for programs, as `check --json` gives it."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "severity": "error",
        "message": "; ".join(part for part in (problem.message, problem.reason) if part),
        "fix": problem.fix,
    }
