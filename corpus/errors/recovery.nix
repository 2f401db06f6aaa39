# After an error, parsing goes on behind the binding, if that place is certain.
{
  a = ;                             ### "unexpected ';'$"
  b = 1;
  c = [ 1 + ];                      ### "unexpected '\\+'"
  d = { e = f = 1; g = ; };         ### "unexpected '=', expecting ';'" "unexpected ';'"
  h = "${ { i = ; } }";             ### "unexpected ';'"
  j.k l = 1;                        ### "unexpected identifier, expecting '.' or '='"
  inherit 1;                        ### "unexpected integer"
}
---
# The semicolons of with, assert and let are not the binding's.
{
  a = with b c = 1; d;              ### "unexpected '=', expecting ';'"
  e = assert f = 1; g;              ### "unexpected '=', expecting ';'"
  h = let i = ; j = 1; in = 2;      ### "unexpected ';'" "unexpected '='"
  k = ;                             ### "unexpected ';'"
}
---
# A bracket that is never closed: what follows might belong to anything.
{
  a = ( 1;                          ### "unexpected ';', expecting '\\)'"
  b = ;
}
---
# The same with a string.
{
  a = ;                             ### "unexpected ';'"
  b = "${ 1 ; }";                   ### "unexpected ';', expecting '}'"
}
---
# An else that is late belongs to the if before.
{
  a = if b then c;                  ### "unexpected ';', expecting 'else'"
  d = ;                             ### "unexpected ';'"
  e = 1; else 2;
}
---
# Perhaps a pattern, perhaps a set.
{ "a" ? 1 }: a                      ### "unexpected '\\?', expecting '.' or '='"
---
let
  f = = let { body = { }; }; g = ;  ### "unexpected '='" "unexpected ';'"
  h = = let i = { }; in i; j = ;    ### "unexpected '='" "unexpected ';'"
  a = ;                             ### "unexpected ';'"
  b = 1
in a                                ### "unexpected 'in', expecting ';'"
