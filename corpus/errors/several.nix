# Errors that need no recovery are all reported.
{
  a = 1;
  a = 2;                            ### "attribute 'a' already defined at a.nix:3:3"
  b.c = 1;
  b.c.d = 2;                        ### "attribute 'b.c' already defined at a.nix:5:3"
  e = 9223372036854775808;          ### "invalid integer '9223372036854775808'"
  f = 1.0e999;                      ### "invalid float '1.0e999'"
  g = { h, i, h }: 1;               ### "duplicate formal function argument 'h'"
  j = k@{ k }: 1;                   ### "duplicate formal function argument 'k'"
  inherit ({ }) ${"a" + "b"};       ### "dynamic attributes not allowed in inherit"
  l = let ${"m" + "n"} = 1; in 1;   ### "dynamic attributes not allowed in let"
}
---
# Undefined variables are looked for when all else is well, and named once.
rec {
  a = b;
  b = c d c;                        ### "undefined variable 'c'" "undefined variable 'd'"
  e = with a; anything;
  f = { g ? h, h }: g i;            ### "undefined variable 'i'"
  inherit j;                        ### "undefined variable 'j'"
  k = let inherit (l) m; in n;      ### "undefined variable 'l'" "undefined variable 'n'"
}
