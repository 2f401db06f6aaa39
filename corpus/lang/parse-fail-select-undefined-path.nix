# L36: an unknown name in a dynamic path
a: a.b.${c}.d
