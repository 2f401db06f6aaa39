# L36: parentheses after the dot
a: a.(b)
