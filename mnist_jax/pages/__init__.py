"""From a photo of a page to rows of texts.

    photo ──► level page ──► ink, lines ──► pieces ──► tables, rows ──► texts ──► readings

- `level_page` turns the page upright, by its ink and its lines.
- `page_ink` finds what is darker, or lighter, than the paper, `page_lines` the printed lines.
- `page_pieces` parts the rest of the ink into pieces, and drops specks and printed boxes.
- `layout` puts them into the `cells` of tables, or into `rows` and their `columns`.
- `page` reads the texts: `read_page`. `output` writes them as CSV, lines and objects.
"""
