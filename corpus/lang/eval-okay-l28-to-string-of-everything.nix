# toString takes what interpolation refuses: numbers, Booleans, null, lists. (L28)
map toString [ 1 (-1) 1.5 true false null [ ] [ 1 2 ] [ [ 1 ] [ ] 2 ] [ true false null 1 ] [ [ ] [ ] ] [ [ [ ] ] 1 ] [ "a" [ "b" [ "c" ] ] ] [ "" "" ] ./x { __toString = _: "t"; } [ { outPath = 1; } ./y ] [ null ] [ [ null ] null ] ]
