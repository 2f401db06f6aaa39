# L21: an interpolated string in inherit
a: { inherit (a) b "c${a}"; }
