"""The wheel: its contents, and that it works outside the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_wheel_contains_everything_and_works_in_any_folder(tmp_path: Path) -> None:
    """It contains both packages, the weights, their curves, the languages and `py.typed` alone."""
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*build, "-w", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    tops = {path.name for path in site.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"mnist_jax", "game"}
    assert (site / "mnist_jax" / "shipped" / "mnist_mlp.png").exists()
    assert (site / "mnist_jax" / "py.typed").exists()
    assert (site / "mnist_jax" / "languages" / "es.mo").exists()
    assert (site / "mnist_jax" / "handwriting" / "tables" / "7.txt").exists()
    script = (
        "import game.app\n"
        "from mnist_jax import load_params, read_drawing\n"
        "from mnist_jax.params import shipped_params\n"
        "print(shipped_params())\n"
        "print(read_drawing(load_params(), [[(0, 0), (20, 1), (8, 40)]]).digit)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site), "SDL_VIDEODRIVER": "dummy"},
        capture_output=True,
        text=True,
        check=True,
    )
    *_, shipped, digit = run.stdout.split()
    assert Path(shipped).is_relative_to(site)
    assert digit == "7"
