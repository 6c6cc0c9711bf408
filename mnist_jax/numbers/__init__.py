"""From ink to a number: its digits, and the places where they were found.

    pieces ──► parts ──► groups ──► division ──► digits and signs ──► NumberReading

- `reading` is the door: `read_number` takes pen strokes, `read_pieces` any pieces of ink.
- `parts` orders the pieces from left to right, and cuts ink that joins digits: strokes at their
  `ligatures`, which belong to no digit, and other ink along vertical lines, by `cutting`.
- `grouping` finds the groups of parts that may be digits, and how likely each is by its `layout`.
- `signs` finds the parts that may be a minus or a decimal mark, and ink beside a digit.
- `scoring` asks the network how much each group looks like a digit.
- `division` chooses the most likely of the `paths` through the groups and signs.
- `certainty` says how likely all of it is a number that is read right.
"""
