package builtins

// This file defines the constants that come from the configuration: the options of the
// evaluator and the store. Each is computed when a program first looks at it, and is the
// same value from then on. Constants of the language itself stand in types.go.

import (
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// constantBuiltins returns the declarations of the constants that options decide, by name.
//
// An Impure one is absent in pure evaluation, so that a program that asks for it fails with
// "attribute 'currentTime' missing" and not with a value that depends on the machine.
// nixPath and storeDir stay: the one is empty then, the other is part of every store path.
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
			// Seconds, cut and not rounded; asked once, so that two looks agree.
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
			// The string has no context: the store directory is no store path.
			Value: func(c *core.Call) (heap.Value, error) { return c.NewString(st.Dir(), 0) },
		},
	}
}

// nixPath returns the value of builtins.nixPath: the search path of the options, in their
// order, or an empty list in pure evaluation. Paths are strings as they were given, without
// context, and need not exist; builtins.findFile warns of those that do not. <x> calls
// findFile with this list unless a program binds __nixPath.
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
