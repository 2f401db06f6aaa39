# The rec that is merged into a plain set sees no names of its own. (L18)
{ a = { b = 1; }; a = rec { x = 1; c = x; }; }
