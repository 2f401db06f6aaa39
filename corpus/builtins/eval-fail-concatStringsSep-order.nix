# The separator is forced first, then the list, then the elements in order.
builtins.concatStringsSep (builtins.trace "separator" ",") (
  builtins.trace "list" [ (builtins.trace "one" "1") (throw "two") ]
)
