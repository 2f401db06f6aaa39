# L14: interpolation in paths
x: [ ./${x} ./${x}/y ./a${x} ./a/${x}.nix ./a/../${x} a/${x}/b /${x} /a/b${x}c/d ~/${x} ~/a/${x}/b ]
