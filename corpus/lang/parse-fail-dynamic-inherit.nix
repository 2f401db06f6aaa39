# L21: a dynamic name in inherit
a: { inherit ${a}; }
