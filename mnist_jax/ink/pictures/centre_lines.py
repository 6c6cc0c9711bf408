"""Reduce ink to its centre lines, the path of the pen.

The skeleton (Zhang and Suen 1984, doi:10.1145/357994.358023) is cut at its junctions. Short
branches, which come from the outline and not from the pen, are dropped, and the steps from pixel to
pixel are smoothed.
"""

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np
from jaxtyping import Bool, Float

from mnist_jax.ink.strokes import Drawing

Pixel = tuple[int, int]
"""Row and column."""

Graph = dict[Pixel, list[Pixel]]
"""The pixels of a skeleton, and the neighbours of each."""

SPUR = 1.3
"""Branches shorter than this many half-widths of the ink are dropped."""


def centre_lines(mask: Bool[np.ndarray, "height width"]) -> Drawing:
    """Return the centre lines of ink as strokes; (0, 0) is the centre of the top left pixel."""
    from scipy.ndimage import distance_transform_edt
    from skimage.morphology import skeletonize

    padded = np.pad(mask, 1)
    radius = distance_transform_edt(padded)
    graph = _graph((y, x) for y, x in np.argwhere(skeletonize(padded)).tolist())
    for end in [pixel for pixel, near in graph.items() if len(near) <= 1]:
        _prune(graph, end, radius)
    places = _places(graph, padded.shape)
    half_window = max(1, round(float(np.median([radius[pixel] for pixel in graph])) / 2))
    paths = list(_paths(graph)) or [[*graph][:1]]  # only junction pixels are left: one dot
    lines = (np.array([places[pixel] for pixel in path])[:, ::-1] - 1.0 for path in paths)
    return tuple(_smoothed(line, half_window) for line in lines)


def _graph(pixels: Iterable[Pixel]) -> Graph:
    every = dict.fromkeys(pixels)
    around = [place for place in product((-1, 0, 1), repeat=2) if any(place)]
    return {
        (y, x): [near for dy, dx in around if (near := (y + dy, x + dx)) in every] for y, x in every
    }


def _prune(graph: Graph, end: Pixel, radius: Float[np.ndarray, "height width"]) -> None:
    """Remove the branch with this end if it is shorter than `SPUR` half-widths at its junction."""
    path, pixel = [], end
    while len(graph[pixel]) <= 2:
        path.append(pixel)
        onward = [near for near in graph[pixel] if near not in path[-2:-1]]
        if not onward:
            return
        pixel = onward[0]
    if len(path) < SPUR * radius[pixel]:
        for dropped in path:
            for near in graph.pop(dropped):
                if near in graph:
                    graph[near].remove(dropped)


def _places(graph: Graph, shape: tuple[int, ...]) -> dict[Pixel, tuple[float, float]]:
    """Return where each pixel is; the pixels of a junction are all in its middle."""
    from scipy.ndimage import center_of_mass, label

    places = {(y, x): (float(y), float(x)) for y, x in graph}
    junctions = [pixel for pixel, near in graph.items() if len(near) > 2]
    mask = np.zeros(shape)
    mask[tuple(np.array(junctions, int).reshape(-1, 2).T)] = 1
    labels, count = label(mask, np.ones((3, 3)))
    middles = center_of_mass(mask, labels, range(1, count + 1))
    return places | {pixel: middles[labels[pixel] - 1] for pixel in junctions}


def _paths(graph: Graph) -> Iterator[list[Pixel]]:
    """Yield the branches between ends and junctions, then the closed loops."""
    seen: set[Pixel] = set()
    for node, near in graph.items():
        if not near:
            yield [node]
        for start in near if len(near) != 2 else ():
            if len(graph[start]) == 2 and start not in seen:
                yield _path(graph, [node, start], seen)
            elif len(near) == 1 and len(graph[start]) != 2:  # a branch of two pixels
                yield [node, start]
    for pixel, near in graph.items():
        if len(near) == 2 and pixel not in seen:
            yield _path(graph, [near[0], pixel], seen)


def _path(graph: Graph, path: list[Pixel], seen: set[Pixel]) -> list[Pixel]:
    """Follow a branch up to its end, a junction, or a pixel that was already seen."""
    while len(graph[path[-1]]) == 2 and path[-1] not in seen:
        seen.add(path[-1])
        one, other = graph[path[-1]]
        path.append(other if one == path[-2] else one)
    return path


def _smoothed(
    points: Float[np.ndarray, "points 2"], half_window: int
) -> Float[np.ndarray, "points 2"]:
    """Average each point with up to `half_window` neighbours on each side; the ends do not move."""
    count = len(points)
    index = np.arange(count)
    reach = np.minimum(half_window, np.minimum(index, count - 1 - index))
    sums = np.concatenate([np.zeros((1, 2)), np.cumsum(points, axis=0)])
    totals = sums[index + reach + 1] - sums[index - reach]
    return np.asarray(totals / (2 * reach + 1)[:, None])
