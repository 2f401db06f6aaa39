# Under with, the name is looked up when it is used. (L24, L30)
with { a = 1; }; { inherit b; }
