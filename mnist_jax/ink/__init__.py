"""From pen strokes to the 28x28 image that the network reads.

    strokes ──► normalise ──► render ──► image (28, 28), 0 paper to 255 ink

- `strokes` checks what the user passes and turns it into a `Drawing`, a tuple of strokes.
- `normalise` resamples the strokes to 128 points and fits them to the frame as MNIST's digits are.
- `render` draws the points with a round, soft-edged pen.

A picture takes a longer way, through `pictures`, which finds its ink and thins it to strokes.

`frame` defines the sizes. `drawing_files` reads drawings from disk in any of three formats:
`ndjson`, which also writes them, UNIPEN and InkML. The network is trained on synthetic handwriting
that takes the same path.
"""
