# L54: import is an ordinary function
[ (import ./.) (import ./a.nix { }) (import <a> { inherit (import ./b) c; }) (scopedImport { } ./c) ]
