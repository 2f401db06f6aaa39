# L15: lookup paths
[ <nixpkgs> <nixpkgs/lib> <a.b-c_d+e/f/g.nix> <.> <..> <1/2> ]
