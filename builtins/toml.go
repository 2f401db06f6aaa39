package builtins

// This file defines builtins.fromTOML.
// Package tomltext decodes; the values are made by the valueBuilder of json.go.

import (
	"github.com/firn-lang/firn/builtins/text/tomltext"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// tomlBuiltins returns the declaration of fromTOML.
func tomlBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:   "fromTOML",
			Order:  1190,
			Global: "fromTOML",
			Args:   []string{"e"},
			Doc: `
The value that the TOML text e stands for. Tables become sets.

	builtins.fromTOML "x = 1\n[table]\ny = [ 2.5, true ]"
	=> { table = { y = [ 2.5 true ]; }; x = 1; }
`,
			Impl: fromTOML,
		},
	}
}

// fromTOML is builtins.fromTOML. The text must not have a context. Everything is decoded at
// once: a fault anywhere is an error of the call. Dates and times are errors, unless the
// experimental feature parse-toml-timestamps is on.
func fromTOML(c *core.Call) (heap.Value, error) {
	text, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	b := newValueBuilder(c)
	opts := tomltext.Options{Timestamps: c.Enabled("parse-toml-timestamps"), Budget: c}
	if err := tomltext.Decode(text, opts, b); err != nil {
		return 0, err
	}
	return b.result(), nil
}
