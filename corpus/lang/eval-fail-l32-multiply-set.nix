# * needs numbers. (L32)
{ a = 1; } * 2
