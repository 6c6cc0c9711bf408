"""Read the numbers in pictures and in files of drawings, and on pages of many numbers.

python -m mnist_jax.read FILE ... [--count N] [--params FILE] [--plot FILE.png] [--json]
python -m mnist_jax.read --page FILE ... [--csv FILE.csv] [--plot FILE.png] [--json]

Prints a line for each picture or drawing. `-` is standard input. A file that cannot be read is
reported on standard error; the others are still read, and the exit status is 2. With `--page`,
each row of a page is printed; `--csv` writes the rows of all pages instead, when all are read.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mnist_jax.support import command_line
from mnist_jax.support.command_line import flag, option, output_option, params_option, positive
from mnist_jax.support.errors import MAX_MESSAGE, InputError, printable
from mnist_jax.support.exits import error_line, print_error
from mnist_jax.support.files import checked_input, write_whole
from mnist_jax.support.languages import translatable, translated
from mnist_jax.support.pipes import STANDARD_INPUT, STANDARD_OUTPUT, as_file

if TYPE_CHECKING:
    from mnist_jax.evaluation.plots import Shown
    from mnist_jax.model import Network
    from mnist_jax.numbers.reading import NumberSign
    from mnist_jax.pages.page import Page

MOST_PLOTTED = 60
"""Of how many readings, or pages, `--plot` makes a picture; the others are only printed."""


@dataclass(frozen=True)
class Options:
    """Options of the command."""

    files: tuple[str, ...] = option(
        "FILE",
        "pictures, or files of drawings; - is standard input",
        positional=True,
        nargs="+",
    )
    count: int | None = option(
        "N",
        "how many digits each has; 1 if each is a single digit (default: find out)",
        type=positive,
    )
    params: Path | None = params_option()
    plot: Path | None = output_option(".png", "draw what was read, and where, to this file")
    json: bool = flag("print one JSON object a line and nothing else")
    page: bool = flag("the pictures are pages of many numbers: lists, tables or forms")
    csv: Path | None = output_option(
        ".csv", "with --page: write the rows to this file; - is standard output", or_standard=True
    )

    def __post_init__(self) -> None:
        """Check the options against each other."""
        if self.files.count(STANDARD_INPUT) > 1:
            raise InputError("- is given more than once; standard input can be read only once")
        if self.csv and not self.page:
            raise InputError("--csv is for pages; add --page")
        if self.json and str(self.csv) == STANDARD_OUTPUT:
            raise InputError("--json and --csv - both print; leave one out, or name a .csv file")
        if self.page and self.count:
            raise InputError("--count is for single numbers; leave it out with --page")


@command_line.command(Options)
def main(options: Options) -> None:
    """Read the files."""
    from mnist_jax.params import load_params

    network = load_params(options.params)
    say = str.format if options.json else translated  # what --json prints is English
    to_plot: list[Shown] = []
    pages: list[tuple[str, Page]] = []
    failed = 0
    for given in _with_bar(options.files) if options.page else options.files:
        is_input = given == STANDARD_INPUT
        name = say(translatable("standard input")) if is_input else str(Path(given))
        try:
            with as_file(given, name) as path:
                if options.page:
                    pages.append((name, _read_page(network, path)))
                    _print_page(*pages[-1], options)
                    continue
                for shown in _read_file(network, path, name, options.count, say):
                    line = json.dumps(as_object(shown)) if options.json else as_line(shown)
                    print(line, flush=True)
                    if options.plot and len(to_plot) < MOST_PLOTTED:
                        to_plot.append(shown)
        except InputError as error:
            print_error(error_line(error))
            failed += 1
    if options.csv:
        _write_csv(options.csv, [page for _, page in pages])
    if options.plot:
        _write_plot(options.plot, to_plot, pages[:MOST_PLOTTED])
    if failed:
        raise InputError(
            "{failed} of {count} files could not be read",
            failed=failed,
            count=len(options.files),
        )


def _with_bar(files: Sequence[str]) -> Iterator[str]:
    """Yield the files, with a bar on standard error if that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    from mnist_jax.training.run import on_terminal

    console = Console(stderr=True)
    with Progress(
        console=console,
        transient=True,
        redirect_stdout=on_terminal(),  # otherwise what is printed would go to standard error, too
        disable=not console.is_terminal,
    ) as bar:
        yield from bar.track(files, description=translated("Reading"))


