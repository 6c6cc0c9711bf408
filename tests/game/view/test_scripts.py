"""Names in any script: shown in a font of the system, else as boxes, and never an error."""

import pygame
import pytest

from game.view import scripts
from game.view.lettering import line_image, typeset, writable

BLACK = (0, 0, 0)
NAMES = (
    *("小明 王", "محمد أمل", "שלום", "अनीता शर्मा", "สมชาย", "김민준", "😀👩‍👩‍👧 Bo", "é\u0301"),
    *("\ufe0f", "\u0301", "\ue000", "\U000f0000 x", "\ufe0f\ufe0f Bo", ""),
)
"""With marks that have no width, and letters that no font has."""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_typed_and_shown(name: str) -> None:
    pygame.font.init()
    assert writable(f"{name}\x00\x1b\ud800") == "".join(filter(str.isprintable, name))
    image = line_image(name, 26, BLACK)
    widths = [scripts.letters(one, pygame.font.Font(None, 104), 104).width for one in name]
    assert (image.get_bounding_rect().width > 0) == (sum(widths) > 0)
    lines, height = typeset(name, 26, 100, 30)
    assert (len(lines), height > 6) == (1, True)


def test_letters_of_the_games_font_stand_alone_and_others_with_those_they_join() -> None:
    pygame.font.init()
    assert scripts.pieces("Ольга Évariste") == list("Ольга Évariste")
    assert scripts.pieces("a محمد أمل b") == ["a", " ", "محمد أمل", " ", "b"]


def test_an_arabic_name_begins_at_the_right() -> None:
    pygame.font.init()
    font = pygame.font.Font(None, 104)
    if scripts.letters("د", font, 104).font is font:
        pytest.skip("no font of this system has Arabic letters")
    ink = line_image("\N{ARABIC LETTER ALEF}د", 60, BLACK)
    ink = ink.subsurface(ink.get_bounding_rect())
    rightmost = ink.subsurface(ink.get_width() - 2, 0, 2, ink.get_height())
    assert rightmost.get_bounding_rect().height > ink.get_height() * 0.8  # the upright Alef
