# L6: no closing quote
"abc
def
