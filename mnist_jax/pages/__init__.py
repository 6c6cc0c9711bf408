"""From a photo of a page to rows of texts.

    photo ──► ink ──► level page ──► lines, pieces ──► rows of texts ──► readings

- `page_ink` finds what is darker, or lighter, than the paper.
- `levelling` finds how the page is turned and slanted, and turns it upright.
- `page_lines` finds the printed lines and takes them out.
- `cells` finds the cells that the lines make, `rows` the rows and columns where there are none.
- `page` reads the texts: `read_page`.
"""
