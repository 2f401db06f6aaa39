# Nor sets. (L16)
"a" + { b = 1; }
