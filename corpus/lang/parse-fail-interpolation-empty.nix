# L10: an empty interpolation
"a${}b"
