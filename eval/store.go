package eval

// This file defines where derivations and files go.

import (
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// A Store is told of what evaluations put into the store.
type Store interface {
	// Dir returns the store directory; "" stands for /nix/store.
	Dir() string
	// Add is called once for each object, after those that it refers to and
	// before its path is in a value. An error ends the evaluation. It may be
	// called by several goroutines at once.
	Add(StoreObject) error
}

// A StoreObject is a derivation, a text, or a copy of a file or folder.
type StoreObject struct {
	Path       string   // in the store
	Text       string   // of a derivation or text file
	Source     string   // of a copy: the path that it is a copy of; "" if it is none
	References []string // paths that it refers to, sorted; must not be modified
}

// storeView returns what evaluations use of st and host. dir is the store
// directory if st is nil.
func storeView(st Store, dir string, host world.Host) *store.View {
	if st == nil {
		return store.ReadOnlyView(dir, host)
	}
	mem := memory.New(store.Disk(storepath.Dir(st.Dir()), host))
	mem.OnAdd(func(o memory.Object) error { return st.Add(StoreObject(o)) })
	return store.NewView(mem, host)
}

// Memory returns a store that keeps everything in memory, as long as its
// evaluator lives. dir is the store directory; "" stands for /nix/store.
func Memory(dir string) Store { return inMemory(dir) }

// inMemory is a Store of which the evaluator does all the work.
type inMemory string

func (m inMemory) Dir() string         { return string(m) }
func (inMemory) Add(StoreObject) error { return nil }
