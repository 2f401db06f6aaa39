# Attributes are forced in the order in which their names became known, not alphabetically.
builtins.path {
  sha256 = builtins.trace "sha256" "";
  recursive = builtins.trace "recursive" true;
  path = builtins.trace "path" (throw "the path");
  name = builtins.trace "name" "n";
  filter = builtins.trace "filter" (p: t: true);
}
