"""Watch it learn: controls and curves on one side, a card for each network on the other."""

from game.core.modes.learning import SETUPS, Learning
from game.core.state import Net, State
from game.core.values.progress import Progress, Verdict
from game.view.layout import REST, Size, columns, rows, split, stack
from game.view.scene import FRAME_SECONDS, Rect, Scene
from game.view.screens.board import Board
from game.view.screens.learning.controls import HEIGHT, buttons
from game.view.screens.learning.curves import plots
from game.view.screens.learning.network import card

HINTS = {
    "waiting": "A fresh network knows nothing. In a moment it can begin to learn",
    "ready": "Press Enter. It guesses, hears the right digit, and corrects itself a little",
    Verdict.GUESSING: "At first it only guesses. After each batch it takes one step to be better",
    Verdict.SLOW: "Its steps are so small that learning takes long. Try a larger learning rate",
    Verdict.LEARNING: "Its patterns become strokes, and fewer drawings are marked as misread",
    Verdict.GOOD: "It has learnt to read! Now add a network, and compare another choice",
    "compared": "It has learnt to read! Now give it other layers or steps, and compare again",
    Verdict.STUMBLING: "Its steps are too large: it stumbles about. Try a smaller learning rate",
    Verdict.FALLEN: "Too large steps tore it apart. Take a smaller learning rate, then press N",
    "paused": "Paused. Enter goes on, S shows it one round of 128 new drawings",
}


def scene(state: State, size: Size, screen: Learning) -> Scene:
    """Return the screen for a window of this size."""
    board = Board(state, size)
    board.head("Watch it learn")
    if screen.question(state):
        board.next_frame = 2 * FRAME_SECONDS
    reason = _reason(state, screen.progress)
    board.hint("" if reason else HINTS[_situation(screen)])
    body, line = board.frame.body, board.line
    places: list[Rect] = []
    if board.frame.wide and body.width >= 44 * line:
        side, networks = split(body, min(24 * line, body.width * 2 // 5), REST, gap=line)
        curves, low = stack(side, REST, HEIGHT * line, gap=line)
        places = rows(curves, 2, line // 2) if curves.height > 11 * line else [curves]
        buttons(board, screen, low, across=1)
    else:
        networks, low = stack(body, REST, HEIGHT * line * 3 // 5, gap=line)
        if board.frame.wide and len(screen.setups) == 1:
            networks, *places = split(networks, 0.6, 0.4, gap=line)
        elif networks.height > 21 * line:
            networks, curves = stack(networks, REST, 7 * line, gap=line)
            places = columns(curves, 2, line)
        buttons(board, screen, low, across=2)
    plots(board, [one.curve for one in screen.progress.networks] if screen.progress else [], places)
    if reason:
        board.text(board.panel(networks, 1), reason, 1.3, board.theme.bad, align=0.5)
    else:
        for number, cell in enumerate(columns(networks, len(screen.setups), line)):
            card(board, screen, number, cell)
    return board.scene()


def _situation(screen: Learning) -> str | Verdict:
    """Return what the hint is about: the selected network, once it learns."""
    if not screen.progress:
        return "waiting"
    if screen.rounds == 0:
        return Verdict.GUESSING if screen.running else "ready"
    verdict = screen.progress.networks[screen.selected].verdict
    if screen.running and verdict is Verdict.GOOD and len(screen.setups) == len(SETUPS):
        return "compared"
    if screen.running or verdict is Verdict.FALLEN:
        return verdict
    return "paused"


def _reason(state: State, progress: Progress | None) -> str:
    """Return why no network can learn; "" if one can."""
    if state.net is Net.FAILED:
        return f"No network can learn here. {state.net_error}"
    if progress and progress.error:
        return f"The networks stopped: {progress.error}. Press N to begin anew"
    return ""
