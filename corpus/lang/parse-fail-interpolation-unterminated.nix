# L10: an interpolation without its brace
"a${b"
