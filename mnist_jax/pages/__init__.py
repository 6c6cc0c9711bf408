"""From a photo of a page to rows of texts.

    photo ──► level page ──► ink, lines ──► pieces ──► tables, rows ──► texts ──► readings

- `level_page` turns the page upright, by the `levelling` that its ink and its lines ask for.
- `page_ink` finds what is darker, or lighter, than the paper, `page_lines` the printed lines.
- `page_pieces` holds the pieces of ink that were written.
- `layout` puts them into the `cells` of tables, or into `rows` and their `columns`.
- `page` reads the texts: `read_page`. `output` writes them as CSV, lines and objects.
"""
