package stores

// This file defines Target: what an evaluation puts into a store is kept in memory while it
// runs, and written when it has come to something.

import (
	"context"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// A Target is a store that an evaluation writes to, behind one in memory: the evaluation puts
// everything into the memory, and Save writes what is wanted of it, in few steps.
type Target struct {
	Store store.Store

	ref    string        // as the user named the store, for messages
	memory *memory.Store // nil until an evaluator has asked for it

	mu    sync.Mutex
	added []string // paths that were put into the memory, and are not saved yet
}

// NewTarget returns a Target for the store of a reference. It is for one evaluator.
func NewTarget(s store.Store, ref string) *Target { return &Target{Store: s, ref: ref} }

// Use makes an evaluator with those options put things into the store.
func (t *Target) Use(opt *eval.Options) {
	opt.StoreDir = string(t.Store.Dir())
	opt.Store = func(host eval.Host) store.Store {
		lower := seen{t.Store, t.Store.Files()}
		switch {
		case lower.files == nil:
			lower.files = host // of archives, the world may have the files
		case opt.Allowed != nil:
			lower.files = world.Restrict(lower.files, opt.Restriction, opt.Allowed...)
		}
		t.memory = memory.New(lower)
		t.memory.OnAdd(t.note)
		return t.memory
	}
}

// seen is a store of which an evaluation sees the files that it may see.
type seen struct {
	store.Store
	files world.Host
}

// Files implements store.Store.
func (s seen) Files() world.Host { return s.files }

// note remembers what was put into the memory. Where a store keeps nothing that is an error,
// unless the store has it.
func (t *Target) note(o memory.Object) error {
	if t.Store.ReadOnly() {
		if valid, err := t.Store.IsValid(context.Background(), o.Path); valid || err != nil {
			return err
		}
		operation := "addToStoreFromDump"
		if isDerivation(o.Path) {
			operation = "writeDerivation"
		}
		base, _, _ := strings.Cut(t.ref, "?")
		return &settings.Message{Format: "operation '%s' is not supported by store '%s'", Args: []any{operation, base}}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.added = append(t.added, o.Path)
	return nil
}

func isDerivation(path string) bool { return strings.HasSuffix(path, storepath.DrvExtension) }

// Save writes the derivations that the evaluation has made, and what they refer to; with all
// it writes everything. What was written before is not looked at again.
func (t *Target) Save(ctx context.Context, all bool) error {
	t.mu.Lock()
	var paths, left []string
	for _, path := range t.added {
		if all || isDerivation(path) {
			paths = append(paths, path)
		} else {
			left = append(left, path)
		}
	}
	t.added = left
	t.mu.Unlock()
	if t.Store.ReadOnly() || len(paths) == 0 {
		return nil // a store that cannot be written to has them
	}
	return t.memory.Save(ctx, t.Store, paths)
}
