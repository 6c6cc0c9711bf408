"""The ways people write each digit, and drawings sampled from them.

An allograph is a variant shape of a character. The tables below hold those of the ten digits, in
the notation of `mnist_jax/templates.py`; a line more is an allograph more. To see them all, each
with a few samples:

    python -m mnist_jax.handwriting.allographs --output allographs.png
"""

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Key

from mnist_jax.handwriting import writer
from mnist_jax.handwriting.templates import Shapes, Template, parse, stack
from mnist_jax.handwriting.writer import Hand

TABLES = (
    # 0
    """
oval-from-the-top       6  50,0 24,12 14,50 24,88 50,100 76,88 86,50 76,12 50,0
round-from-the-top      4  50,0 18,14 2,50 18,86 50,100 82,86 98,50 82,14 50,0
narrow                  1  50,0 35,14 29,50 35,86 50,100 65,86 71,50 65,14 50,0
wide                    1  50,14 14,26 2,52 18,78 50,88 84,76 98,50 84,24 50,14
from-the-right-shoulder 3  74,10 50,0 24,12 13,50 24,88 50,100 76,88 87,50 82,20 66,5
from-the-left-side      1  14,38 15,68 26,90 50,100 76,86 86,50 74,11 48,1 24,10 13,44
clockwise-from-the-top  2  46,2 72,10 86,46 76,86 52,100 26,90 13,52 22,14 50,1
clockwise-from-the-foot 1  52,99 26,90 14,50 26,10 50,0 76,12 86,52 74,90 44,100
egg                     1  50,0 30,18 14,62 26,91 50,100 74,91 86,62 70,18 50,0
egg-on-its-point        1  50,0 22,10 12,36 28,80 50,100 72,80 88,36 78,10 50,0
pointed-top             1  50,0! 26,24 13,60 25,90 50,100 75,90 87,60 74,24 50,0!
almond                  .5 60,0! 24,28 16,62 40,100! 78,72 84,34 60,0!
boxy                    1  50,2 20,5 10,22 10,78 20,96 50,99 80,96 90,78 90,22 80,5 50,2
open-at-the-top         3  36,5 17,22 11,56 24,90 51,100 78,86 89,50 82,18 62,2
open-wide               1  30,4 12,34 16,82 48,100 80,87 90,48 82,15 66,4
open-at-the-right       .5 76,14 50,0 23,13 11,50 23,88 50,100 76,90 88,64 88,40
open-at-the-left        .3 18,26 30,6 52,0 78,14 88,50 77,88 50,100 24,90 12,62
overlapping-ends        2  58,2 28,8 13,50 23,88 50,100 77,88 87,50 76,12 48,2 28,10
crossing-ends           3  68,0 36,8 13,50 23,88 50,100 77,88 87,52 72,18 32,2
tail-inside             2  50,0 22,14 12,50 22,88 50,100 78,88 88,52 78,22 60,14 44,22
tail-far-inside         1  40,4 16,22 8,56 24,92 52,100 82,86 92,50 78,18 52,12 30,30 32,50
start-inside            2  60,24 56,5 40,1 20,18 12,54 25,90 52,100 78,86 87,48 76,14 56,4
    # the pen comes in from the left and closes the ring under its own start
hooked-start            2  14,20 20,8 34,2 42,6 22,22 12,56 26,91 54,100 80,84 88,46 72,12 44,2
hooked-start-far        1  4,38 6,16 20,12 22,26 14,56 28,92 56,100 84,84 94,50 80,18 54,8 30,18
    # a small loop where the ring closes, as in a cursive o
looped-top              1  50,6 24,14 11,56 26,92 54,100 82,84 88,46 72,14 48,8 40,1 52,0 64,8
                           84,6
drawn-twice             .5 50,1 20,16 10,52 22,88 50,98 80,86 90,50 78,14 50,4 24,18 15,54 26,90
                           54,100 78,82 86,46
two-halves              .5 52,0 24,12 13,50 23,88 50,100 / 50,0 76,12 87,50 77,88 48,100
    # against a capital O: engineers, programmers, the military, Scandinavia
slashed                 3  50,4 26,14 16,50 26,86 50,96 74,86 84,50 74,14 50,4 / 88,0 12,100
slashed-within          2  50,0 22,12 12,50 22,88 50,100 78,88 88,50 78,12 50,0 / 74,18 26,82
slashed-short           1  50,0 22,12 12,50 22,88 50,100 78,88 88,50 78,12 50,0 / 62,32 38,68
slashed-round           1  50,4 18,16 5,50 18,84 50,96 82,84 95,50 82,16 50,4 / 94,2 6,98
slashed-in-one-stroke   1  74,12 50,0 23,12 12,50 23,88 50,100 77,88 88,50 78,14! 24,86
backslashed             1  50,2 24,12 14,50 24,88 50,98 76,88 86,50 76,12 50,2 / 12,4 88,96
backslashed-within      1  50,0 22,12 12,50 22,88 50,100 78,88 88,50 78,12 50,0 / 26,22 74,78
dotted                  1  50,0 20,12 8,50 20,88 50,100 80,88 92,50 80,12 50,0 / 50,48 50,54
    """,
    # 1
    """
stick                   5  50,0 50,100
stick-leaning-right     4  66,0 36,100
stick-leaning-left      1  40,0 58,100
stick-bowed             1  52,0 46,50 52,100
stick-bowed-right       1  48,0 54,50 47,100
stick-wavy              .5 54,0 46,30 54,66 47,100
stick-tailed            1  46,0 46,78 52,97 68,98 78,90
stick-hooked-to-the-left .5 54,0 54,84 46,98 32,96
short-flag              5  32,20 52,0! 52,100
short-flag-curved       2  28,24 42,17 54,0! 53,100
short-flag-leaning      3  38,24 66,0! 40,100
    # Germany and its neighbours: the upstroke is part of the digit
long-flag               4  10,48 60,0! 60,100
long-flag-leaning       3  10,50 74,0! 48,100
long-flag-curved        2  8,46 36,34 62,0! 60,100
    # France: the flag reaches the line, and only the angle tells it from a capital lambda
flag-to-the-line        2  10,88 58,0! 62,100
flag-two-thirds         2  6,68 60,0! 60,100
flag-wavy               1  12,30 22,20 34,26 56,0! 55,100
flag-drooping           1  18,34 24,18 40,8 58,0! 54,100
flag-steep              2  40,34 54,0! 53,100
up-and-down             1  44,92 52,0! 54,100
flag-round-top          1  22,30 38,12 52,2 58,14 57,50 56,100
flag-loop-top           .5 28,26 48,8 58,0 62,8 56,24 52,60 50,100
flag-long-round-top     1  14,44 34,24 60,2 70,6 62,40 46,100
flag-long-low           2  8,60 48,30 84,0! 58,100
foot-smooth             1  36,24 62,2 64,8 56,60 48,92 34,99 10,98
flag-apart              1  54,0 53,100 / 52,4 24,30
flag-and-tail           1  28,24 50,0! 49,82 56,98 74,94
    # school books, typists, and wherever a bare stroke could be an l
foot                    1  50,0 50,100 / 24,100 76,100
flag-and-foot           4  26,24 50,0! 50,100 / 18,100 82,100
flag-and-short-foot     2  28,22 52,0! 52,100 / 34,100 70,100
long-flag-and-foot      2  8,46 54,0! 54,100 / 20,100 88,100
flag-and-foot-leaning   1  32,26 66,0! 46,99 / 12,99 80,97
flag-and-raised-foot    1  26,24 50,0! 50,100 / 18,92 82,91
flag-and-foot-one-stroke 2 26,24 52,0! 52,98! 24,100! 84,99
flag-and-foot-looped    .5 30,24 54,0! 51,80 44,97 28,98 26,92 46,91 88,97
flag-looped-and-foot    1  28,28 44,12 57,2 62,9 52,17 57,40 54,98! 18,100! 88,99
flag-looped-foot-apart  .7 26,26 44,8 57,1 61,9 50,16 54,50 52,98 / 16,100 90,98
flag-and-foot-to-right  1  28,24 52,0! 51,98! 86,99
two-serifs              .7 26,0 74,0 / 50,0 50,100 / 26,100 74,100
    """,
    # 2
    """
round                   5  12,26 24,6 50,0 76,8 84,30 68,56 34,82 10,99! 92,99
round-big-head          2  8,36 16,10 46,0 80,10 90,36 74,62 40,84 18,98! 84,98
round-small-head        2  26,18 38,2 58,1 66,14 54,42 8,98! 96,98
tall                    2  28,16 42,1 62,5 69,22 56,54 26,98! 76,98
wide                    1  8,34 26,14 56,10 80,22 78,44 46,68 4,88! 98,88
hardly-a-neck           1  16,10 50,0 78,14 74,42 44,74 12,99! 88,99
    # as swans swim: a long neck and a waved foot
swan                    3  18,24 32,4 58,0 74,14 70,38 44,70 8,96! 30,86 58,98 78,99 94,88
swan-hooked             1  34,30 20,26 22,8 46,0 70,8 74,30 50,64 8,96! 32,86 62,98 94,86
foot-rising             1  12,24 28,3 56,0 76,14 72,38 42,72 8,100! 92,90
foot-falling            1  14,24 30,3 58,0 78,14 74,38 44,66 8,84! 92,100
foot-short              1  14,20 34,1 64,3 78,20 66,52 20,99! 62,99
foot-long               1  6,24 16,3 36,1 48,16 38,50 6,96! 98,94
foot-turned-up          1  12,26 26,4 54,0 76,12 76,36 46,68 12,98! 70,99 86,94 92,82
foot-turned-down        1  12,24 28,3 56,0 76,14 72,38 42,70 8,92! 60,88 80,90 90,100
foot-sagging            1  12,24 28,3 56,0 76,14 72,38 42,70 8,90! 40,99 70,98 94,88
foot-apart              1  12,24 28,3 56,0 78,12 80,36 54,66 12,98 / 8,97 92,98
    # the pen turns back through a loop instead of a corner
loop                    4  12,24 30,4 58,0 78,16 74,42 50,70 24,92 8,92 8,81 24,79 50,92 74,99 94,90
loop-small              3  14,22 32,2 60,1 76,16 70,42 40,76 16,95 8,92 14,86 30,92 60,99 92,94
loop-narrow             2  34,18 46,1 61,8 58,36 38,80 22,98 15,92 26,85 52,96 86,95
loop-narrow-leaning     1  46,16 60,0 76,10 64,44 34,84 14,98 8,90 22,84 50,96 84,96
loop-large              1  14,20 34,2 62,2 76,20 70,46 46,78 20,96 4,86 14,70 40,78 64,96 94,94
loop-standing           1  20,20 36,2 60,0 74,14 70,36 46,66 26,96 12,98 10,84 24,80 46,88 90,92
loop-flat               1  10,26 28,4 58,0 80,14 78,38 52,66 18,88 4,96 10,100 30,94 92,96
loop-round-head         1  24,30 12,20 24,3 54,0 76,14 72,40 40,76 14,92 6,84 18,78 44,90 66,98
                           94,86
smooth-foot             2  12,24 30,4 58,0 80,14 78,36 54,60 22,78 12,92 30,100 60,98 92,95
    # the neck runs straight down
straight-neck           2  14,16 40,1 76,4 84,20 10,99! 92,99
z                       2  8,3 90,3! 8,98! 94,98
z-hooked                1  8,16 12,3! 90,3! 8,98! 94,98
z-rounded               2  8,10 30,2 72,3 84,14 68,40 8,98! 94,98
z-wavy                  .7 6,10 26,1 50,9 88,2! 10,96! 34,90 64,99 94,90
z-looped-foot           .7 10,5 86,3! 26,88 10,96 8,86 26,84 60,98 94,92
sharp-corners           1  10,22 44,0! 82,24! 10,98! 90,98
curled-head             2  36,34 20,38 12,24 26,4 54,0 78,14 78,38 50,68 12,98! 92,98
looped-head             .7 22,18 34,30 22,36 12,22 26,4 54,0 78,14 76,38 46,70 12,98! 92,98
hooked-head             1  22,34 12,28 14,12 36,1 66,2 82,20 72,46 38,78 8,99! 90,96
flat-head               1  10,6 40,2 72,6 84,22 72,48 36,78 10,98! 92,98
question-mark           .7 8,20 32,1 70,3 84,24 70,52 44,72 34,99! 80,98
narrow-looped-foot      2  34,16 48,1 62,12 58,40 38,76 14,94 10,88 26,84 56,92 90,94
narrow-smooth-foot      1  36,18 48,2 62,10 60,36 42,70 18,92 8,96 40,97 88,97
low-belly               .7 20,20 40,1 70,6 80,30 74,58 48,80 10,94! 60,93 92,99
    """,
    # 3
    """
round                   5  12,16 30,2 58,0 78,14 74,36 42,47! 72,52 88,74 70,96 38,100 10,86
round-middle-soft       3  14,14 34,1 64,3 76,20 66,38 46,47 66,51 86,64 84,88 56,100 10,90
equal-bowls             2  16,12 44,0 76,10 78,36 44,49! 78,60 80,88 46,100 14,90
small-top               2  24,12 42,1 62,7 64,26 42,38! 76,45 92,70 76,95 40,100 8,86
big-top                 1  8,20 30,1 70,3 88,26 74,50 42,60! 66,65 76,82 58,99 34,100 14,92
narrow                  1  30,9 48,0 66,12 62,36 44,46! 66,55 71,82 50,100 27,91
wide                    1  6,22 34,10 74,14 82,32 40,48! 84,54 94,74 66,90 4,82
flat-top                3  10,2 84,2! 44,42! 74,50 88,72 72,95 38,100 8,88
flat-top-soft           2  12,1 82,1! 46,36 44,42 70,48 88,70 74,94 40,100 10,90
flat-top-serif          1  12,16 12,2! 84,2! 42,40! 74,48 88,70 72,95 38,100 8,88
    # the letter ezh; so the Netherlands, and bankers against a forged 8
flat-top-long-tail      1  18,0 80,0! 36,36! 68,43 82,64 64,90 16,100
flat-top-wavy           1  8,8 28,1 54,7 84,1! 44,40! 76,50 88,72 70,96 36,100 8,88
flat-top-small-belly    2  12,8 40,2 78,3! 54,36 50,44 66,54 70,74 54,94 16,100
flat-top-no-notch       1  12,6 76,2! 58,34 60,48 70,64 64,88 40,99 12,94
flat-top-rounded-corner 1  10,4 60,0 80,6 74,22 42,42! 76,50 88,74 70,96 36,100 8,88
pointed-middle          3  14,12 46,0 76,14 66,38 24,47! 68,55 86,77 64,98 34,100 10,88
middle-reaches-far      1  18,8 50,0 78,16 66,38 8,46! 70,54 88,76 66,98 14,94
middle-bar              .7 12,14 40,0 76,12 74,36 56,46 30,47! 58,48 86,62 84,88 52,100 10,88
    # a loop where the bowls meet
looped-middle           3  14,12 38,0 68,6 76,26 58,44 38,52 30,46 40,40 68,50 86,72 70,96 38,100
                           10,88
looped-middle-small     2  12,14 36,0 68,4 78,24 58,42 44,48 38,44 48,43 78,56 86,80 58,100 10,90
looped-middle-rising    1  14,10 42,0 70,10 72,32 48,50 34,46 38,36 58,42 82,66 76,90 46,100 10,92
looped-middle-wide      1  14,10 44,0 74,14 64,38 26,54 14,48 22,42 66,48 86,72 66,97 12,92
shallow-middle          2  14,6 48,0 74,12 68,36 58,46 72,58 80,80 56,98 12,96
shallow-narrow          1  28,12 46,1 62,10 54,34 62,60 64,82 44,98 14,100
flat-top-shallow        1  14,8 74,2! 46,40 58,52 66,74 54,94 14,100
hardly-a-middle         .7 10,10 50,0 76,16 72,40 70,48 78,64 72,88 44,100 8,92
    # straight lines only, as in a sigma seen in the mirror
angular                 1  14,2 82,20! 36,46! 84,74! 10,100
angular-flat            1  12,2 80,2! 40,46! 84,50! 78,98! 10,98
boxy                    .7 14,2 80,2! 80,48! 34,48! 80,48! 80,98! 12,98
curled-start            .4 34,22 18,22 16,8 40,0 70,6 74,30 42,46! 76,53 88,76 68,97 36,100 10,86
curled-end              2  12,14 36,0 68,6 74,28 44,46! 76,52 86,76 64,98 30,99 12,86 20,74 32,80
hooked-end              1  14,12 40,0 70,8 72,32 44,46! 74,52 86,74 68,96 36,100 12,90 8,78
straight-tail           1  14,10 44,0 74,12 66,36 40,46! 76,52 84,68 62,86 4,100
tail-below              1  18,8 44,0 68,10 62,30 40,40! 70,45 80,62 62,82 26,94 6,100
arms-wide               1  4,8 50,0 80,10 70,34 36,44! 80,52 92,74 70,95 2,94
two-strokes             .7 12,14 40,0 74,10 72,36 38,46 / 38,46 76,53 88,76 66,98 8,90
leaning-back            1  4,18 28,2 58,2 74,18 68,38 44,48! 80,52 96,70 86,92 56,100 26,92
    """,
    # 4
    """
open                    5  28,0 10,58! 92,58 / 66,24 64,100
open-square             2  14,0 12,54! 92,54 / 70,2 70,100
open-rounded            3  26,0 13,40 22,57 46,59 90,54 / 66,26 60,100
open-u                  2  14,2 12,36 24,53 48,54 84,44 / 74,0 68,100
open-bar-ends-at-stem   2  22,0 12,50! 72,50 / 73,4 72,100
open-leaning            3  44,0 8,66! 88,60 / 78,22 52,100
open-bar-rising         2  30,0 10,64! 92,46 / 72,18 60,100
open-bar-falling        1  26,0 10,50! 92,64 / 64,24 62,100
open-bar-long           1  38,0 4,56! 98,54 / 56,28 52,100
open-bar-low            1  40,0 8,78! 92,78 / 64,32 64,100
open-bar-high           1  30,0 14,36! 88,34 / 68,8 60,100
open-stem-short         2  28,0 10,54! 92,54 / 64,38 60,100
open-stem-hangs         1  26,0 12,50! 80,50 / 72,50 68,100
open-stem-tall          1  28,22 10,66! 92,66 / 64,0 62,100
open-tall-narrow        2  36,0 20,64! 76,60 / 62,42 60,100
open-tall-rounded       1  36,0 22,44 24,64 40,66 74,58 / 66,40 60,100
open-tall-leaning       1  52,0 18,70! 74,64 / 68,44 48,100
open-stem-curved        1  26,2 13,50! 86,48 / 74,16 72,66 52,98
open-three-strokes      .7 34,0 10,58 / 8,57 94,58 / 66,26 62,100
open-left-leg-curved    1  40,0 20,24 8,58! 50,54 92,58 / 70,22 64,100
open-looped-corner      1  30,0 10,54 10,63 22,60 90,54 / 68,24 62,100
    # Russia's Ч, and the y of people in a hurry; the right side is the stem
che                     2  14,0 14,36 26,51 72,48 / 76,0 76,100
che-in-one-stroke       3  18,0 13,36 28,50 56,44 78,0! 74,50 70,100
y                       2  14,2 20,36 44,46 70,34 84,0! 74,52 50,100
y-tailed                1  12,2 16,38 40,48 68,36 80,2! 78,60 62,92 34,100
u-and-stem              1  12,4 13,40 30,54 56,48 74,24 78,2 74,40 70,100
    # as printed: the sides meet
closed                  4  62,0 6,68! 94,68 / 62,0 62,100
closed-wide             1  70,0 2,62! 98,62 / 70,0 70,100
closed-narrow           1  60,0 24,66! 82,66 / 60,0 60,100
closed-bar-ends-at-stem 1  64,0 10,62! 64,62 / 64,0 64,100
closed-stem-above       1  58,14 6,68! 94,68 / 60,0 60,100
closed-leaning          2  72,0 6,66! 90,66 / 72,0 50,100
closed-from-the-foot    2  60,100 62,0! 6,66! 92,68
closed-one-stroke       2  92,66 6,66! 66,0! 64,100
closed-curved-side      1  64,0 44,26 8,64! 94,64 / 64,0 62,100
closed-with-foot        1  62,0 6,66! 92,66 / 62,0 62,99 / 44,100 80,100
closed-looped-corner    1  68,0 16,56 4,66 10,71 30,66 92,64 / 68,0 62,100
nearly-closed           2  54,0 8,64! 92,64 / 66,10 62,100
    # one stroke, the pen coming back up to the stem
loop-right              2  34,0 10,56! 58,58 82,40 80,24 70,36 60,100
loop-right-rounded      2  26,0 12,44 26,58 58,54 78,34 76,20 68,34 58,100
zigzag                  2  32,0 10,58! 68,54! 78,20! 62,100
lightning               1  54,0 10,52! 82,46! 44,100
lightning-leaning       .7 50,0 12,58! 70,52! 58,100
    # a bowl instead of a triangle; only its corners keep it from being a nine
nine                    1  70,0 40,22 12,50! 42,58 66,44 70,4! 66,100
nine-pointed            1  70,0 12,48! 70,52! / 70,0 68,100
    # a long first stroke that turns up at its foot, and hardly any stem
low-short-stem          1  44,0 12,78 22,90 66,80 / 68,62 52,100
low-short-stem-square   1  40,0 14,76! 72,74 / 66,58 60,100
low-one-stroke          1  46,0 14,76 26,84 58,66 66,54! 58,100
low-one-stroke-narrow   .7 50,0 30,70 34,82 54,70 58,60! 54,100
tall-hook               1  36,0 20,50 26,66 60,58 64,44! 60,100
    """,
    # 5
    """
cap-last                5  26,1 18,44! 46,37 78,47 86,70 68,95 36,100 8,88 / 26,1 86,1
one-stroke              4  86,1 24,1! 18,44! 48,37 80,49 86,73 66,95 34,100 8,88
one-stroke-leaning      2  96,0 40,2! 20,44! 48,38 76,50 76,76 52,97 26,100 4,90
one-stroke-straight-back 1 86,2 22,2! 22,42! 62,44 84,62 76,90 44,100 14,98
s                       2  84,6 54,0 26,8 22,26 42,42 70,56 80,74 66,95 38,100 10,90
s-flat-top              2  86,2 34,1 20,12 24,32 56,46 80,62 80,86 50,100 10,94
s-sharp-top             2  88,2 24,2! 24,30 54,44 80,60 78,86 48,100 10,94
s-diagonal              1  88,2 30,2! 66,58 72,80 50,98 8,98
s-open                  1  92,8 60,0 38,12 40,34 66,54 70,76 48,94 4,100
    # calculators, squared paper, posters
square                  1  88,1 16,1! 16,46! 86,46! 86,99! 10,99
square-soft             1  86,1 18,1! 17,44! 66,44 84,54 84,88 66,99 10,99
no-neck                 1  80,2 20,2! 40,24 72,40 84,64 66,94 34,100 8,90
neck-long               1  32,1 20,60! 44,53 68,62 70,84 50,99 16,95 / 32,1 84,1
neck-leaning            2  40,1 18,48! 48,40 76,52 76,76 54,96 26,100 6,92 / 40,1 94,0
neck-soft               2  28,1 20,30 28,40 56,39 82,56 78,86 46,100 8,92 / 28,1 86,2
neck-soft-one-stroke    1  88,2 28,1! 20,30 30,40 58,40 82,58 76,88 44,100 8,92
neck-looped             1  86,1 28,2! 20,40 13,50 24,49 50,38 78,50 80,76 58,97 28,100 6,90
neck-curved             1  30,2 24,20 22,46! 50,39 80,52 82,76 60,98 30,100 8,90 / 30,2 86,2
big-belly               2  36,1 26,30! 58,24 90,44 90,78 60,100 26,98 4,84 / 36,1 84,1
small-belly             1  28,1 22,54! 46,48 66,58 68,80 50,96 18,92 / 28,1 88,2
belly-pointed           1  26,1 20,40! 80,62! 18,100 / 24,1 84,1
belly-wide-open         1  24,2 20,40! 54,36 78,52 74,76 50,92 2,100 / 24,2 84,1
belly-flat              1  24,2 20,42! 70,42 84,58 80,84 62,94 8,96 / 24,2 88,2
belly-closed            1  26,1 20,42! 50,36 80,50 84,76 60,98 26,96 14,78 30,68 / 26,1 84,2
end-curled              1  26,1 20,42! 50,36 80,50 84,76 60,98 26,98 12,84 22,76 / 26,1 84,2
    # the cap comes last, and lands where it may
cap-apart               3  20,12 16,48! 46,41 78,52 82,76 62,97 30,100 6,90 / 34,2 92,0
cap-above               1  24,16 18,50! 46,43 76,54 82,76 62,97 32,100 8,90 / 22,0 84,1
cap-drooping            1  24,8 17,46! 46,39 78,50 84,74 64,96 32,100 8,90 / 22,2 54,2 86,16
cap-rising              3  26,12 18,48! 46,41 78,52 84,74 64,96 32,100 8,90 / 26,12 92,0
cap-short               1  26,1 18,44! 46,37 78,48 84,72 66,96 34,100 8,88 / 26,1 58,0
cap-long                2  22,2 14,46! 38,40 64,52 66,76 48,96 24,99 4,90 / 22,2 100,0
cap-long-belly-small    2  30,4 24,40! 42,35 56,50 54,80 36,97 6,98 / 30,4 98,0
cap-long-leaning        1  42,6 26,42! 42,38 56,54 50,82 30,98 2,98 / 42,8 100,0
cap-overhanging         1  24,2 18,46! 46,40 76,50 82,74 62,96 32,100 8,88 / 4,4 82,1
cap-wavy                1  24,6 18,46! 46,40 76,50 82,74 62,96 32,100 8,88 / 22,6 42,0 64,7 90,1
cap-low                 1  26,0 18,48! 46,42 76,52 82,76 62,96 32,100 8,90 / 24,10 86,8
cap-curved              1  28,6 18,46! 46,40 76,50 82,74 62,96 32,100 8,88 / 28,6 54,0 92,2
    """,
    # 6
    """
curved-stem             5  74,0 42,18 17,52 18,84 44,100 72,92 80,72 62,56 36,58 17,76
straight-stem           3  62,0 24,46 14,72 24,94 48,100 74,90 77,70 54,57 18,72
upright-stem            2  24,0 16,50 20,86 46,100 74,89 78,66 52,52 18,70
stem-bent-at-the-top    2  82,10 64,0 38,10 16,48 18,84 46,100 74,90 78,68 54,54 18,70
stem-hooked             1  80,18 74,4 56,2 30,24 14,60 22,92 48,100 74,88 76,66 52,56 18,72
stem-long-bowl-small    2  70,0 42,32 26,68 30,93 46,100 63,91 62,76 46,70 27,84
stem-short-bowl-big     2  60,0 24,24 6,60 20,92 52,100 86,86 88,54 60,38 28,48 8,68
stem-lying              1  98,6 50,14 14,44 8,80 32,98 62,92 72,72 54,56 12,70
stem-bowed-out          1  66,0 26,10 8,50 16,88 46,100 74,90 80,68 60,52 34,58 14,76
narrow                  1  60,0 42,26 34,66 38,92 52,100 66,88 64,68 50,62 36,74
bowl-flat               1  62,0 24,44 8,84 26,99 66,97 86,86 70,76 34,77 10,88
bowl-tall               1  66,0 32,26 18,66 28,96 48,100 70,84 74,52 56,42 34,56 20,80
bowl-open               3  70,0 34,24 15,62 26,93 52,100 78,86 78,66 58,58 42,64
bowl-open-wide          2  66,0 30,26 12,66 26,95 54,99 80,84 80,66 66,60
bowl-ends-in-a-curl     2  72,0 36,20 14,60 24,93 52,100 78,86 76,64 54,56 36,68 42,82
bowl-through-the-stem   2  66,0 30,30 20,68 32,95 54,100 76,88 76,68 54,58 26,60 4,68
bowl-through-rising     1  64,0 32,30 22,70 34,96 56,99 78,84 72,62 44,56 20,48 6,38
bowl-through-small      1  64,0 42,36 36,78 46,98 60,92 62,78 50,70 30,73 10,80
bowl-overlapping        1  68,0 34,22 16,62 26,93 50,100 76,88 76,66 50,55 22,66 20,88 40,96
bowl-pointed            1  66,0 26,40 14,76 28,98 58,98 78,80 76,66! 16,74
bowl-straight-lid       1  66,0 30,28 14,66 24,94 52,100 78,86 76,62! 18,62
bowl-drooping-lid       .7 68,0 32,26 14,66 26,95 54,100 80,86 74,68 48,66 18,84
spiral                  1  82,10 52,0 20,18 8,58 28,94 64,97 84,74 72,52 46,52 36,72 52,82
two-strokes             1  68,0 34,22 16,62 24,92 48,100 / 16,72 38,55 66,58 78,78 62,96 46,100
b                       1  22,0 22,98 / 22,66 48,54 74,66 76,86 54,99 22,96
b-one-stroke            1  20,0 20,92! 22,68 48,56 74,70 70,92 44,100 20,92
g                       .2 80,8 52,0 20,20 10,60 28,94 58,99 80,82 80,62! 46,64
angular                 1  64,0 14,68! 30,98! 76,98! 78,64! 18,64
triangular-bowl         .4 70,0 14,96! 84,96! 60,58! 26,72
square                  .5 78,2 18,2! 18,98! 80,98! 80,54! 18,54
    # swung up to the right out of the bowl
delta                   .7 78,6 52,0 36,14 18,56 22,90 48,100 74,88 76,64 54,50 30,58 18,72
loop-at-the-top         .5 66,14 76,2 60,4 28,36 14,72 26,96 52,100 76,86 74,66 52,57 18,74
    """,
    # 7
    """
plain                   6  8,2 90,2! 36,100
plain-steep             2  16,2 76,2! 60,100
plain-flat              1  6,4 94,2! 14,100
bar-long                1  2,2 98,2! 58,100
bar-short               1  32,4 78,2! 34,100
bar-rising              2  6,16 88,1! 38,100
bar-falling             1  10,0 90,14! 36,100
bar-wavy                2  6,12 24,1 52,9 88,2! 52,48 36,100
bar-arched              2  6,14 30,3 60,1 90,4! 38,100
bar-sagging             1  8,1 46,9 90,2! 40,100
bar-apart               1  6,3 90,2 / 88,3 40,100
corner-round            2  8,6 50,0 78,3 84,16 62,52 38,100
corner-very-round       1  8,20 26,3 56,0 80,14 76,42 56,72 44,100
stem-curved             3  8,2 88,2! 58,38 43,68 38,100
stem-curved-left        1  8,4 88,2! 74,44 50,80 18,100
stem-bent               1  10,2 86,2! 52,52! 50,100
foot-hooked             1  8,2 88,2! 44,84 42,98 56,97
foot-hooked-left        .7 10,2 84,2! 66,62 48,92 22,98
    # a serif at the left, against the 1 with a flag
serif                   3  10,18 11,2! 90,2! 38,100
serif-slanted           2  6,16 16,2! 90,2! 40,100
serif-curled            1  8,16 16,3 34,6 60,8 90,2! 54,44 38,100
serif-loop              .7 20,14 10,12 12,2 34,4 90,3! 42,100
serif-and-curved-stem   1  10,18 12,2! 88,2! 56,44 42,100
    # Japan's schools teach the first short downstroke
katakana                1  12,34 12,3! 88,3! 76,46 50,100
katakana-steep          .7 14,30 16,2! 84,2! 66,100
    # most of the continent, Latin America, and careful people anywhere
crossed                 6  10,2 88,2! 38,100 / 28,50 80,48
crossed-long            2  14,2 84,2! 44,100 / 8,52 94,48
crossed-short           1  10,2 88,2! 38,100 / 44,48 70,47
crossed-low             2  10,2 88,2! 36,100 / 20,64 72,62
crossed-low-and-long    1  12,2 86,2! 56,44 42,100 / 6,68 86,62
crossed-very-low        1  24,6 56,1 72,6 68,30 60,100 / 14,82 20,73 86,70
crossed-low-curved      1  12,14 34,2 62,3 70,14 58,56 54,100 / 22,78 26,70 74,68
crossed-high            1  10,2 88,2! 38,100 / 42,32 86,30
crossed-slanting        2  10,2 88,2! 38,100 / 32,60 78,40
crossed-falling         1  10,2 88,2! 38,100 / 32,40 78,56
crossed-wavy            1  10,4 88,2! 38,100 / 22,54 38,46 60,54 78,46
crossed-hooked          1  10,4 86,2! 42,100 / 28,60 34,50 80,48
crossed-bar-rising      1  8,16 86,1! 40,100 / 30,54 78,48
crossed-steep           2  18,2 72,2! 58,100 / 32,50 90,48
crossed-serif           3  10,18 11,2! 90,2! 40,100 / 30,50 82,48
crossed-serif-slanted   1  8,18 18,2! 88,2! 42,100 / 26,52 84,46
crossed-wavy-top        2  6,14 24,1 52,9 88,2! 54,46 40,100 / 28,52 80,48
crossed-round           2  10,10 46,0 76,3 82,16 62,52 42,100 / 32,52 82,50
crossed-curved-stem     2  10,2 88,2! 60,38 46,68 42,100 / 32,48 82,48
crossed-tail            1  10,4 86,2! 70,52 46,88 16,100 / 36,54 90,50
crossed-katakana        .7 12,28 12,2! 86,2! 48,100 / 34,52 84,52
    """,
    # 8
    """
from-the-right          5  74,14 50,0 27,12 29,34 50,47 74,66 76,88 50,100 24,88 26,66 50,47 71,34
                           74,14
from-the-right-crossing 3  78,10 52,0 28,10 29,33 52,47 74,67 74,89 50,100 26,89 27,68 48,50 68,32
                           72,8
from-the-right-open     3  82,12 56,0 30,9 29,31 52,46 74,67 73,89 48,100 25,89 28,69 50,50 72,34
                           84,24
open-at-the-top-left    1  16,20 32,36 52,49 74,66 74,89 50,100 26,89 27,67 48,49 70,34 74,12 50,0
                           28,6
open-at-the-top         1  74,6 72,26 50,46 26,68 26,89 50,100 75,88 74,68 50,46 28,28 28,8 52,1
open-wide               1  84,4 56,0 34,10 34,30 54,46 74,66 72,90 46,100 24,90 26,72 52,52 86,28
ribbon                  .4 80,2 60,32 32,62 26,86 48,100 72,86 66,62 38,32 22,4
from-the-middle         2  54,45 72,32 72,10 50,0 28,10 28,32 52,48 75,66 75,89 50,100 25,89 25,67
                           46,52
from-the-left           2  27,14 50,0 74,12 72,33 50,47 26,66 24,88 50,100 76,88 74,66 50,47 29,34
                           27,14
from-the-foot           1  50,100 26,90 27,68 50,48 71,32 70,9 50,0 30,9 29,32 50,48 73,68 74,90
                           50,100
straight-crossing       3  74,16 64,3 40,2 27,16 72,80 62,97 38,98 28,80 74,16
straight-crossing-open  2  80,10 56,0 32,6 30,20 70,74 66,94 44,100 28,90 30,76 84,16
straight-one-way        2  76,10 50,0 27,11 32,34 70,64 72,90 46,100 25,88 30,70 76,12
    # two rings, one on the other
two-rings               3  50,0 30,9 27,26 50,46 73,26 70,9 50,0 / 50,46 26,56 22,76 50,100 78,76
                           74,56 50,46
two-rings-round         2  50,0 33,7 27,23 33,39 50,46 67,39 73,23 67,7 50,0 / 50,46 30,54 22,73
                           30,92 50,100 70,92 78,73 70,54 50,46
two-rings-apart         1  50,0 32,8 27,22 34,38 50,43 66,38 73,22 68,8 50,0 / 50,52 30,58 23,76
                           32,94 50,100 70,94 77,76 70,58 50,52
two-rings-overlapping   1  50,0 28,10 24,30 36,48 50,52 66,47 75,30 70,8 50,0 / 50,44 28,52 20,72
                           30,94 50,100 72,93 80,72 72,52 50,44
two-rings-aslant        1  60,0 40,6 36,26 52,42 72,36 78,14 60,0 / 50,42 26,52 18,78 36,99 62,92
                           74,66 50,42
two-rings-open          2  60,6 40,1 28,14 32,36 52,43 70,34 70,14 58,3 / 54,44 30,52 22,74 34,96
                           60,98 78,80 70,54 48,46
snowman                 1  50,0 36,6 34,24 50,34 66,24 64,6 50,0 / 50,34 22,44 14,68 26,94 50,100
                           74,94 86,68 78,44 50,34
top-heavy               1  50,0 22,10 16,32 28,52 50,58 72,52 84,32 78,10 50,0 / 50,58 32,66 30,86
                           50,100 70,86 68,66 50,58
small-top               2  64,12 50,0 36,10 38,28 54,40 80,62 78,90 48,100 20,89 22,62 48,40 63,28
                           64,12
small-foot              1  80,16 52,0 22,10 20,36 48,58 66,74 64,94 48,100 33,92 36,74 56,56 82,36
                           80,16
narrow                  2  62,14 50,0 38,12 40,34 50,47 62,66 63,88 50,100 37,88 38,66 50,47 61,34
                           62,14
wide                    1  90,16 52,6 10,16 14,36 50,48 90,64 96,84 50,94 4,84 10,64 50,48 86,36
                           90,16
leaning                 1  88,12 70,0 46,8 42,30 50,48 58,70 46,94 24,100 10,86 22,64 52,46 80,30
                           88,12
boxy                    .7 74,4 28,4 26,18 28,46 74,52 76,80 72,98 28,98 24,80 28,52 72,46 76,18
                           74,4
    # begun at the left as an S's mirror, and left open there
open-at-the-left        2  20,36 24,12 48,1 74,10 76,30 54,56 30,82 36,98 56,96 62,80 46,58 26,44
open-at-the-left-wide   1  10,30 36,6 66,2 80,16 66,44 36,76 32,96 52,99 62,82 44,62 12,56
open-at-the-left-small-foot 1  14,22 40,2 70,8 74,28 54,60 40,88 50,100 60,90 52,72 24,52
open-at-the-left-low    1  22,12 44,0 70,8 72,26 50,52 30,80 40,99 62,92 66,72 40,56
    # straight lines only, as an hourglass; mice draw it so
hourglass               .3 22,2 78,2! 22,98! 78,98! 22,2!
diamonds                .7 50,0! 28,24! 72,74! 50,100! 28,76! 72,26! 50,0!
three-and-its-mirror    .5 50,0 73,9 72,34 50,47 76,64 77,89 50,100 / 50,0 27,10 28,35 50,47 24,64
                           24,88 50,100
s-and-a-line-back       1  76,12 50,0 26,12 30,33 68,62 74,84 52,100 28,90! 32,72 76,12
ends-tailed             1  90,0 62,2 32,8 29,31 52,47 74,67 74,89 50,100 26,89 28,67 50,49 70,32
                           66,10 46,4
tailed-from-the-left    1  0,30 34,24 62,24 74,12 58,0 42,8 40,28 58,54 68,80 52,100 34,86 42,60
                           72,26
bar-before              .7 0,36 44,34 78,28 74,6 54,0 38,14 46,40 70,66 72,90 52,100 32,88 44,58
                           80,30
slim-foot               2  80,10 58,0 34,10 36,30 56,56 60,84 46,100 32,88 38,64 62,38 82,16
slim-leaning            2  88,6 64,0 46,12 48,36 52,66 40,94 24,100 18,86 34,62 62,36 90,10
slim-leaning-open       1  84,2 56,6 46,24 52,52 46,86 28,100 22,84 40,58 70,36 92,14
flat-loops              .7 80,10 50,4 22,12 26,28 76,66 82,86 50,96 20,88 24,70 74,30 80,10
sharp-waist             1  72,10 50,0 28,10 28,28 50,48! 76,68 76,90 50,100 24,90 24,68 50,48! 72,28
                           72,10
    """,
    # 9
    """
straight-stem           5  74,18 56,1 30,4 17,24 28,45 54,46 74,20! 70,100
upright-stem            2  76,14 50,0 22,8 14,30 30,49 58,46 76,16! 76,100
stem-leaning            3  82,12 60,0 32,8 22,28 36,44 60,38 82,13! 40,100
stem-leaning-far        1  90,8 62,0 34,10 28,28 46,38 72,28 90,8! 14,100
stem-apart              2  50,0 24,7 14,26 28,47 54,46 72,28 68,6 50,0 / 75,2 72,100
stem-apart-open-bowl    1  72,10 44,0 18,12 18,36 40,48 72,36 / 76,2 72,100
stem-above-the-bowl     1  74,22 52,8 24,14 16,36 32,52 60,46 / 78,0 72,100
stem-bent               1  76,16 54,0 24,6 16,28 32,46 60,40 76,16! 72,60 60,100
tail-curved             4  76,18 56,1 28,4 16,24 28,46 56,46 76,20! 76,58 60,88 24,100
tail-curved-short       1  78,18 56,0 28,4 14,26 28,49 58,48 78,20! 78,60 64,90 44,100
    # a g without its loop
tail-hooked             3  74,16 54,0 28,4 17,23 28,42 54,42 74,18! 76,70 62,96 36,100 16,88
tail-flat               3  74,16 54,0 28,4 17,23 28,42 54,42 74,18! 78,66 70,92 44,98 4,96
tail-flat-far           2  84,14 66,0 42,4 32,22 42,38 64,38 84,16! 86,64 74,90 44,96 0,92
tail-square             2  76,12 54,0 28,6 20,24 32,40 58,36 76,14! 80,92! 8,98
tail-round              2  74,14 54,0 30,6 22,24 34,38 58,34 74,16 86,56 74,90 44,100 10,90
    # the bowl is small and the stem leaves it by a bend
tail-s-round            2  66,14 48,0 28,8 26,26 42,34 60,24 66,14 60,30 76,58 68,88 40,100 10,96
tail-s-flat             1  70,12 50,0 32,8 32,24 48,30 66,20 70,10 62,34 78,62 72,90 46,98 2,98
tail-hooked-bowl-open   1  76,4 48,2 26,16 30,38 54,40 76,20! 80,66 68,92 44,100 12,92
tail-hooked-leaning     1  90,10 66,0 44,12 44,32 64,34 88,14! 82,60 66,90 40,100 10,90
tail-curled             1  76,14 52,0 26,6 18,26 34,42 60,36 76,15! 76,72 58,98 28,97 16,80 30,70
tail-looped             1  74,14 52,0 28,5 20,22 34,38 58,34 74,15! 72,74 52,99 26,92 32,74 86,58
tail-to-the-right       1  74,16 52,0 24,6 16,28 32,46 58,40 74,17! 70,76 76,98 94,90
tail-ticked             1  74,16 52,0 24,6 16,28 32,46 58,40 74,17! 72,98! 92,82
foot                    .7 74,16 52,0 24,6 16,28 32,46 58,40 74,17! 70,98 / 48,99 90,98
    # a six upside down: stem and bowl in one sweep
sweep                   3  26,100 58,82 82,46 80,16 56,0 28,7 19,28 38,44 64,42 81,26
sweep-from-the-bowl     2  72,38 44,44 20,32 26,8 54,0 78,14 82,44 64,80 32,100
sweep-round             1  12,90 44,100 76,80 86,40 76,8 48,0 20,10 14,34 34,54 64,50 85,32
sweep-straight          1  44,100 80,40 82,16 62,1 34,5 24,26 38,42 64,42 82,26
spiral                  1  54,30 64,16 50,4 24,10 18,32 40,46 70,36 80,14! 76,60 64,100
bowl-open               3  68,6 42,1 18,16 20,38 46,47 76,22! 74,60 68,100
bowl-open-wide          2  58,2 30,6 16,26 30,46 58,42 80,8! 74,56 64,100
bowl-big                1  86,28 66,2 28,2 6,30 20,60 56,64 86,32! 84,70 74,100
bowl-small              2  70,12 54,0 36,7 34,22 48,29 66,22 70,12! 66,100
bowl-flat               1  84,12 46,2 8,14 18,30 56,28 86,10! 66,56 56,100
bowl-lying              1  96,6 56,10 20,32 38,40 70,24 96,6! 54,66 26,100
bowl-through-the-stem   1  74,16 52,0 26,6 20,26 38,42 66,36 92,22 / 76,8 70,100
bowl-pointed            1  74,10 20,26! 30,42 56,40 76,6! 68,100
bowl-overshooting       2  66,10 42,0 18,14 20,38 46,44 70,22 84,0! 74,52 66,100
crossing-start          1  88,10 54,0 24,8 18,32 38,46 64,36 78,4! 70,100
knot                    1  76,14 52,0 26,6 20,26 38,40 60,34 74,14 80,4 82,14 76,50 66,100
    # the ring is drawn with the clock, the stem follows from its foot
clockwise               1  70,40 42,46 20,32 22,8 48,0 70,8 76,30 74,60 66,100
angular                 1  78,3 20,5! 16,44! 74,44! / 78,2 74,100
square                  1  76,46 20,46! 20,3! 76,3! 76,100
q                       1  76,4 46,0 18,14 16,38 38,50 70,36 / 77,2 76,92! 92,78
p-mirrored              1  78,2 36,2 16,22 34,46 77,46 / 78,2 77,100
tail-s                  .7 76,16 54,0 26,6 18,28 36,44 62,38 76,17! 64,56 66,82 40,100
    # Turkey and the Balkans: a small head on a tall stem, and a level tail as wide as the digit
tail-level              2  76,18 56,1 28,4 16,24 28,44 56,44 76,20! 82,60 74,92 50,99 8,96
tail-level-small-head   2  70,10 52,0 34,6 30,18 42,28 62,22 70,10! 78,50 80,78 66,96 10,97
tail-level-tiny-head    1  62,8 48,0 34,8 36,22 52,24 62,10 70,40 80,74 66,96 6,95
tail-level-wide-head    1  88,6 42,0 6,12 16,26 54,24 88,8! 82,66 70,95 10,97
tail-level-square       1  76,12 52,0 26,8 24,24 48,30 76,14! 80,96! 6,97
tail-level-head-crossed 1  84,4 56,2 38,12 44,26 62,20 64,6 60,2 72,40 80,74 64,96 12,97
tail-level-two-strokes  1  78,10 52,0 26,10 28,26 54,30 76,14 / 78,6 82,70 66,97 8,96
tail-level-twisted      1  56,10 44,2 36,14 48,25 60,14 50,3 40,14 46,30 66,54 76,78 62,96 10,98
tail-falling-back       1  88,2 58,0 30,10 28,24 50,24 84,4! 60,50 8,100
    """,
)


