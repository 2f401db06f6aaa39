# Builtins that take more than one argument, with one.
let
  one = n: builtins.trace (builtins.${n} null) null;
  names = [
    "add" "addErrorContext" "all" "any" "appendContext" "bitAnd" "bitOr" "bitXor" "catAttrs" "compareVersions" "concatMap" "concatStringsSep"
    "deepSeq" "div" "elem" "elemAt" "filter" "filterSource" "findFile" "foldl'" "genList" "getAttr" "groupBy" "hasAttr" "hashFile"
    "hashString" "intersectAttrs" "lessThan" "map" "mapAttrs" "match" "mul" "partition" "removeAttrs" "replaceStrings" "scopedImport"
    "seq" "sort" "split" "sub" "substring" "toFile" "trace" "traceVerbose" "unsafeGetAttrPos" "warn" "zipAttrsWith"
  ];
in
builtins.deepSeq (map one names) (throw "end")
