package store

// This file defines Substituter, and what would have to be built or fetched for store
// objects to be valid.

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A Substituter has objects that others have made, such as binary caches do. Several
// goroutines may use it.
type Substituter interface {
	// Query returns what is known of a path; nil if it cannot be had. Whether its
	// signatures count is not looked at before it is fetched.
	Query(ctx context.Context, path string) (*Substitute, error)
	// Valid returns those of paths that can be had, in the same order, as far as it can
	// be asked for many paths.
	Valid(ctx context.Context, paths []string) ([]string, error)
	// Fetch adds paths to a store, and all that they refer to, those that it has not. It
	// returns the paths that were added, sorted; with an error, others may have been
	// added. An error for which errors.Is with ErrInvalid holds says that a path cannot
	// be had.
	Fetch(ctx context.Context, to Store, paths []string, how Copying) ([]string, error)
	// Archive returns the archive that info describes, and the name of the store that has
	// it. The caller must close it.
	Archive(ctx context.Context, info *PathInfo) (archive io.ReadCloser, from string, err error)
	// Realisation returns which path an output has; nil if that is not known, or nobody is
	// trusted who knows it.
	Realisation(ctx context.Context, id OutputID) (*Realisation, error)
}

// A Substitute is an object that can be had.
type Substitute struct {
	Info     *PathInfo
	Download int64 // bytes to be received; 0 if that is not known
}

// A Target is what is to be made valid: an object, or outputs of a derivation.
type Target struct {
	Path    string   // of the object, or of the derivation
	Built   bool     // outputs of the derivation are meant
	Via     []string // outputs that lead from the derivation at Path to the one that is meant, each a derivation itself
	Outputs []string // their names; nil stands for all

	reference bool // nothing but a substitute needs it
}

// Missing is what would have to be done for targets to be valid.
type Missing struct {
	Build   []string // derivations, sorted; what they need as well
	Fetch   []string // paths that can be had from elsewhere, sorted
	Wanted  []string // those of Fetch to which the others are references, sorted
	Unknown []string // paths that nothing is known to make, sorted

	Download int64 // bytes that fetching receives, as far as that is known
	Unpacked int64 // bytes of the archives that are fetched
}

// FindMissing looks for what is missing of targets in a store. from, if not nil, is where
// objects can be had; nothing is fetched.
func FindMissing(ctx context.Context, s Store, from Substituter, targets []Target) (*Missing, error) {
	return Finding{}.Missing(ctx, s, from, targets)
}

// A Finding says how what is missing is found.
type Finding struct {
	// AllowSubstitutes is for outputs of derivations that do not allow it as well.
	AllowSubstitutes bool
}

// Missing is FindMissing.
func (how Finding) Missing(ctx context.Context, s Store, from Substituter, targets []Target) (*Missing, error) {
	f := &missingFinder{Finding: how, ctx: ctx, store: s, from: from, seen: map[string]bool{}, out: &Missing{}}
	for len(targets) > 0 {
		round := f.fresh(targets)
		next := make([][]Target, len(round))
		errs := make([]error, len(round))
		slots := make(chan struct{}, maxQueries)
		var wg sync.WaitGroup
		for i, t := range round {
			slots <- struct{}{}
			wg.Go(func() {
				next[i], errs[i] = f.visit(t)
				<-slots
			})
		}
		wg.Wait()
		if err := errors.Join(context.Cause(ctx), firstError(errs)); err != nil {
			return nil, err
		}
		targets = slices.Concat(next...)
	}
	slices.Sort(f.out.Build)
	slices.Sort(f.out.Fetch)
	slices.Sort(f.out.Wanted)
	slices.Sort(f.out.Unknown)
	f.out.Build, f.out.Unknown = slices.Compact(f.out.Build), slices.Compact(f.out.Unknown)
	return f.out, nil
}

