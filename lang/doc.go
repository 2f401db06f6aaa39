// Package lang turns Nix source text into a resolved syntax tree.
//
// The pipeline, each step in the file of that name:
//
//	scanner.go   bytes to tokens
//	lexer.go     tokens in windows, with lambda heads marked
//	grammar.go   the grammar, as participle struct tags, read from top to bottom
//	grammar_gen.go  the tags compiled to Go by gengrammar (go generate)
//	operators.go operators by precedence climbing, from the table in token.go
//	lower.go     productions to nodes: attribute paths merged, '' strings stripped
//	resolve.go   names to (level, slot), to a global, or to a with-lookup
//
// What comes out:
//
//	Tree       one source text: its File, the root Expr, warnings
//	Expr       a node; ast.go lists the types, Walk visits them
//	Pos        4 bytes, an offset in a FileSet; Span, two of them; Position, file:line:column
//	Symbol     an interned name, from a Symbols table
//	ErrorList  everything wrong with the text, the reference's first error first
//
// Call Config.Parse, then Tree.Resolve:
//
//	cfg := lang.NewConfig()
//	tree, err := cfg.Parse("default.nix", src)
//	err = tree.Resolve(lang.NewScope(cfg.Symbols, "true", "false", "null", "builtins"))
//
// A Config, and the FileSet and Symbols in it, may be used by several
// goroutines at once. A Tree may be read by several goroutines once it is
// resolved; Resolve writes to it.
//
// The package imports nothing else of this module and reads no file.
package lang

//go:generate go run ./gengrammar -o grammar_gen.go grammar.go
