# Which functions have names: those bound directly in a set or let, and those curried from them; no default, no element, and none inside another expression. (O2)
let
  direct = x: x;
  parens = (x: x);
  curried = a: b: a;
  inIf = if true then x: x else null;
  inLet = let y = 1; in x: x;
  inWith = with { }; x: x;
  inAssert = assert true; x: x;
  inList = [ (x: x) ];
  inSet.nested = x: x;
  formals = { f ? x: x }: f;
  dynamic = { ${"dyn" + "amic"} = x: x; "quoted name" = x: x; };
  alias = direct;
  t = builtins.trace;
in
t direct (t parens (t (curried 1) (t inIf (t inLet (t inWith (t inAssert (t (builtins.head inList) (t inSet.nested (t (formals { }) (t dynamic.dynamic (t dynamic."quoted name" (t alias (throw "end")))))))))))))
