# L36: an unknown name in the default
a: a.b or c
