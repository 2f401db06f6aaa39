# L36: two defaults
a: a.b or 1 or 2
