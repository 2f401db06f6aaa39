# L61: an integer is not interpolated.
"${1}"
