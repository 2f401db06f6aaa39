# appendContext adds to the context that is there.
let
  drv = "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n.drv";
  src = "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n";
  get = c: builtins.getContext (builtins.appendContext "s" c);
in
{
  empty = get { };
  path = get { ${src} = { path = true; }; };
  pathFalse = get { ${src} = { path = false; allOutputs = false; outputs = [ ]; }; };
  nothing = get { ${src} = { }; };
  deep = get { ${drv} = { allOutputs = true; }; };
  outputs = get { ${drv} = { outputs = [ "out" "dev" "out" ]; }; };
  all = get { ${drv} = { outputs = [ "out" ]; allOutputs = true; path = true; }; };
  unknown = get { ${src} = { path = true; other = throw "not reached"; }; };
  text = builtins.appendContext "the text" { ${src} = { path = true; }; };
  added = builtins.getContext (builtins.appendContext "${./files/text.txt}" { ${src} = { path = true; }; });
  roundTrip =
    let
      s = "${./files/text.txt}";
    in
    builtins.getContext (builtins.appendContext "x" (builtins.getContext s)) == builtins.getContext s;
  partial = builtins.appendContext "s";
}
