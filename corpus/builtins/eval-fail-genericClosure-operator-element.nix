# The elements that the operator returns are forced at once.
builtins.genericClosure {
  startSet = [ { key = 1; } { key = 2; } ];
  operator = x: builtins.trace "operator ${toString x.key}" [ { key = 3; } (throw "forced at once") ];
}
