"""What the commands share: options parsed into a dataclass, and tables.

Options are parsed before JAX is imported, so that `--help` and a wrong option answer quickly.
Commands therefore import JAX, and modules that use it, inside `main`. They speak the system's
language, or that of `--language`.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import Field, dataclass, field, fields
from functools import wraps
from inspect import unwrap
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

from mnist_jax.support import languages
from mnist_jax.support.errors import InputError, shortened
from mnist_jax.support.exits import exit_in_imports, reported_errors
from mnist_jax.support.files import checked_output
from mnist_jax.support.languages import counted, translated
from mnist_jax.support.pipes import STANDARD_OUTPUT

Options = TypeVar("Options")


def option(metavar: str | None, text: str, default: Any = None, **settings: Any) -> Any:
    """Return a field of an options dataclass, which is parsed from the option of its name.

    The help shows `text`, translated, and the default. `settings` are further arguments of
    `ArgumentParser.add_argument`; without `type`, values have the type of the field's annotation.
    Three settings are our own: `shown` is a text to show instead of the default, `suffix` is shown
    after the metavar, and `positional=True` means that values are given without the name.
    """
    return field(default=default, metadata={"metavar": metavar, "help": text, **settings})


def flag(text: str) -> Any:
    """Return a field that is True if the option of its name is given."""
    return field(default=False, metadata={"help": text, "action": "store_true"})


def data_dir_option() -> Any:
    """Return the option of every command that reads MNIST."""
    return option(
        "DIR",
        "data folder of TensorFlow Datasets; MNIST is downloaded there if it is missing "
        "(default: $TFDS_DATA_DIR, ~/tensorflow_datasets)",
    )


def params_option() -> Any:
    """Return the option of every command that loads a network."""
    return option("FILE", "params file of the network (default: the included weights)")


def output_option(
    suffix: str,
    text: str,
    default: str | None = None,
    *,
    or_standard: bool = False,
    **settings: Any,
) -> Any:
    """Return the option of a file to write, whose suffix and folder are checked.

    With `or_standard`, - may be given for standard output.
    """

    def checked(name: str) -> Path:
        if not (or_standard and name == STANDARD_OUTPUT):
            checked_output(Path(name), suffix)
        return Path(name)

    return option("FILE", text, default, suffix=suffix, type=checked, **settings)


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a `type` for options that accepts whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not least <= (number := int(text)) <= most:
            raise InputError(
                "{value} was given, it must be {least} to {most}",
                value=shortened(number),
                least=least,
                most=most,
            )
        return number

    return read


positive = whole(1, 1_000_000_000)
"""The `type` of options for counts."""

seed = whole(0, 2**32 - 1)
"""The `type` of options for seeds, in the range that JAX accepts."""


def language(text: str) -> str:
    """Return the text if it is the code of an available language; for use as a `type`."""
    if text not in languages.available():
        known = ", ".join(languages.available())
        raise InputError("{value} was given, known are: {known}", value=text, known=known)
    return text


def language_option() -> Any:
    """Return the option for the language, which every command has."""
    return option(
        "LANGUAGE", "language to speak, such as en or es (default: the system's)", type=language
    )


@dataclass(frozen=True)
class _EveryCommand:
    """Options that every command has."""

    language: str | None = language_option()


class Parser(argparse.ArgumentParser):
    """An argument parser that raises errors instead of exiting."""

    def error(self, message: str) -> NoReturn:
        """Raise the message as an InputError, with a pointer to --help."""
        problem = message.removeprefix("argument ")
        raise InputError("{problem}; see {command} --help", problem=problem, command=self.prog)


def parsed(
    program: str,
    options: type[Options],
    description: str,
    arguments: Sequence[str] | None = None,
    epilog: Callable[[], str] | None = None,
) -> Options:
    """Return the options of the command line, or of other `arguments`, and use their language.

    The description is translated; `epilog` returns what follows the options in the language in use.

    Raises:
        InputError: an option is unknown, missing or has a wrong value.
    """
    languages.use(_asked_language(arguments))
    own, every = fields(options), fields(_EveryCommand)  # type: ignore[arg-type]
    with _argparse_translated():
        parser = Parser(
            program,
            description=translated(description),
            epilog=epilog and epilog(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for one in {one.name: one for one in (*every, *own)}.values():
            _add_argument(parser, one)
        given = vars(parser.parse_args(arguments))
    return options(**{one.name: _frozen(given[one.name]) for one in own})


def _add_argument(parser: Parser, one: Field[Any]) -> None:
    settings = {"default": one.default, **one.metadata}
    settings["help"] = translated(settings["help"])
    if one.type is not bool:
        settings["type"] = _read_by(settings.get("type") or _value_type(one.type))
        shown = settings.pop("shown", one.default)
        if shown is not None:
            settings["help"] = translated(
                "{help} (default: {default})", help=settings["help"], default=str(shown)
            )
    if settings.get("metavar"):
        settings["metavar"] = translated(settings["metavar"]) + settings.pop("suffix", "")
    is_positional = settings.pop("positional", False)
    name = one.name if is_positional else "--" + one.name.replace("_", "-")
    parser.add_argument(name, **settings)


def _read_by(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return `kind`, with its errors raised as those that argparse reports."""

    def read(text: str) -> Any:
        try:
            return kind(text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        except ValueError as error:
            text = shortened(text)
            if kind is float:
                problem = translated("{value} cannot be read as a number", value=text)
            else:
                problem = translated("{value} cannot be read as a whole number", value=text)
            raise argparse.ArgumentTypeError(problem) from error

    return read


def _asked_language(arguments: Sequence[str] | None) -> str | None:
    """Return the value of `--language`, which is needed before the other options are parsed."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--language", nargs="?")
    asked: str | None = parser.parse_known_args(arguments)[0].language
    return asked if asked in languages.available() else None


@contextmanager
def _argparse_translated() -> Iterator[None]:
    """Let argparse translate its own texts by our catalogue instead of its gettext functions."""
    module = vars(argparse)
    originals = {name: module[name] for name in ("_", "ngettext")}
    module.update(_=translated, ngettext=counted)
    try:
        yield
    finally:
        module.update(originals)


def command(
    options: type[Options], epilog: Callable[[], str] | None = None
) -> Callable[[Callable[[Options], None]], Callable[[], None]]:
    """Return a decorator that makes a command of a function of its options.

    The command parses the command line, configures JAX and calls the function. Its name is that of
    the module, and its description the first line of the module's docstring. Errors end the process
    as `reported_errors` describes.
    """

    def decorated(action: Callable[[Options], None]) -> Callable[[], None]:
        @wraps(action)
        def main() -> None:
            from mnist_jax.support.jax_settings import configure_jax

            exit_in_imports()
            module = unwrap(action).__globals__
            program = f"python -m {module['__spec__'].name.removesuffix('.__main__')}"
            with reported_errors():
                given = parsed(program, options, summary(module["__doc__"]), epilog=epilog)
                configure_jax()
                action(given)

        return main

    return decorated


def summary(docstring: str | None) -> str:
    """Return the first line of a docstring."""
    return (docstring or "").partition("\n")[0]


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose columns after the first are aligned to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _value_type(annotation: Any) -> Any:
    """Return the type of one value: `Path` for `Path | None`, `int` for `tuple[int, ...]`."""
    while arguments := get_args(annotation):
        annotation = arguments[0]
    return annotation


def _frozen(value: Any) -> Any:
    """Return the value with tuples instead of lists."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
