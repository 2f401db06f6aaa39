package builtins

// This file defines the builtins about types, and the constants of the language.
//
// A type of the language is one kind of the heap or several: an integer may fit into the
// header of its object or not, a set may be layered, a function may be applied in part.
// No builtin here lets that be seen. All of them force their argument to weak head normal
// form and nothing in it (eval-okay-typeOf-laziness in corpus/builtins), look at the kind,
// and have no error of their own: one of the argument passes without a frame for it.

import (
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// The version of the reference whose builtins these are. Programs choose between ways to
// do something by it, so it must not be newer than what the builtins can.
const (
	NixVersion  = "2.34.8" // builtins.nixVersion
	LangVersion = 6        // builtins.langVersion, which the reference does not raise for every new syntax
)

// typeBuiltins returns the declarations of the builtins about types, by name, and of the
// constants that the language has: true, false, null and the versions.
//
// true, false and null are attributes of builtins and global names, no keywords: a program
// may bind them anew (let true = 1; in true is 1).
//
// Each test is a function of its own rather than a comparison with typeOf, since programs
// call isAttrs, isList and isString more often than most builtins: no name is made.
func typeBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "isAttrs",
			Order: 610,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e a set?

	builtins.isAttrs { }
	=> true
`,
			Impl: isA(heap.Kind.IsAttrs),
		},
		{
			Name:  "isBool",
			Order: 220,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e true or false?

	builtins.isBool false
	=> true
`,
			Impl: isKind(heap.Bool),
		},
		{
			Name:  "isFloat",
			Order: 200,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e a floating-point number?

	[ (builtins.isFloat 1.0) (builtins.isFloat 1) ]
	=> [ true false ]
`,
			Impl: isKind(heap.Float),
		},
		{
			Name:  "isFunction",
			Order: 180,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e a function? A set that can be called, since it has an attribute __functor, is not one.

	builtins.isFunction (x: x)
	=> true

	builtins.isFunction { __functor = self: x: x; }
	=> false
`,
			Impl: isA(heap.Kind.IsFunction),
		},
		{
			Name:  "isInt",
			Order: 190,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e an integer?

	[ (builtins.isInt 1) (builtins.isInt 1.0) ]
	=> [ true false ]
`,
			Impl: isA(heap.Kind.IsInt),
		},
		{
			Name:  "isList",
			Order: 690,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e a list?

	builtins.isList [ 1 ]
	=> true
`,
			Impl: isKind(heap.List),
		},
		{
			Name:   "isNull",
			Order:  170,
			Early:  1,
			Args:   []string{"e"},
			Global: "isNull",
			Doc: `
Is e null? This is the same as e == null.

	isNull null
	=> true
`,
			Impl: isKind(heap.Null),
		},
		{
			Name:  "isPath",
			Order: 230,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e a path? A string never is.

	[ (builtins.isPath /a) (builtins.isPath "/a") ]
	=> [ true false ]
`,
			Impl: isKind(heap.Path),
		},
		{
			Name:  "isString",
			Order: 210,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
Is e a string?

	builtins.isString "a"
	=> true
`,
			Impl: isKind(heap.String),
		},
		{
			Name:  "typeOf",
			Order: 160,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
The name of the type of e: "int", "float", "bool", "string", "path", "null", "set", "list" or "lambda", which is any
function.

	map builtins.typeOf [ 1 "a" /a { } builtins.map ]
	=> [ "int" "string" "path" "set" "lambda" ]
`,
			Impl: typeOf,
		},
		{
			Name:   "true",
			Order:  20,
			Global: "true",
			Doc: `
The Boolean that says yes.

	1 < 2
	=> true
`,
			Value: func(c *core.Call) (heap.Value, error) { return heap.True, nil },
		},
		{
			Name:   "false",
			Order:  30,
			Global: "false",
			Doc: `
The Boolean that says no.

	2 < 1
	=> false
`,
			Value: func(c *core.Call) (heap.Value, error) { return heap.False, nil },
		},
		{
			Name:   "null",
			Order:  40,
			Global: "null",
			Doc: `
The value that stands for nothing.

	builtins.typeOf null
	=> "null"
`,
			Value: func(c *core.Call) (heap.Value, error) { return heap.NullValue, nil },
		},
		{
			Name:  "langVersion",
			Order: 90,
			Doc: `
The version of the language, which grows when there is new syntax.

	builtins.langVersion
	=> 6
`,
			Value: func(c *core.Call) (heap.Value, error) { return c.Heap().NewInt(LangVersion), nil },
		},
		{
			Name:  "nixVersion",
			Order: 70,
			Doc: `
The version of Nix.

	builtins.compareVersions builtins.nixVersion "2.34" >= 0
	=> true
`,
			Value: func(c *core.Call) (heap.Value, error) { return c.Heap().NewString(NixVersion, 0), nil },
		},
	}
}

// isKind returns the builtin that tests for a type with one kind of the heap. An argument
// that cannot be evaluated is an error, not false.
func isKind(want heap.Kind) func(c *core.Call) (heap.Value, error) {
	return func(c *core.Call) (heap.Value, error) {
		v, err := c.Arg(0).Value()
		if err != nil {
			return 0, err
		}
		return heap.NewBool(c.Heap().KindOf(v) == want), nil
	}
}

// isA returns the builtin that tests for a type with several kinds of the heap, which test
// knows; otherwise as isKind, which needs no call for that.
func isA(test func(heap.Kind) bool) func(c *core.Call) (heap.Value, error) {
	return func(c *core.Call) (heap.Value, error) {
		v, err := c.Arg(0).Value()
		if err != nil {
			return 0, err
		}
		return heap.NewBool(test(c.Heap().KindOf(v))), nil
	}
}

// typeOf is builtins.typeOf. A set with an attribute __functor is a "set", and one that
// coerces to a string, too: the type never depends on what is in a value.
func typeOf(c *core.Call) (heap.Value, error) {
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	return c.Heap().NewString(typeName(c.Heap().KindOf(v)), 0), nil
}

// typeName returns the name that the type of a kind has for programs. Messages have others,
// with an article ("a set"), and tell functions apart ("the built-in function 'map'"):
// core.TypeName. Only values have a type; k must not be that of a thunk.
func typeName(k heap.Kind) string {
	switch {
	case k.IsInt():
		return "int"
	case k.IsFunction():
		return "lambda"
	case k.IsAttrs():
		return "set"
	}
	switch k {
	case heap.Null:
		return "null"
	case heap.Bool:
		return "bool"
	case heap.Float:
		return "float"
	case heap.String:
		return "string"
	case heap.Path:
		return "path"
	case heap.List:
		return "list"
	}
	return "external" // values of the program that embeds the evaluator; Nix has them for plugins
}
