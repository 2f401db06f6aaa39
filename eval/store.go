package eval

// This file defines where derivations and files go.

import (
	"github.com/firn-lang/firn/builtins/store"
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
type StoreObject = store.Object

// Memory returns a store that keeps everything in memory, as long as its
// evaluator lives. dir is the store directory; "" stands for /nix/store.
func Memory(dir string) Store { return memory(dir) }

// memory is a Store of which the evaluator does all the work.
type memory string

func (m memory) Dir() string         { return string(m) }
func (memory) Add(StoreObject) error { return nil }
