# Escapes in indented strings. (L9)
[ ''a''\nb''\tc''\rd'' ''''${x}'' ''$${x}'' ''$$'' ''x'''y'' ''''\${x}'' ''\n'' ''''$x'' ''''\'z'' ]