@cache
def allographs() -> tuple[tuple[int, Template], ...]:
    """Every allograph with its digit, in the order of the tables."""
    return tuple(
        (digit, template) for digit, table in enumerate(TABLES) for template in parse(table)
    )


@cache
def shapes() -> Shapes:
    """The allographs as arrays, in the order of `allographs`."""
    return stack(template for _, template in allographs())


@cache
def shares() -> tuple[Int[np.ndarray, " shapes"], Float[np.ndarray, " shapes"]]:
    """The digit of each allograph, and how often it is drawn: all ten digits as often."""
    digits = np.array([digit for digit, _ in allographs()])
    weights = np.array([template.weight for _, template in allographs()])
    return digits, weights / np.bincount(digits, weights)[digits] / len(TABLES)


@partial(jax.jit, static_argnames="count")
def sample(
    key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT
) -> tuple[Float[Array, "count points 2"], Int[Array, " count"]]:
    """Drawings of digits, normalised to MNIST's frame in pixels, and the digits they show.

    All ten digits are as likely; within a digit, an allograph is as likely as its table says.
    """
    choose, write = jax.random.split(key)
    digits, often = shares()
    chosen = writer.choose(choose, often, count)
    return writer.write(write, shapes(), chosen, hand), jnp.asarray(digits)[chosen]


