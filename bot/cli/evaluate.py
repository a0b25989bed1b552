"""`askdpo evaluate`: a file of questions with what is expected of each."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.local import database, moment_given
from bot.evaluating import Score, score
from bot.settings import Settings, read_settings
from dialogs.considering import consider
from dialogs.desk import Desk

_MOST_SHOWN = 40


@click.command(epilog="Example: askdpo evaluate photo_questions.jsonl --now 2026-11-23T09:00 --accuracy 0.95")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON object.")
@click.option("--now", metavar="ISO", help="As if asked then; every line's `now` goes before it.")
@click.option("--accuracy", type=click.FloatRange(0, 1), help="Fail under this share of right answers.")
@click.option("--unsafe-yes", type=click.IntRange(min=0), help="Fail over this many unsafe answers (default 0).")
def command(file: Path, *, as_json: bool, now: str | None, accuracy: float | None, unsafe_yes: int | None) -> None:
    """Ask every question of FILE (one JSON object a line) and compare the answers with what is expected.

    The first line may be {"thresholds": {"accuracy": 0.95, "unsafe_yes": 0}}. Exit 1 where a threshold is missed.
    """
    settings = read_settings()
    thresholds, lines = _read(file)
    least = accuracy if accuracy is not None else float(thresholds.get("accuracy", 0))
    most = unsafe_yes if unsafe_yes is not None else int(thresholds.get("unsafe_yes", 0))
    at = moment_given(settings, now)
    result = asyncio.run(_evaluate(settings, lines, at, quiet=as_json))
    click.echo(json.dumps(_as_json(result), ensure_ascii=False) if as_json else _as_text(result))
    if result.accuracy < least or result.unsafe > most:
        raise SystemExit(1)


def _read(file: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as broken:
            raise click.UsageError(f"{file}:{number}: this line is not JSON ({broken.msg}).") from broken
        if not isinstance(row, dict) or not ("thresholds" in row or {"as", "text"} <= row.keys()):
            raise click.UsageError(f"{file}:{number}: a line needs `as` and `text`, or is the first with `thresholds`.")
        rows.append(row)
    thresholds = rows.pop(0)["thresholds"] if rows and "thresholds" in rows[0] else {}
    if not rows:
        raise click.UsageError(f"{file} holds no questions.")
    return thresholds, rows


async def _evaluate(settings: Settings, lines: list[dict[str, Any]], at: datetime, *, quiet: bool) -> Score:
    desk = Desk(rules=settings.rules)
    answers = []
    async with database(settings) as db:
        with click.progressbar(lines, label="Asking", hidden=quiet) as asking:
            for line in asking:
                moment = moment_given(settings, line["now"]) if "now" in line else at
                told = await consider(db, desk, email=line["as"], text=line["text"], now=moment)
                answers.append(told.answer)
    return score(lines, answers)


def _as_text(result: Score) -> str:
    shown = [
        f"{'UNSAFE ' if f.unsafe else ''}{f.id}: {f.text[:100]}\n    {'; '.join(f.wrong)}" for f in result.findings
    ]
    if len(shown) > _MOST_SHOWN:
        shown = [*shown[:_MOST_SHOWN], f"... and {len(shown) - _MOST_SHOWN} more; --json shows all"]
    confused = [
        f"  {expected} answered as {given}: {count}"
        for (expected, given), count in result.confusions.most_common()
        if given not in expected.split("/")
    ]
    return "\n".join(
        [
            *shown,
            *(["Confusions:", *confused] if confused else []),
            f"{result.asked} asked, {result.accuracy:.1%} right, {result.unsafe} unsafe.",
        ]
    )


def _as_json(result: Score) -> dict[str, Any]:
    return {
        "asked": result.asked,
        "accuracy": round(result.accuracy, 4),
        "unsafe_yes": result.unsafe,
        "confusions": [
            {"expected": expected, "given": given, "count": count}
            for (expected, given), count in result.confusions.most_common()
        ],
        "findings": [{"id": f.id, "text": f.text, "wrong": list(f.wrong), "unsafe": f.unsafe} for f in result.findings],
    }
