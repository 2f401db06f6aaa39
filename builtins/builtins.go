package builtins

// This file defines the list of all builtins.

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// All returns the declarations of all builtins, in the order in which the
// reference defines them: it decides the order of their symbols, which can be
// observed. What they make goes to st, which is also what the evaluator has to
// have as its store. What they remember between calls besides, compiled
// patterns, is bounded and may be used by several goroutines. Callers may add to the list; the
// declarations are not to be modified, since other evaluators have most of them, too.
func All(st *store.View) []*core.Builtin { return With(st, Options{}) }

// Options say what builtins can do besides.
type Options struct {
	// Fetcher is the capability to fetch; nil: only files of the world are fetched.
	Fetcher *fetch.Fetcher
	// OpenCache opens the binary cache at a URL for fetchClosure, and returns it with the keys
	// that paths need a signature of whose names do not follow from their contents; nil keys
	// trust all. The cache stays open. nil: there are none.
	OpenCache func(ctx context.Context, url string) (store.Store, signature.Keys, error)
	// Registries returns where a reference is looked up, limited as for registry.List;
	// nil: nowhere.
	Registries func(ctx context.Context, ref *flakeref.Ref, limited bool) (*registry.List, error)
	// Host has the files that flakes and what is pinned are read from in pure evaluation, which sees no
	// others; nil: the world.
	Host world.Host
	// NamePlaces calls files of trees in messages what they are called where they come
	// from, also those that are in the store to the reference.
	NamePlaces bool
	// Unpinned, if not nil, is called with what is about to be fetched and may be something else the
	// next time: there is no hash of the contents. Several goroutines may call it at once.
	Unpinned func(what string)
	// Native adds the names that the reference has when the setting
	// allow-unsafe-native-code-during-evaluation is on.
	Native bool
}

// With is All, with what opt says.
func With(st *store.View, opt Options) []*core.Builtin {
	own := bound(st, newFetchers(st, opt))
	if opt.Native {
		own = append(own, pointers(nativeBuiltins(st))...)
	}
	return inOrder(own)
}

// bound returns the tables of the files whose builtins know a store or remember something.
func bound(st *store.View, f fetchers) []*core.Builtin {
	return pointers(
		stringBuiltins(), contextBuiltins(st.Paths()), fileBuiltins(st), storeFileBuiltins(st), derivationBuiltins(st),
		fetchBuiltins(f), flakeBuiltins(f), hiddenFlakeBuiltins(f), importBuiltins(st), constantBuiltins(st),
	)
}

// pointers returns the declarations of tables, one after the other.
func pointers(tables ...[]core.Builtin) []*core.Builtin {
	n := 0
	for _, table := range tables {
		n += len(table)
	}
	out := make([]*core.Builtin, 0, n)
	for _, table := range tables {
		for i := range table {
			out = append(out, &table[i])
		}
	}
	return out
}

// pure returns the tables of the other files, in order. All evaluators of a process share them.
var pure = sync.OnceValue(func() []*core.Builtin {
	all := pointers(
		listBuiltins(), attrBuiltins(), numberBuiltins(), typeBuiltins(), controlBuiltins(), versionBuiltins(),
		jsonBuiltins(), tomlBuiltins(), xmlBuiltins(),
	)
	slices.SortStableFunc(all, byOrder)
	return all
})

// inOrder returns the pure declarations and those of own, as the reference has them, with room
// for some more: a new evaluator sorts few of them, and makes none of the others.
func inOrder(own []*core.Builtin) []*core.Builtin {
	slices.SortStableFunc(own, byOrder)
	const more = 16
	all := make([]*core.Builtin, 0, len(pure())+len(own)+more)
	for _, b := range pure() {
		for len(own) > 0 && own[0].Order < b.Order {
			all, own = append(all, own[0]), own[1:]
		}
		all = append(all, b)
	}
	return append(all, own...)
}

// byOrder compares the places of two builtins in the reference.
func byOrder(a, b *core.Builtin) int { return cmp.Compare(a.Order, b.Order) }
