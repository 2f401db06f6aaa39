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
