# Negation is subtraction from zero. (L32, L33)
-"a"
