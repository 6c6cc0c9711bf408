"""Teach a network one person's hand, and write it to a params file.

    python -m mnist_jax.teach --drawings FILE [--output mine.safetensors] [--params FILE]
        [--json]

Prints how drawings that were left out are read before and after. If learning does not help, the
file has the network as it was. Takes a few seconds.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mnist_jax.support import command_line
from mnist_jax.support.command_line import flag, option, output_option, params_option
from mnist_jax.support.languages import counted, translatable, translated

if TYPE_CHECKING:
    from mnist_jax.training.teaching import Lesson


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    drawings: Path = option(
        "FILE",
        "digits drawn by one person, .ndjson, UNIPEN or InkML; about five of each are enough",
        required=True,
    )
    output: Path = output_option(".safetensors", "params file to write", "mine.safetensors")
    params: Path | None = params_option()
    json: bool = flag("print one JSON object and nothing else")


@command_line.command(Options)
def main(options: Options) -> None:
    """Teach the network, save it and print how drawings left out are read."""
    from mnist_jax.ink.drawing_files import list_drawings
    from mnist_jax.params import load_card, load_params, rounded, save_params
    from mnist_jax.training.teaching import lesson

    drawings = list_drawings(options.drawings)
    result = lesson(load_params(options.params), drawings)
    report = as_report(result)
    card = load_card(options.params) | {"taught": report}
    if not result.obstacle:
        card.pop("test", None)  # it is about the network that was given
    save_params(options.output, rounded(result.network), card)
    print(json.dumps(report) if options.json else as_text(report))
    if not options.json:
        print(translated("wrote {path}", path=options.output))


def as_report(result: "Lesson[Any]") -> dict[str, Any]:
    """Return the result as it is written in the card of the params file and printed by `--json`."""
    report = {
        "drawings": result.drawings,
        "adopted": not result.obstacle,
        "obstacle": result.obstacle,
    }
    if result.before and result.after:
        report["left_out"] = {
            when: {
                "errors": int(judgements.wrong.sum()),
                "refused": int(judgements.refused.sum()),
                "loss": float(judgements.loss.mean()),
            }
            for when, judgements in (("before", result.before), ("after", result.after))
        }
    return report


def as_text(report: dict[str, Any]) -> str:
    """Return the report as text."""
    count = report["drawings"]
    lines = [counted("{count} different drawing", "{count} different drawings", count)]
    texts = {
        "before": translatable(
            "before, as the network was: {errors} read wrongly, {refused} refused, loss {loss:.4f}"
        ),
        "after": translatable(
            "after, each read by a copy that did not learn from it: "
            "{errors} read wrongly, {refused} refused, loss {loss:.4f}"
        ),
    }
    lines += [translated(texts[when], **one) for when, one in report.get("left_out", {}).items()]
    if report["obstacle"]:
        verdict = translated(
            "not adopted, the network stays as it was: {reason}",
            reason=translated(report["obstacle"]),
        )
    else:
        verdict = translated("adopted")
    return "\n".join([*lines, verdict])


if __name__ == "__main__":
    main()