func firstError(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// FetchMissing fetches those of paths that are not valid and can be had, as a store does that
// is asked for them; derivations are left out. Without from it does nothing.
func FetchMissing(ctx context.Context, s Store, from Substituter, paths []string, how Copying) error {
	if from == nil {
		return nil
	}
	var targets []Target
	for _, path := range paths {
		if !strings.HasSuffix(path, storepath.DrvExtension) {
			targets = append(targets, Target{Path: path})
		}
	}
	m, err := FindMissing(ctx, s, from, targets)
	if err != nil || len(m.Fetch) == 0 {
		return err
	}
	_, err = from.Fetch(ctx, s, m.Wanted, how)
	return err
}

// A missingFinder is one run of FindMissing.
type missingFinder struct {
	Finding
	ctx   context.Context
	store Store
	from  Substituter // nil if nothing can be had from elsewhere

	seen map[string]bool // targets that were visited; not for the goroutines of visit

	mu  sync.Mutex
	out *Missing
}

// fresh returns the targets that were not visited yet, each once, and takes note of them.
func (f *missingFinder) fresh(targets []Target) []Target {
	var out []Target
	for _, t := range targets {
		key := t.Path
		if t.Built {
			key += strings.Join(append([]string{""}, t.Via...), "!") + "!" + strings.Join(t.Outputs, ",")
		}
		if !f.seen[key] {
			f.seen[key] = true
			out = append(out, t)
		}
	}
	return out
}

// visit looks at a target, and returns what else has to be looked at.
func (f *missingFinder) visit(t Target) ([]Target, error) {
	valid, err := f.store.IsValid(f.ctx, t.Path)
	switch {
	case err != nil:
		return nil, err
	case t.Built && valid:
		return f.visitOutputs(t)
	case valid:
		return nil, nil
	case t.Built || f.from == nil:
		f.add(&f.out.Unknown, t.Path)
		return nil, nil
	}
	found, err := f.from.Query(f.ctx, t.Path)
	if err != nil {
		return nil, err
	}
	if found == nil {
		f.add(&f.out.Unknown, t.Path)
		return nil, nil
	}
	f.mu.Lock()
	f.out.Fetch = append(f.out.Fetch, t.Path)
	if !t.reference {
		f.out.Wanted = append(f.out.Wanted, t.Path)
	}
	f.out.Download += found.Download
	f.out.Unpacked += found.Info.NARSize
	f.mu.Unlock()
	var next []Target
	for _, ref := range found.Info.References {
		next = append(next, Target{Path: ref, reference: true})
	}
	return next, nil
}

// visitOutputs is visit for outputs of a derivation, which is valid. It is built unless all
// of the outputs that are not valid can be had from elsewhere.
func (f *missingFinder) visitOutputs(t Target) ([]Target, error) {
	if len(t.Via) > 0 {
		return nil, nil // which derivation is meant is known only when others are built
	}
	d, err := ReadDerivation(f.ctx, f.store, t.Path)
	if err != nil {
		return nil, err
	}
	paths, err := KnownOutputs(f.ctx, f.store, d)
	if err != nil {
		return nil, err
	}
	substitutes := f.from != nil && (f.AllowSubstitutes || AllowsSubstitutes(d))
	known := true
	var absent []Target
	for i := range d.Outputs {
		name := d.Outputs[i].Name
		if t.Outputs != nil && !slices.Contains(t.Outputs, name) {
			continue
		}
		if paths[name] == "" && substitutes {
			if paths[name], err = f.realised(d, name); err != nil {
				return nil, err
			}
		}
		if paths[name] == "" {
			known = false
			break
		}
		valid, err := f.store.IsValid(f.ctx, paths[name])
		if err != nil {
			return nil, err
		}
		if !valid {
			absent = append(absent, Target{Path: paths[name]})
		}
	}
	if known && len(absent) == 0 {
		return nil, nil
	}
	if known && substitutes {
		for i := range absent {
			found, err := f.from.Query(f.ctx, absent[i].Path)
			if err != nil {
				return nil, err
			}
			if found == nil {
				known = false
				break
			}
		}
		if known {
			return absent, nil
		}
	}
	f.add(&f.out.Build, t.Path)
	var next []Target
	for i := range d.InputDrvs {
		if in := &d.InputDrvs[i]; len(in.Outputs) > 0 {
			next = append(next, Target{Path: in.Drv, Built: true, Outputs: in.Outputs})
		}
	}
	return next, nil
}

// realised returns the path of an output that only others know; "" if they do not.
func (f *missingFinder) realised(d *drv.Derivation, name string) (string, error) {
	ids, err := OutputIDs(f.ctx, f.store, d, nil)
	if err != nil {
		return "", err
	}
	r, err := f.from.Realisation(f.ctx, ids[name])
	if r == nil || err != nil {
		return "", err
	}
	return r.Path, nil
}

// add adds a path to a list of the result.
func (f *missingFinder) add(list *[]string, path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	*list = append(*list, path)
}

// AllowsSubstitutes reports whether outputs of a derivation may be had from elsewhere, and
// not only be built: its attribute allowSubstitutes says so.
func AllowsSubstitutes(d *drv.Derivation) bool {
	if text, structured := d.LookupEnv(drv.StructuredAttrs); structured {
		var attrs struct {
			Allow *bool `json:"allowSubstitutes"`
		}
		return json.Unmarshal([]byte(text), &attrs) != nil || attrs.Allow == nil || *attrs.Allow
	}
	value, given := d.LookupEnv("allowSubstitutes")
	return !given || value == "1"
}
