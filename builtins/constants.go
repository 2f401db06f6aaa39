package builtins

// This file defines the constants that come from the configuration.

import (
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// constantBuiltins returns the declarations of the constants that options decide, by name.
// The evaluator asks for each value once, when a program first looks at it.
func constantBuiltins(st *store.View) []core.Builtin {
	return []core.Builtin{
		{
			Name:   "currentSystem",
			Order:  60,
			Impure: true,
			Doc: `
The system that expressions are evaluated for, such as "x86_64-linux".

	builtins.isString builtins.currentSystem
	=> true
`,
			Value: func(c *core.Call) (heap.Value, error) {
				return c.NewString(c.Evaluator().Options().System, 0)
			},
		},
		{
			Name:   "currentTime",
			Order:  50,
			Impure: true,
			Doc: `
The time of this evaluation, in seconds since the beginning of 1970. It stays the same.

	builtins.currentTime == builtins.currentTime
	=> true
`,
			Value: func(c *core.Call) (heap.Value, error) {
				return c.Heap().NewInt(c.Evaluator().Options().Now().Unix()), nil
			},
		},
		{
			Name:  "nixPath",
			Order: 130,
			Doc: `
The search path: where names in angle brackets are looked up, as a list of sets with prefix
and path.

	builtins.isList builtins.nixPath
	=> true
`,
			Value: nixPath,
		},
		{
			Name:  "storeDir",
			Order: 80,
			Doc: `
The store directory.

	builtins.storeDir
	=> "/nix/store"
`,
			Value: func(c *core.Call) (heap.Value, error) { return c.NewString(st.Dir(), 0) },
		},
	}
}

// nixPath returns the value of builtins.nixPath: the search path of the options, or nothing
// in pure evaluation.
func nixPath(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	var entries []core.SearchPathEntry
	if opt := c.Evaluator().Options(); !opt.Pure {
		entries = opt.SearchPath
	}
	list := h.NewList(len(entries))
	path, prefix := c.Intern("path"), c.Intern("prefix")
	for i, e := range entries {
		h.Elems(list)[i] = heap.Lazy(h.AttrsOf([]heap.Entry{
			{Name: path, Value: heap.Lazy(h.NewString(e.Path, 0))},
			{Name: prefix, Value: heap.Lazy(h.NewString(e.Prefix, 0))},
		}))
	}
	return list, nil
}
