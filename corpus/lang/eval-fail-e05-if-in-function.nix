# Frames with conditions inside calls. (E5)
let
  check = v: if v.enable then "on" else "off";
in
map check [ { enable = true; } { enable = "yes"; } ]
