# Builtins that go through many elements do so without deep recursion.
let
  n = 20000;
  l = builtins.genList (i: i) n;
in
{
  foldl = builtins.foldl' builtins.add 0 l;
  map = builtins.foldl' builtins.add 0 (map (x: x * 2) l);
  filter = builtins.length (builtins.filter (x: builtins.bitAnd x 1 == 0) l);
  concatLists = builtins.length (builtins.concatLists (map (x: [ x x ]) l));
  concatMap = builtins.length (builtins.concatMap (x: [ x x ]) l);
  sort = builtins.head (builtins.sort (a: b: a > b) l);
  listToAttrs = builtins.length (builtins.attrNames (builtins.listToAttrs (map (x: { name = toString x; value = x; }) l)));
  groupBy = builtins.length (builtins.groupBy (x: toString (builtins.bitAnd x 3)) l)."3";
  partition = builtins.length (builtins.partition (x: x < 100) l).wrong;
  closure = builtins.length (builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: if x.key < 3000 then [ { key = x.key + 1; } ] else [ ]; });
  concat = builtins.stringLength (builtins.concatStringsSep "," (map toString l));
  replace = builtins.stringLength (builtins.replaceStrings [ "1" "," ] [ "one" "" ] (builtins.concatStringsSep "," (map toString l)));
  split = builtins.length (builtins.split "," (builtins.concatStringsSep "," (map toString l)));
  json = builtins.fromJSON (builtins.toJSON l) == l;
  all = builtins.all (x: x >= 0) l;
  elem = builtins.elem (-1) l;
  deepSeq = builtins.deepSeq l true;
  equal = l == builtins.genList (i: i) n;
  hash = builtins.hashString "sha256" (builtins.toJSON l);
}
