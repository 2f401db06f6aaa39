# L26: defaults see every formal and the @ name
{ a ? b, b ? c, c ? n, d ? x: x, e ? if a then b else c, f ? { inherit a n; } }@n: a
