# L10: an unknown name in a string
"a${b}c"
