package storecmd

// This file defines the command realisation, and what other commands do with realisations.

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// Realisation is the commands about realisations.
type Realisation struct {
	Info realisationInfo `cmd:"" help:"Print which paths outputs have that were built."`
}

// realisationInfo prints realisations of outputs.
type realisationInfo struct {
	installables
	selection
	jsonFlags
}

// Run prints the realisations, building what was not built yet.
func (r *realisationInfo) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	found, err := r.choose(ctx, e, s, r.selection, false, true)
	if err != nil {
		return err
	}
	if err := e.Set.RequireFeature("ca-derivations"); err != nil {
		return err
	}
	known, plain, err := e.realisations(ctx, s, found.roots)
	if err != nil {
		return err
	}
	if found.roots == nil {
		plain = found.all
	}
	list := []any{}
	for _, p := range plain {
		if !r.JSON {
			e.Lines(p)
		}
		list = append(list, object{"opaquePath": p})
	}
	for _, k := range known {
		if !r.JSON {
			e.Lines(k.ID.String() + " " + k.Path)
		}
		list = append(list, json.RawMessage(k.JSON()))
	}
	if !r.JSON {
		return nil
	}
	return e.printJSON(list, r.layoutFlags)
}

// realisations returns what a store knows of the outputs of built targets, each once, sorted by
// their ids, and the paths of other targets. Without content-addressed derivations all are paths.
func (e *Env) realisations(ctx context.Context, s store.Store, targets []realised) (known []*store.Realisation, plain []string, err error) {
	byID, paths := map[string]*store.Realisation{}, map[string]bool{}
	all := s.Realisations()
	for i := range targets {
		t := &targets[i]
		if !t.built || all == nil || !e.Set.Feature("ca-derivations") || !strings.HasSuffix(t.path, storepath.DrvExtension) {
			for _, p := range t.paths {
				paths[p] = true
			}
			continue
		}
		drvPath, err := e.reached(ctx, s, t.target)
		if err != nil {
			return nil, nil, err
		}
		d, err := store.ReadDerivation(ctx, s, drvPath)
		if err != nil {
			return nil, nil, err
		}
		ids, err := store.OutputIDs(ctx, s, d, nil)
		if err != nil {
			return nil, nil, err
		}
		for name, p := range t.paths {
			r, err := all.Realisation(ctx, ids[name])
			if err != nil {
				return nil, nil, err
			}
			if r == nil { // as of an impure derivation
				paths[p] = true
				continue
			}
			byID[r.ID.String()] = r
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		known = append(known, byID[id])
	}
	return known, slices.Sorted(maps.Keys(paths)), nil
}

// reached returns the derivation whose outputs a target means, which may be an output itself.
func (e *Env) reached(ctx context.Context, s store.Store, t target) (string, error) {
	at := t.path
	for _, name := range t.via {
		paths, err := e.outputsOf(ctx, s, target{path: at, outputs: []string{name}})
		if err != nil {
			return "", err
		}
		at = paths[name]
	}
	return at, nil
}

// copyRealisations makes known to a store what another one knows of targets whose paths it has.
// A store that keeps no such knowledge does without. With keys, one of them must have signed
// each.
func (e *Env) copyRealisations(ctx context.Context, to, from store.Store, targets []realised, how store.Copying) error {
	there := to.Realisations()
	if there == nil || !e.Set.Feature("ca-derivations") {
		return nil
	}
	known, _, err := e.realisations(ctx, from, targets)
	if err != nil {
		return err
	}
	for _, r := range known {
		if how.Keys != nil && how.Keys.Count(r.Fingerprint(), r.Signatures) == 0 {
			return dropin.Failure("%s", fmt.Sprintf("cannot register realisation '%s' because it lacks a signature by a trusted key", r.Path[len(from.Dir())+1:]))
		}
		if err := there.AddRealisation(ctx, r); err != nil {
			return err
		}
	}
	return nil
}
