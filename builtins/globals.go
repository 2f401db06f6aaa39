package builtins

// This file defines the global names.

import (
	"slices"

	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
)

// GlobalNames returns the names that every expression can use without
// builtins in front, when no experimental feature is on, sorted.
func GlobalNames() []string {
	names := []string{"builtins"}
	for _, b := range All(memory.View("", nil)) {
		if b.Experimental == "" && !b.Hidden {
			names = append(names, globalName(b))
		}
	}
	slices.Sort(names)
	return names
}

// globalName returns the name that b has outside of builtins.
func globalName(b *core.Builtin) string {
	if b.Global != "" {
		return b.Global
	}
	return "__" + b.Name
}
