package instantiate

// This file defines the store that an evaluation writes to: what is kept in memory while it
// runs, and written when it has come to something.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// A target is a store that is written to, behind one in memory: an evaluation puts everything
// into the memory, and save writes what is wanted of it, in few steps.
type target struct {
	ref    string // as the user named the store, for messages
	store  store.Store
	opened *stores.Opened
	memory *memory.Store // nil until the evaluator has asked for it

	mu    sync.Mutex
	added []string // paths that were put into the memory, and not saved yet
}

// openTarget opens the store that the command line names.
func (p *program) openTarget(ctx context.Context) (*target, error) {
	t := &target{ref: p.Set.Text("store")}
	if p.evalStore != "" {
		t.ref = p.evalStore
	}
	t.opened = stores.New(p.Streams, p.Set, func(text string) { p.Log.Say(dropin.Error, text) }, p.Log.Warn)
	var err error
	t.store, err = t.opened.Open(ctx, t.ref)
	var file *fs.PathError
	if errors.As(err, &file) {
		err = fmt.Errorf("the store cannot be opened: %w\nWith --store DIR, there is a store in a folder of yours; with --dry-run, paths are printed and nothing is written.", err)
	}
	return t, err
}

// close closes the store.
func (t *target) close() error { return t.opened.Close() }

// use makes an evaluator with those options put things into the store.
func (t *target) use(opt *eval.Options) {
	opt.StoreDir = string(t.store.Dir())
	opt.Store = func(host eval.Host) store.Store {
		lower := seen{t.store, t.store.Files()}
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
func (t *target) note(o memory.Object) error {
	if t.store.ReadOnly() {
		if valid, err := t.store.IsValid(context.Background(), o.Path); valid || err != nil {
			return err
		}
		operation := "addToStoreFromDump"
		if isDerivation(o.Path) {
			operation = "writeDerivation"
		}
		base, _, _ := strings.Cut(t.ref, "?")
		return dropin.Failure("operation '%s' is not supported by store '%s'", operation, base)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.added = append(t.added, o.Path)
	return nil
}

func isDerivation(path string) bool { return strings.HasSuffix(path, storepath.DrvExtension) }

// save writes the derivations that were put into the memory, and what they refer to. With
// all it writes everything. What was written before is not looked at again.
func (t *target) save(ctx context.Context, all bool) error {
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
	if t.store.ReadOnly() {
		return nil // it has them
	}
	return t.memory.Save(ctx, t.store, paths)
}
