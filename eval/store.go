package eval

// This file defines where derivations and files go.

import (
	"errors"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// A StoreObject is a derivation, a text, or a copy of a file or folder.
type StoreObject struct {
	Path       string   // in the store
	Text       string   // of a derivation or text file
	Source     string   // of a copy: the path that it is a copy of; "" if it is none
	References []string // paths that it refers to, sorted; must not be modified
}

// Memory is an Options.Store that keeps everything in memory, as long as its
// evaluator lives, and has below that what the world has in the store directory.
// dir is that directory; "" stands for /nix/store.
func Memory(dir string) func(Host) store.Store {
	return MemoryNotify(dir, nil)
}

// MemoryNotify is Memory, and calls added once for each object that an evaluation
// puts into the store: after those that it refers to, and before its path is in a
// value. An error of added ends the evaluation. Several goroutines may call added
// at once; nil is not called.
func MemoryNotify(dir string, added func(StoreObject) error) func(Host) store.Store {
	return func(host Host) store.Store {
		mem := memory.New(store.Disk(storepath.Dir(dir), host))
		if added != nil {
			mem.OnAdd(func(o memory.Object) error {
				return added(StoreObject{Path: o.Path, Text: o.Text, Source: o.Source, References: o.References})
			})
		}
		return mem
	}
}

// storeOf returns the store of opt, on top of what host has.
func storeOf(opt *Options, host world.Host) (store.Store, error) {
	if opt.Store == nil {
		return store.Disk(storepath.Dir(opt.StoreDir), host), nil
	}
	st := opt.Store(host)
	if st == nil {
		return nil, errors.New("eval: Options.Store returned nil: without a store, leave Options.Store nil")
	}
	return guardedStore{st}, nil
}
