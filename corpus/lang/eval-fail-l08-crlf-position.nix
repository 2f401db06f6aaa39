# Lines that end in CR LF count once, and show without CR. (L8)
let
  x = 1;
in
  x + "a"
