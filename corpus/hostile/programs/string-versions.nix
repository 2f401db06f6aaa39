# memory: a version of a million components, split and compared with itself
let v = builtins.concatStringsSep "." (builtins.genList toString 1000000);
in [ (builtins.compareVersions v (v + ".1")) (builtins.length (builtins.splitVersion v)) ]
