"""What is wrong in a script, on the terminal and as data, the way compilers write it."""

from voiceguide.errors import Problem


def sentence(problem: Problem) -> str:
    """`file:line:column: error: message; reason; what to write instead`, for mistakes in a routine's language or a soundscape.

    `file:line:column: R06 error: message, because reason; try: what to do`, for rules of the check."""
    place = f"{problem.file}:{problem.line}:{problem.column}"
    if not problem.rule.startswith("R"):
        told = "; ".join(part for part in (problem.message, problem.reason, problem.fix) if part)
        return f"{place}: {problem.severity}: {told}"
    reason = f", because {problem.reason}" if problem.reason else ""
    fix = f"; try: {problem.fix}" if problem.fix else ""
    return f"{place}: {problem.rule} {problem.severity}: {problem.message}{reason}{fix}"


def as_data(problem: Problem) -> dict[str, str | int]:
    """The same for programs, as `check --json` gives it."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": "; ".join(part for part in (problem.message, problem.reason) if part),
        "fix": problem.fix,
    }
