package builtins

// This file defines the list of all builtins.

import (
	"cmp"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
)

// All returns the declarations of all builtins, in the order in which the
// reference defines them: it decides the order of their symbols, which can be
// observed. What they make goes to st, which is also what the evaluator has to
// have as its store. What they remember between calls besides, compiled
// patterns, is bounded and may be used by several goroutines.
func All(st *store.View) []core.Builtin { return inOrder(declarations(st)) }

// WithNative is All, and the names that the reference has when the setting
// allow-unsafe-native-code-during-evaluation is on.
func WithNative(st *store.View) []core.Builtin {
	return inOrder(append(declarations(st), nativeBuiltins(st)...))
}

// declarations returns the tables of all files joined.
func declarations(st *store.View) []core.Builtin {
	return slices.Concat(
		listBuiltins(), attrBuiltins(), numberBuiltins(), typeBuiltins(), controlBuiltins(), stringBuiltins(),
		versionBuiltins(), contextBuiltins(st.Paths()), fileBuiltins(st), storeFileBuiltins(st), derivationBuiltins(st), jsonBuiltins(),
		tomlBuiltins(), xmlBuiltins(), fetchBuiltins(st), flakeBuiltins(st), importBuiltins(st), constantBuiltins(st),
	)
}

// inOrder sorts the declarations as the reference has them.
func inOrder(all []core.Builtin) []core.Builtin {
	slices.SortFunc(all, func(a, b core.Builtin) int { return cmp.Compare(a.Order, b.Order) })
	return all
}
