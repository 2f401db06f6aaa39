package storecmd

// This file defines how targets are made valid: what would have to be built or fetched, and
// how that is said and done.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// Substituter returns where objects can be had that a store has not; nil if nowhere.
func (e *Env) Substituter(ctx context.Context, s store.Store) (store.Substituter, error) {
	if from, known := e.substituters[s]; known {
		return from, nil
	}
	keys, err := e.trustedKeys()
	if err != nil {
		return nil, err
	}
	from := e.stores().Substituter(ctx, s, keys)
	e.substituters[s] = from
	return from, nil
}

// Missing returns what would have to be built or fetched for targets to be valid.
func (e *Env) Missing(ctx context.Context, s store.Store, targets []store.Target) (*store.Missing, error) {
	if served, ok := s.(*daemon.Store); ok {
		return served.Missing(ctx, targets)
	}
	from, err := e.Substituter(ctx, s)
	if err != nil {
		return nil, err
	}
	how := store.Finding{AllowSubstitutes: e.Set.Bool("always-allow-substitutes")}
	return how.Missing(ctx, s, from, targets)
}

// PrintMissing says what is missing.
func (e *Env) PrintMissing(ctx context.Context, s store.Store, m *store.Missing) error {
	say := func(head string, paths []string) {
		e.Log.Say(dropin.Error, head)
		for _, p := range paths {
			e.Log.Say(dropin.Error, "  "+p)
		}
	}
	if n := len(m.Build); n > 0 {
		set := map[string]bool{}
		for _, p := range m.Build {
			set[p] = true
		}
		sorted, err := store.ReferencesFirst(ctx, s, set)
		if err != nil {
			return err
		}
		say(counted(n, "this derivation will be built:", "these %d derivations will be built:"), sorted)
	}
	if n := len(m.Fetch); n > 0 {
		paths := slices.Clone(m.Fetch)
		slices.SortStableFunc(paths, func(a, b string) int { return strings.Compare(nameOf(s, a), nameOf(s, b)) })
		sizes := fmt.Sprintf(" (%s download, %s unpacked):", Size(m.Download), Size(m.Unpacked))
		say(counted(n, "this path will be fetched", "these %d paths will be fetched")+sizes, paths)
	}
	if len(m.Unknown) > 0 {
		say("don't know how to build these paths:", m.Unknown)
	}
	return nil
}

// counted returns one if n is 1, otherwise many with n in it.
func counted(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

// nameOf returns the name of a store path, without its hash part.
func nameOf(s store.Store, path string) string {
	p, err := s.Dir().Parse(path)
	if err != nil {
		return path
	}
	return p.Name()
}

// unobtainable returns the error of a path that nothing has.
func unobtainable(path string) error {
	return dropin.Failure("path '%s' is required, but there is no substituter that can build it", path)
}

// fetch adds paths to a store that can be had from elsewhere.
func (e *Env) fetch(ctx context.Context, s store.Store, paths []string) error {
	from, err := e.Substituter(ctx, s)
	if from == nil || err != nil || len(paths) == 0 {
		return err
	}
	p := &copyProgress{}
	stop := e.progress(p.describe)
	defer stop()
	how := store.Copying{Progress: p.set}
	if !e.onTerminal() {
		how.Path = func(path, from string) {
			e.Log.Say(dropin.Info, "copying path '"+path+"' from '"+from+"'...")
		}
	}
	_, err = from.Fetch(ctx, s, paths, how)
	if invalid := (*store.InvalidPathError)(nil); errors.As(err, &invalid) {
		err = unobtainable(invalid.Path)
	}
	return err
}

// Archives returns what a store's Keeper asks for archives of damaged paths; nil if they
// cannot be had from elsewhere.
func (e *Env) Archives(ctx context.Context, s store.Store) (func(context.Context, *store.PathInfo) (io.ReadCloser, error), error) {
	from, err := e.Substituter(ctx, s)
	if from == nil || err != nil {
		return nil, err
	}
	return func(ctx context.Context, info *store.PathInfo) (io.ReadCloser, error) {
		archive, name, err := from.Archive(ctx, info)
		if err == nil {
			e.Log.Say(dropin.Info, "copying path '"+info.Path+"' from '"+name+"'...")
		}
		return archive, err
	}, nil
}

// Rebuild returns what a store's Keeper calls for damaged paths that cannot be had from elsewhere;
// nil if nothing is built in the store.
func (e *Env) Rebuild(s store.Store) func(context.Context, *store.PathInfo) error {
	b, builds := s.Builder().(*build.Builder)
	if !builds {
		return nil
	}
	return func(ctx context.Context, info *store.PathInfo) error {
		report, err := b.Realise(ctx, []store.Target{{Path: info.Deriver, Built: true}}, build.Repair)
		if err != nil {
			return err
		}
		return report.Err()
	}
}

// Repair makes paths again whose contents have changed.
func (e *Env) Repair(ctx context.Context, s store.Store, paths ...string) error {
	k, err := Keeper(s, "repairing")
	if err != nil {
		return err
	}
	var reason string // of the last fault
	v := store.Verification{Contents: true, Repair: true, Paths: paths, Log: func(text string) { reason = text }}
	if v.Fetch, err = e.Archives(ctx, s); err != nil {
		return err
	}
	v.Build = e.Rebuild(s)
	faults, err := k.Verify(ctx, v)
	if err != nil || len(faults) == 0 {
		return err
	}
	return errors.New(reason)
}

// public returns the target as stores have it. Only a derivation has outputs.
func (t *target) public() store.Target {
	return store.Target{Path: t.path, Built: t.built && strings.HasSuffix(t.path, storepath.DrvExtension), Via: t.via, Outputs: t.outputs}
}
