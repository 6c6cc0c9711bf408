"""A sketchpad and games, played with a network that reads handwritten digits.

python -m game
"""

import os
import sys

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # pygame prints a greeting
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")  # the game does not need a GPU
for system in ("X11", "WAYLAND"):  # desktops identify a window by its class
    os.environ.setdefault(f"SDL_VIDEO_{system}_WMCLASS", "Inkling")
# pygame can do without this package, whose import would take a quarter of the start
sys.modules.setdefault("pkg_resources", None)  # type: ignore[arg-type]  # so imports of it fail
