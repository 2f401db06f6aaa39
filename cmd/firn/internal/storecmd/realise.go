package storecmd

// This file defines how commands make paths and outputs of derivations valid.

import (
	"context"
	"io"
	"maps"
	"slices"

	"github.com/firn-lang/firn/builtins/build/buildenv"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval/world"
)

// Announce says what would have to be built or fetched for targets to be valid.
func (e *Env) Announce(ctx context.Context, s store.Store, targets []store.Target) error {
	m, err := e.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	return e.PrintMissing(ctx, s, m)
}

// Build makes targets valid, and says nothing of what it is about to do.
func (e *Env) Build(ctx context.Context, s store.Store, targets []store.Target) error {
	m, err := e.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	if len(m.Build) == 1 && len(m.Fetch) == 0 && len(m.Unknown) == 0 {
		drvPath := m.Build[0]
		d, err := store.ReadDerivation(ctx, s, drvPath)
		if err != nil {
			return err
		}
		if d.Builder == "builtin:buildenv" {
			return e.buildEnvironment(ctx, s, drvPath, d)
		}
	}
	return e.Realise(ctx, s, targets, m)
}

// buildEnvironment builds a user environment, whose derivation needs none of its inputs but the
// manifest.
func (e *Env) buildEnvironment(ctx context.Context, s store.Store, drvPath string, d *drv.Derivation) error {
	e.Log.Say(dropin.Error, "building '"+drvPath+"'...")
	o := d.Output("out")
	recipe, err := buildenv.ParseRecipe(d.LookupEnv)
	if err != nil {
		return err
	}
	tree, err := buildenv.Plan(ctx, recipe.Packages, buildenv.Options{Files: world.OS(), Out: o.Path, Warn: e.Log.Warn})
	if err != nil {
		e.Log.Error(err)
		e.Log.Error(dropin.Failure("Cannot build '%s'.\n       Reason: builder failed with exit code 1.\n       Output paths:\n         %s", drvPath, o.Path))
		return dropin.Exit(100)
	}
	tree.AddLink("manifest.nix", recipe.Manifest)
	references, err := e.linked(ctx, s, tree, d.InputSrcs)
	if err != nil {
		return err
	}
	hash, size, err := nar.Hash(nixhash.SHA256, tree, "/", nil)
	if err != nil {
		return err
	}
	info := &store.PathInfo{Path: o.Path, NARHash: hash, NARSize: size, References: references, Deriver: drvPath, Ultimate: true}
	return AddTree(ctx, s, info, tree)
}

// linked returns the paths in the closure of inputs that links of a tree lead to, sorted.
func (e *Env) linked(ctx context.Context, s store.Store, tree *buildenv.Tree, inputs []string) ([]string, error) {
	known, err := Closure(ctx, s, inputs)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for target := range tree.Targets() {
		if !s.Dir().Contains(target) {
			continue
		}
		if p, _, err := s.Dir().Split(target); err == nil && known[s.Dir().Text(p)] {
			found[s.Dir().Text(p)] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// AddTree adds a tree to a store as the object that info describes.
func AddTree(ctx context.Context, s store.Store, info *store.PathInfo, tree nar.FS) error {
	r, w := io.Pipe()
	defer r.Close()
	go func() { w.CloseWithError(nar.Write(w, tree, "/", nil)) }()
	return s.AddNAR(ctx, info, r)
}
