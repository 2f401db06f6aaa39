# L38: ? wants an attribute path
a: a ? 1