def _read_page(network: "Network", path: Path) -> "Page":
    from mnist_jax.pages.page import read_page

    checked_input(path, "give a picture of a page")
    with _without_errors_of_libraries():
        return read_page(network, path)


def _print_page(name: str, page: "Page", options: Options) -> None:
    """Print the rows of a page, or only how much was read if they go into a file of CSV."""
    from mnist_jax.pages import output

    if options.json:
        print(json.dumps(output.as_object(name, page)), flush=True)
    elif options.csv:
        print_error(output.as_summary(name, page))
    else:
        print(f"{output.as_summary(name, page)}\n{output.as_lines(page)}", flush=True)


def _write_csv(path: Path, pages: "Sequence[Page]") -> None:
    from mnist_jax.pages.output import as_csv

    rows = as_csv(pages)
    if str(path) == STANDARD_OUTPUT:
        print(rows, end="")
    elif pages:
        write_whole(path, rows.encode())


def _write_plot(path: Path, to_plot: "Sequence[Shown]", pages: "list[tuple[str, Page]]") -> None:
    """Plot the readings, or the pages, if there are any."""
    from mnist_jax.evaluation.page_plot import write_pages
    from mnist_jax.evaluation.plots import write_readings

    if to_plot:
        write_readings(path, to_plot)
    if pages:
        write_pages(path, pages)


def _read_file(
    network: "Network", path: Path, name: str, count: int | None, say: Callable[..., str]
) -> Iterator["Shown"]:
    """Yield what is read in a picture, or in each drawing of a file, named as `say` words it."""
    from mnist_jax.evaluation.plots import Shown
    from mnist_jax.ink.drawing_files import drawing_format, read_drawings
    from mnist_jax.ink.pictures.find_ink import find_ink
    from mnist_jax.numbers.reading import read_number
    from mnist_jax.pictures import read_ink

    checked_input(path, "give a picture or a file of drawings")
    if drawing_format(path) is None:
        with _without_errors_of_libraries():
            found = find_ink(path)
        yield Shown(name, read_ink(network, found, count), photo=found.photo, scale=found.scale)
        return
    count_read = 0
    for count_read, labelled in enumerate(read_drawings(path, digits_only=False), start=1):
        reading = read_number(network, labelled.drawing, count)
        text = translatable("{name}, drawing {number}")
        drawn = say(text, name=name, number=count_read)
        yield Shown(drawn, reading, drawing=labelled.drawing)
    if not count_read:
        raise InputError("{path}: contains no drawing, at least one is wanted", path=path)


@contextmanager
def _without_errors_of_libraries() -> Iterator[None]:
    """Drop what libraries in C write to standard error, as libtiff does about damaged pictures."""
    try:
        kept = os.dup(2)
    except OSError:  # standard error is closed
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def as_line(shown: "Shown") -> str:
    """Return a reading as a line of text: "photo.jpg: 4072  (97 %)"."""
    number = shown.reading
    name = printable(shown.name, MAX_MESSAGE)
    text = (
        translatable("{name}: {text}  ({percent:.0f} %)")
        if number.is_number
        else translatable("{name}: {text}  ({percent:.0f} %, not taken for a number)")
    )
    line = translated(text, name=name, text=number.text, percent=100 * number.probability)
    notes = [translated("there are several numbers: read them with --page")] * number.several
    notes += [_place_of(sign) for sign in number.signs if not sign.text]
    return "; ".join([line, *notes])


def _place_of(sign: "NumberSign") -> str:
    """Say where ink is that is neither a digit nor a sign."""
    left, top, right, bottom = sign.box
    return translated(
        "neither a digit nor a sign is at ({x:.4g}, {y:.4g})",
        x=(left + right) / 2,
        y=(top + bottom) / 2,
    )


def as_object(shown: "Shown") -> dict[str, Any]:
    """Return a reading as the object that `--json` prints."""
    number = shown.reading
    return {
        "name": shown.name,
        "text": number.text,
        "value": number.value,
        "probability": number.probability,
        "is_number": number.is_number,
        "digits": [
            {
                "digit": digit.digit,
                "probability": float(digit.probabilities.max()),
                "is_digit": digit.is_digit,
                "box": digit.box,
            }
            for digit in number.digits
        ],
        "signs": [
            {"text": sign.text, "place": sign.place, "box": sign.box} for sign in number.signs
        ],
    }


if __name__ == "__main__":
    main()
