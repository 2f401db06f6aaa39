# L50: comments of both kinds, which do not nest.
/* /* */ throw /**/ "b" # "c"
