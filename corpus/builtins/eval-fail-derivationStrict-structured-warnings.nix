# With __structuredAttrs some attributes have no effect, and a warning says so.
builtins.seq
  (derivationStrict {
    name = "n";
    builder = "/b";
    system = "s";
    __structuredAttrs = true;
    allowedReferences = [ ];
    allowedRequisites = [ ];
    disallowedReferences = [ ];
    disallowedRequisites = [ ];
    maxSize = 1;
    maxClosureSize = 1;
  }) (throw "end")
