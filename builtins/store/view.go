package store

// This file defines View.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// A View is a store and a world, as evaluations use them: files are copied from
// one to the other, and evaluations see the world with the store in it. A View
// remembers what each derivation contributes to the paths of others. It may be
// used by several goroutines at once.
//
// The budgets of its methods may be nil.
type View struct {
	store  Store
	host   world.Host // with the store in it
	dir    storepath.Dir
	places *places // of trees that were fetched, in host

	mu      sync.RWMutex
	modulos map[string]*drv.Modulo // of derivations, by path
	copies  map[string]string      // what was copied to the store: from, by path in the store
}

// NewView returns a view of s and host.
func NewView(s Store, host world.Host) *View {
	return NewViewThrough(s, host, func(h world.Host) world.Host { return h }, func(s Store) Store { return s })
}

// NewViewThrough is NewView with something between evaluations and what they see, which can record
// it: files stands for the world with the store in it, and then asked for the store.
func NewViewThrough(s Store, host world.Host, files func(world.Host) world.Host, asked func(Store) Store) *View {
	p := &places{}
	seen := files(show(host, s, p))
	return &View{
		store: asked(s), host: seen, dir: s.Dir(), places: p,
		modulos: map[string]*drv.Modulo{}, copies: map[string]string{},
	}
}

// ReadOnlyView returns a view of a world whose store can only be looked at:
// paths of what would be put there are computed, and that is all. Valid is what
// the world has in dir; "" stands for the usual directory.
func ReadOnlyView(dir string, host world.Host) *View {
	return NewView(Disk(storepath.Dir(dir), host), host)
}

// Store returns the store.
func (v *View) Store() Store { return v.store }

// Host returns the world with the store in it.
func (v *View) Host() world.Host { return v.host }

// Dir returns the store directory.
func (v *View) Dir() string { return string(v.dir) }

// Paths returns what makes and reads paths of the store.
func (v *View) Paths() storepath.Dir { return v.dir }

// Sources returns what was copied to the store and kept there: the file or folder
// in the world, by its path in the store.
func (v *View) Sources() map[string]string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return maps.Clone(v.copies)
}

// Retain forgets what is remembered of derivations, but for those whose paths
// alive says are still in use. The store keeps what it has.
func (v *View) Retain(alive func(path string) bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	maps.DeleteFunc(v.modulos, func(path string, _ *drv.Modulo) bool { return !alive(path) })
}

// CopyPath puts the tree at path in the world into the store, and returns its
// path there.
func (v *View) CopyPath(ctx context.Context, path, name string) (string, error) {
	out, _, err := v.Copy(ctx, nil, path, name, Import{Method: storepath.NAR})
	return out, err
}

// An Import says how Copy copies a tree.
type Import struct {
	Method storepath.Method // Flat or NAR
	Filter nar.Filter       // nil lets everything through
	Refs   []string         // paths that the tree refers to, sorted, each once

	Fetched string // see Source.Fetched
}

