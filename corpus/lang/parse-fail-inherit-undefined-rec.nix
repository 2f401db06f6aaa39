# L24: so does rec
rec { inherit a; }
