# Nor may the name in a selection.
{ a = 1; }.${"${./files/text.txt}"}
