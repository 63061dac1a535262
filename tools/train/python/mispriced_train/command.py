"""What the commands share: arguments, progress on standard error, one JSON value at the end."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .problems import Problem, Refused
from .training_set import TrainingRequest


def add_training_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that decide which model comes out."""
    parser.add_argument("--files", type=Path, required=True, help="see handed_over.py")
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--issued-before", required=True)
    parser.add_argument("--label", required=True)
    parser.add_argument("--estimator", default="gradient-boosting")
    parser.add_argument("--trees", type=int, default=150, help="of gradient-boosting")


def training_request(arguments: argparse.Namespace) -> TrainingRequest:
    """The request these arguments make."""
    return TrainingRequest(
        files=arguments.files,
        features=arguments.features,
        issued_before=arguments.issued_before,
        label=arguments.label,
        estimator=arguments.estimator,
        trees=arguments.trees,
    )


def run_command(command: Callable[[], dict[str, Any]]) -> int:
    """Runs a command; prints its result, or every problem, as one JSON object; exit code 0 or 1."""
    try:
        answer: dict[str, Any] = {"status": "done", **command()}
    except Refused as refused:
        answer = _refused(refused.problems)
    except OSError as error:
        fix = "Check the path, its permissions and the free space."
        answer = _refused([Problem("DATA_INVALID", f"A file cannot be used: {error}.", fix)])
    print(json.dumps(answer, allow_nan=False))
    return 0 if answer["status"] == "done" else 1


def _refused(problems: list[Problem]) -> dict[str, Any]:
    return {"status": "refused", "problems": [problem.to_json() for problem in problems]}
