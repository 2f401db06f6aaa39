# Every attribute but args becomes a string in the environment, by the rules of toString with paths copied to the store.
let
  drv = attrs: (derivationStrict ({ name = "n"; builder = "/b"; system = "s"; } // attrs)).drvPath;
in
{
  none = drv { };
  string = drv { x = "text"; };
  empty = drv { x = ""; };
  int = drv { x = 1; };
  negative = drv { x = -1; };
  float = drv { x = 1.5; };
  true = drv { x = true; };
  false = drv { x = false; };
  null = drv { x = null; };
  list = drv { x = [ 1 "a" null true [ "b" "c" ] ]; };
  emptyList = drv { x = [ ]; };
  path = drv { x = ./files/text.txt; };
  pathInList = drv { x = [ ./files/text.txt ]; };
  pathText = drv { x = toString ./files/text.txt; };
  outPath = drv { x = { outPath = "p"; }; };
  toString = drv { x = { __toString = self: "s"; }; };
  newline = drv { x = "a\nb\tc\rd\"e\\f$g"; };
  utf8 = drv { x = "é"; };
  args = drv { args = [ "a" ]; };
  oddNames = drv { "a b" = 1; "" = 2; "=" = 3; "a.b" = 4; "é" = 5; };
  sameAsEmpty = drv { x = null; } == drv { x = ""; };
  sameAsFalse = drv { x = false; } == drv { x = null; };
  sameAsOne = drv { x = true; } == drv { x = 1; };
}
