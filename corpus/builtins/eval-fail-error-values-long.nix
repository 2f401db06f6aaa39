# A value in a message is cut after some elements, attributes, bytes and levels.
let
  v = {
    list = builtins.genList (n: n) 100;
    set = builtins.listToAttrs (builtins.genList (n: { name = "n${toString n}"; value = n; }) 100);
    deep.a.b.c.d.e.f.g.h.i.j.k.l = 1;
    string = builtins.concatStringsSep "" (builtins.genList toString 300);
  };
in
builtins.deepSeq v (builtins.head v)
