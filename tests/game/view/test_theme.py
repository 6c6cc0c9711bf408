"""The colour schemes: contrasts, and what the painter asks of them."""

import pytest

from game.view.theme import THEMES, Colour, Theme


def luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.1)."""
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio (WCAG 2.1)."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_colours_pass_wcag_aa_and_ink_differs_from_paper_in_every_channel(theme: Theme) -> None:
    """Ink is darker than paper in all three channels, or lighter in all, as the pen needs it."""
    for paper in (theme.desk, theme.paper):
        for text in (theme.ink, theme.muted, theme.accent, theme.good, theme.bad, *theme.players):
            assert contrast(text, paper) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.light, theme.night) >= 4.5
    assert contrast(theme.quiet, theme.edge) >= 1.5
    for ink, paper in (
        *((colour, theme.paper) for colour in (theme.ink, theme.accent, theme.quiet, theme.edge)),
        *((colour, theme.paper) for colour in theme.players),
        *((colour, theme.desk) for colour in (theme.good, theme.bad)),
        (theme.light, theme.night),
    ):
        darker = {a < b for a, b in zip(ink, paper, strict=True)}
        assert len(darker) == 1


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_buttons_have_a_visible_edge_where_contrast_is_wanted(theme: Theme) -> None:
    if theme.outlined:
        assert contrast(theme.edge, theme.desk) >= 3
        assert contrast(theme.edge, theme.paper) >= 3
    assert theme.outlined is (theme is THEMES["high contrast"])
