"""A pad to write digits on, and a network that says what it reads.

python -m game
"""

import os
import warnings

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # pygame greets on standard output
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")  # the game paints without a GPU
for system in ("X11", "WAYLAND"):  # desktops know a window by its class
    os.environ.setdefault(f"SDL_VIDEO_{system}_WMCLASS", "Inkling")
warnings.filterwarnings("ignore", "pkg_resources is deprecated")  # pygame imports it
