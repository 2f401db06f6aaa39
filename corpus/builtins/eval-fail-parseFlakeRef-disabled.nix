# parseFlakeRef is there but needs flakes.
builtins.parseFlakeRef "github:example/example"
