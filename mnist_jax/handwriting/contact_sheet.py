"""A contact sheet: every allograph, or every non-digit, clean and in a few samples.

    python -m mnist_jax.handwriting.contact_sheet [--of allographs] [--output FILE.png]

Look at it after changing a table in `allographs.py` or `symbols.py`.
"""

from dataclasses import dataclass
from pathlib import Path

from mnist_jax.support import command_line
from mnist_jax.support.command_line import option
from mnist_jax.support.errors import InputError
from mnist_jax.support.files import checked_output

MAX_SAMPLES = 100


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    of: str = option(None, "what to show", "allographs", choices=("allographs", "non-digits"))
    output: Path = option("FILE", "PNG file to write", Path("contact-sheet.png"))
    samples: int = option("N", "number of samples of each shape", 8)
    seed: int = option("N", "seed of the samples", 0, type=command_line.seed)


def main() -> None:
    """Run the command."""
    description = "Draw every allograph or non-digit, clean and in a few samples."
    command_line.run("handwriting.contact_sheet", Options, _draw, description, check=_check)


def _check(options: Options) -> None:
    if not 0 < options.samples <= MAX_SAMPLES:
        raise InputError(f"--samples: {options.samples} was given, it must be 1 to {MAX_SAMPLES}")
    checked_output(options.output, ".png")


def _draw(options: Options) -> None:
    import jax

    from mnist_jax.handwriting import sheets

    key = jax.random.key(options.seed)
    make = {"allographs": sheets.of_allographs, "non-digits": sheets.of_non_digits}[options.of]
    strips = make(key, options.samples)
    sheets.save(options.output, strips)
    print(f"wrote {options.output}: {len(strips)} {options.of}")


if __name__ == "__main__":
    main()
