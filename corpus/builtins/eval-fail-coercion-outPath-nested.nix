# An outPath that is no string in the end.
"${ { outPath = { outPath = 1; }; } }"
