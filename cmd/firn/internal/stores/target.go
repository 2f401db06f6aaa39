package stores

// This file defines Target: what an evaluation puts into a store is kept in memory while it
// runs, and written when it has come to something.

import (
	"context"
	"errors"
	"slices"
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
	// Fetched makes Save write what was fetched, whatever refers to it.
	Fetched bool
	// Copying is called with what messages call a tree before it is copied to the store; nil if it is not told.
	Copying func(from string)

	ref    string        // as the user named the store, for messages
	memory *memory.Store // nil until an evaluator has asked for it

	mu      sync.Mutex
	added   []string          // paths that were put into the memory, and are not saved yet
	fetched map[string]string // where those of added that were fetched come from
}

// NewTarget returns a Target for the store of a reference. It is for one evaluator.
func NewTarget(s store.Store, ref string) *Target { return &Target{Store: s, ref: ref} }

// Use makes an evaluator with those options put things into the store.
func (t *Target) Use(opt *eval.Options) {
	opt.StoreDir = string(t.Store.Dir())
	opt.Store = func(host eval.Host) store.Store {
		var lower store.Store
		switch files := t.Store.Files(); {
		case files == nil:
			lower = seen{t.Store, host} // of archives, the world may have the files
		case opt.Allowed != nil:
			lower = newShown(t.Store, files, opt.Restriction, opt.Allowed)
		default:
			lower = seen{t.Store, files}
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

// A shown is a store of which an evaluation sees the files below allowed paths, and those of
// objects that it has put into the store itself, which may have been there before.
type shown struct {
	store.Store
	all, some world.Host // all files, and those below allowed paths

	mu  sync.RWMutex
	own map[string]bool // store paths that the evaluation has put there
}

func newShown(s store.Store, files world.Host, mode string, allowed []string) *shown {
	return &shown{Store: s, all: files, some: world.Restrict(files, mode, allowed...), own: map[string]bool{}}
}

// AddTempRoot implements store.Store. The memory in front calls it with each path that is to be
// in the store from then on.
func (s *shown) AddTempRoot(ctx context.Context, path string) error {
	s.mu.Lock()
	s.own[strings.Clone(path)] = true
	s.mu.Unlock()
	return s.Store.AddTempRoot(ctx, path)
}

// Files implements store.Store.
func (s *shown) Files() world.Host { return shownFiles{s} }

// shownFiles are the files of a shown.
type shownFiles struct{ s *shown }

// at returns the world in which a path is looked at.
func (f shownFiles) at(path string) world.Host {
	dir := string(f.s.Dir()) + "/"
	base, ok := strings.CutPrefix(path, dir)
	if !ok {
		return f.s.some
	}
	base, _, _ = strings.Cut(base, "/")
	f.s.mu.RLock()
	defer f.s.mu.RUnlock()
	if f.s.own[path[:len(dir)+len(base)]] {
		return f.s.all
	}
	return f.s.some
}

func (f shownFiles) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	return f.at(path).Lstat(ctx, path)
}

func (f shownFiles) Open(ctx context.Context, path string) (world.File, error) {
	return f.at(path).Open(ctx, path)
}

func (f shownFiles) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	return f.at(path).ReadDir(ctx, path)
}

func (f shownFiles) ReadLink(ctx context.Context, path string) (string, error) {
	return f.at(path).ReadLink(ctx, path)
}

func (f shownFiles) Getenv(ctx context.Context, name string) string {
	return f.s.some.Getenv(ctx, name)
}

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
	if o.Fetched != "" {
		if t.fetched == nil {
			t.fetched = map[string]string{}
		}
		t.fetched[o.Path] = o.Fetched
	}
	return nil
}

func isDerivation(path string) bool { return strings.HasSuffix(path, storepath.DrvExtension) }

// Save writes the derivations that the evaluation has made, and what they refer to; with all
// it writes everything. What was written before is not looked at again.
func (t *Target) Save(ctx context.Context, all bool) error {
	return t.save(ctx, func(path string) bool { return all || isDerivation(path) })
}

// SaveFetched writes what was fetched: it stays if an evaluation fails.
func (t *Target) SaveFetched(ctx context.Context) error {
	return t.save(ctx, func(string) bool { return false })
}

// SavePaths is Save of derivations, and of paths that an evaluation has come to.
func (t *Target) SavePaths(ctx context.Context, wanted ...string) error {
	return t.save(ctx, func(path string) bool { return isDerivation(path) || slices.Contains(wanted, path) })
}

// SaveMentioned is Save of derivations, and of paths that were printed.
func (t *Target) SaveMentioned(ctx context.Context, m *Mentions) error {
	return t.save(ctx, func(path string) bool { return isDerivation(path) || m.has(path) })
}

// save writes what is wanted of the paths that were not written before.
func (t *Target) save(ctx context.Context, wanted func(path string) bool) error {
	t.mu.Lock()
	var paths, left []string
	var fetched []string
	for _, path := range t.added {
		if wanted(path) {
			paths = append(paths, path)
		} else if _, ok := t.fetched[path]; ok && t.Fetched {
			fetched = append(fetched, path)
		} else {
			left = append(left, path)
		}
	}
	t.added = left
	t.mu.Unlock()
	if t.Store.ReadOnly() {
		return nil // a store that cannot be written to has them
	}
	for _, path := range append(paths[:len(paths):len(paths)], fetched...) {
		if from, ok := t.fetched[path]; ok && t.Copying != nil {
			t.Copying(from)
		}
	}
	if len(paths) > 0 {
		if err := t.memory.Save(ctx, t.Store, paths); err != nil {
			return err
		}
	}
	for _, path := range fetched {
		// Folders of this machine may have changed since: a flake does when its lock file is written.
		var changed *store.ChangedError
		if err := t.memory.Save(ctx, t.Store, []string{path}); err != nil && !errors.As(err, &changed) {
			return err
		}
	}
	return nil
}