def sample_images(
    key: Key[Array, ""], count: int, hand: Hand = writer.DEFAULT
) -> tuple[Float[Array, "count 28 28"], Int[Array, " count"]]:
    """Drawings as `sample` makes them, rendered with pens of several widths, and their digits."""
    draw, dip = jax.random.split(key)
    points, labels = sample(draw, count, hand)
    return writer.inked(dip, points, hand), labels


@dataclass(frozen=True)
class Options:
    """A contact sheet of all allographs, each clean and in a few samples."""

    output: Path = Path("allographs.png")
    """The picture to write."""
    samples: int = 8
    """Samples of each allograph."""
    seed: int = 0


def main() -> None:
    """Run the command."""
    from mnist_jax.support import command_line

    command_line.run("handwriting.allographs", Options, _draw_sheet, Options.__doc__ or "")


def _draw_sheet(options: Options) -> None:
    from mnist_jax.handwriting import contact_sheet
    from mnist_jax.support import command_line

    output = contact_sheet.checked(options.output, options.samples)
    names = [f"{digit} {template.name}" for digit, template in allographs()]
    templates = [template for _, template in allographs()]
    key = jax.random.key(command_line.checked_seed(options.seed))
    strips = contact_sheet.strips(names, templates, key, options.samples)
    contact_sheet.save(output, strips)
    print(f"{len(names)} allographs: {options.output}")


if __name__ == "__main__":
    main()
