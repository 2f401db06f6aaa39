# getFlake is there but needs flakes.
builtins.getFlake "github:example/example"
