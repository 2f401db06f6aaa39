# L15: no interpolation in a lookup path
a: b: <a/${b}>
