# host: a file that imports a file that it writes, which is one larger
let text = "f: n: import (builtins.toFile \"q\${toString n}.nix\" f) f (n + 1)"; in import (builtins.toFile "q.nix" text) text 0
