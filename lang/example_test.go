package lang_test

import (
	"errors"
	"fmt"

	"github.com/firn-lang/firn/lang"
)

func ExampleConfig_Parse() {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("default.nix", `{ lib, ... }: { a.b = lib.id 1; a.c = 2 - 1; }`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tree.Print(lang.PrintOptions{}))
	fmt.Println(tree.Print(lang.PrintOptions{Desugar: true}))
	// Output:
	// ({ lib, ... }: { a = { b = (((lib).id) (1)); c = (2 - 1); }; })
	// ({ lib, ... }: { a = { b = ((lib).id 1); c = (__sub 2 1); }; })
}

func ExampleErrorList() {
	cfg := lang.NewConfig()
	_, err := cfg.Parse("default.nix", "{\n  a = ;\n  b = 1;\n  c = [ 1 + ];\n}\n")
	var list lang.ErrorList
	if errors.As(err, &list) {
		for _, e := range list {
			fmt.Println(e)
		}
		fmt.Print(list[0].Excerpt())
	}
	// Output:
	// default.nix:2:7: syntax error, unexpected ';'
	// default.nix:4:11: syntax error, unexpected '+'
	//             1| {
	//             2|   a = ;
	//              |       ^
	//             3|   b = 1;
}

func ExampleTree_Resolve() {
	cfg := lang.NewConfig()
	globals := lang.NewScope(cfg.Symbols, "builtins")
	tree, err := cfg.Parse("default.nix", "x: with x; y: [ x y z builtins ]")
	if err == nil {
		err = tree.Resolve(globals)
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	lang.Walk(tree.Root, func(x lang.Expr) bool {
		if v, ok := x.(*lang.Var); ok {
			fmt.Println(cfg.Symbols.Name(v.Name), v.Ref.Kind() == lang.RefLexical, v.Ref.Level(), v.Ref.Slot)
		}
		return true
	})
	// Output:
	// x true 0 0
	// x true 2 0
	// y true 0 0
	// z false 1 0
	// builtins false 0 0
}

// From a variable to where it is bound, as an editor jumps to a definition.
func ExampleBindingOf() {
	cfg := lang.NewConfig()
	tree, err := cfg.Parse("default.nix", `{ pkgs, port ? 80 }:
let host = "localhost";
in { inherit host; url = "http://${host}:${toString port}"; tools = with pkgs; [ curl ]; }`)
	if err == nil {
		err = tree.Resolve(lang.NewScope(cfg.Symbols, "toString"))
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	lang.Traverse(tree.Root, func(x lang.Expr, parents []lang.Expr) bool {
		if v, ok := x.(*lang.Var); ok {
			name, at := cfg.Symbols.Name(v.Name), tree.File.Position(v.At)
			if b, ok := lang.BindingOf(v, parents); ok {
				fmt.Printf("%d:%d: %s is bound at %v by a %T\n", at.Line, at.Column, name, tree.File.Position(b.Pos), b.Scope)
			} else {
				fmt.Printf("%d:%d: %s is a global\n", at.Line, at.Column, name)
			}
		}
		return true
	}, nil)
	// Output:
	// 3:14: host is bound at default.nix:2:5 by a *lang.Let
	// 3:36: host is bound at default.nix:2:5 by a *lang.Let
	// 3:44: toString is a global
	// 3:53: port is bound at default.nix:1:9 by a *lang.Lambda
	// 3:74: pkgs is bound at default.nix:1:3 by a *lang.Lambda
	// 3:82: curl is bound at default.nix:3:69 by a *lang.With
}
