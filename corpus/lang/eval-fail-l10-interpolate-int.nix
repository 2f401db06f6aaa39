# Integers are not interpolated. (L10, L61)
"a${1}"
