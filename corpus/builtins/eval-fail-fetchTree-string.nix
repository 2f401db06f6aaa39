# A URL in a string needs flakes too.
builtins.fetchTree "github:example/example"
