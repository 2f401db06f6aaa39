# time: fromTOML of an array of tables with tables in it
let rows = builtins.genList (i: "[[a]]\n[[a.b]]\n[a.b.c]\nx = ${toString i}\n") 200000; in builtins.length (builtins.fromTOML (builtins.concatStringsSep "" rows)).a
