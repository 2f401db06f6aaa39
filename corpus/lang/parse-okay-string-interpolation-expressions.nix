# L10: any expression may be interpolated
a: b: "${if a then b else "n"} ${x: x} ${a + b} ${a b} ${assert a; b} ${with a; c}"