// Copy puts the file or tree at path in the world into the store, and returns
// its path there and the hash that the path is made of.
func (v *View) Copy(ctx context.Context, b budget.Budget, path, name string, how Import) (string, nixhash.Hash, error) {
	out, h, err := v.store.Add(ctx, Source{
		Name: name, Method: how.Method, References: how.Refs, Budget: b,
		Host: v.host, Path: path, Filter: how.Filter, Fetched: how.Fetched,
	})
	if err != nil || v.store.ReadOnly() || out == path {
		return out, h, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, known := v.copies[out]; !known {
		v.copies[out] = strings.Clone(path)
	}
	return out, h, nil
}

// Foreign is files that are not in the world: a tree, or a file.
type Foreign struct {
	Files  world.Host       // what is at its "/"
	Name   string           // of the path in the store
	Method storepath.Method // Flat for a file, NAR for a tree
	Hash   nixhash.Hash     // by Method; the zero one if it is not known
	Shown  string           // what messages call the tree; "" for its path in the store
	From   string           // what messages call the place that it was fetched from
}

// AddForeign puts files into the store, and returns their path there. The view shows the files
// at the path, whether or not the store keeps them.
func (v *View) AddForeign(ctx context.Context, b budget.Budget, f Foreign) (string, error) {
	out, _, err := v.store.Add(ctx, Source{
		Name: f.Name, Method: f.Method, Host: f.Files, Path: "/", Foreign: true, Fetched: f.From, Hash: f.Hash, Budget: b,
	})
	if err == nil {
		v.places.add(out, place{f.Files, f.Shown})
	}
	return out, err
}

// Shown returns what messages call a path: for a file of a tree that was fetched, that is its
// place where it came from.
func (v *View) Shown(path string) string {
	if v.places.trees.Load() == nil || !strings.HasPrefix(path, string(v.dir)+"/") {
		return path
	}
	top, rest := object(string(v.dir)+"/", path)
	if tree, _ := v.places.get(top); tree.shown != "" {
		return strings.TrimSuffix(tree.shown, "/") + rest
	}
	return path
}

// Hidden returns what programs looked for in trees that users have, and the trees have not: the
// first of them.
func (v *View) Hidden() []*world.HiddenError {
	v.places.mu.Lock()
	defer v.places.mu.Unlock()
	return slices.Clone(v.places.hidden)
}

// Show shows files at a store path, as a tree, whether or not the store has it.
func (v *View) Show(path string, files world.Host) { v.places.add(path, place{files, ""}) }

// AddText puts a text file into the store, and returns its path there. refs are
// the paths that it refers to, sorted, each once.
func (v *View) AddText(ctx context.Context, b budget.Budget, name, contents string, refs []string) (string, error) {
	return v.store.AddText(ctx, Text{Name: name, Contents: contents, References: refs, Budget: b})
}

// AddDerivation computes the paths of d and its outputs, puts it into the store,
// and returns the path of the .drv file. Nothing of d is kept.
func (v *View) AddDerivation(ctx context.Context, b budget.Budget, d *drv.Derivation) (string, error) {
	path, m, err := d.Instantiate(v.dir, v.lookup(ctx, b))
	if err != nil {
		return "", err
	}
	v.mu.RLock()
	known := v.modulos[path] != nil
	v.mu.RUnlock()
	if known {
		return path, nil
	}
	if !v.store.ReadOnly() {
		text, err := d.Text()
		if err != nil {
			return "", err
		}
		_, err = v.store.AddText(ctx, Text{
			Name: d.Name + storepath.DrvExtension, Contents: text, References: d.References(), Path: path, Budget: b,
		})
		if err != nil {
			return "", err
		}
	}
	const size = 200 // of what is remembered of a derivation, in bytes
	if err := budget.Charge(b, size); err != nil {
		return "", err
	}
	v.remember(path, m)
	return path, nil
}

// remember keeps m, and copies its names, which may be the caller's memory.
func (v *View) remember(path string, m *drv.Modulo) {
	for i, name := range m.Outputs {
		if name == "out" {
			m.Outputs[i] = "out"
		} else {
			m.Outputs[i] = strings.Clone(name)
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.modulos[path] = m
}

// lookup returns Modulo as a drv.Lookup.
func (v *View) lookup(ctx context.Context, b budget.Budget) drv.Lookup {
	return func(path string) (*drv.Modulo, error) { return v.Modulo(ctx, b, path) }
}

// Modulo returns what the derivation at path contributes to the hashes of
// others.
func (v *View) Modulo(ctx context.Context, b budget.Budget, path string) (*drv.Modulo, error) {
	v.mu.RLock()
	m := v.modulos[path]
	v.mu.RUnlock()
	if m != nil {
		return m, nil
	}
	d, err := v.Derivation(ctx, b, path)
	if err != nil {
		return nil, err
	}
	if m, err = d.Modulo(v.lookup(ctx, b)); err != nil {
		return nil, err
	}
	v.remember(strings.Clone(path), m)
	return m, nil
}

// Derivation reads the derivation at path.
func (v *View) Derivation(ctx context.Context, b budget.Budget, path string) (*drv.Derivation, error) {
	p, err := v.dir.Parse(path)
	if err != nil {
		return nil, err
	}
	name, err := p.DrvName()
	if err != nil {
		return nil, err
	}
	text, err := world.ReadFile(ctx, v.host, path, world.NoLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &InvalidPathError{Path: strings.Clone(path), Derivation: true}
	} else if err != nil {
		return nil, err
	}
	d, err := drv.ParseWithin(b, v.dir, name, string(text))
	if err != nil {
		return nil, fmt.Errorf("error parsing derivation '%s': %w", path, err)
	}
	return d, nil
}

// Valid reports whether a store path is in the store, or shown at its place.
func (v *View) Valid(ctx context.Context, path string) bool {
	if _, ok := v.places.get(path); ok {
		return true
	}
	valid, err := v.store.IsValid(ctx, path)
	return err == nil && valid
}

// References returns the store paths that a store object refers to, as far as
// that is known, sorted.
func (v *View) References(ctx context.Context, path string) ([]string, error) {
	return v.store.References(ctx, path)
}

// Closure returns path and everything that it refers to, directly or not,
// sorted.
func (v *View) Closure(ctx context.Context, b budget.Budget, path string) ([]string, error) {
	return Closure(ctx, b, v.store, path)
}
