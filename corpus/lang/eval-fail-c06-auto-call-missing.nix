# An argument without value and default. (C6)
{ x, y }: x
