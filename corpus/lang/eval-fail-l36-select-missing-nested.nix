# ... deeper in the path. (L36)
let pkgs = { hello = { meta = { }; }; help = 1; }; in { x = pkgs.hello.meta.description; }
