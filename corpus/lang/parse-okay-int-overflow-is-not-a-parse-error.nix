# L3: arithmetic is not evaluated by the parser
[ (9223372036854775807 + 1) (-9223372036854775807 - 2) (1 / 0) ]
