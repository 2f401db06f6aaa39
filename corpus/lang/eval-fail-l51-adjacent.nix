# L51: tokens need no space between them.
[1"2"(throw"3")4]
