# Other than in toString, __toString must give a string.
"${ { __toString = self: 1; } }"
