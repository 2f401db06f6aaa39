# memory: a separator of a kilobyte between ten million empty strings
let sep = builtins.concatStringsSep "" (builtins.genList (_: "0123456789abcdef") 64);
in builtins.stringLength (builtins.concatStringsSep sep (builtins.genList (_: "") 10000000))
