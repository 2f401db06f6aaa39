# Columns count bytes, which moves the caret. (E5)
{ "ä€😀" = "äöü" + 1; }
