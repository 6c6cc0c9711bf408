"""From a picture to its ink, and to the centre lines of the ink.

    file, image, array ──► files ──► find_ink ──► mask of the ink ──► centre_lines ──► strokes

- `files` decodes a picture, within `limits`, and turns it upright.
- `find_ink` looks for ink that is dark or light, wide or thin, on a `sheet` if there is one.
- `contrast` tells how much darker or lighter than the paper pixels are, and which are ink.
- `pieces` measures the connected pieces of ink, and `written` chooses those that were written.
- `ruled_lines` finds the lines of the paper, which are no ink.
- `centre_lines` thins ink to the path of the pen.
"""
