package nixstore

// This file defines the operation that makes paths and outputs of derivations valid.

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// realise makes paths and outputs of derivations valid, prints them, and makes roots of them.
func (r *run) realise(ctx context.Context) error {
	var dryRun, ignoreUnknown, repair, check bool
	err := r.switches(map[string]*bool{"--dry-run": &dryRun, "--ignore-unknown": &ignoreUnknown, "--repair": &repair, "--check": &check})
	if err != nil {
		return err
	}
	var targets []store.Target
	for _, arg := range r.args {
		t, err := r.realiseTarget(arg)
		if err != nil {
			return err
		}
		if err := r.store.AddTempRoot(ctx, t.Path); err != nil {
			return err
		}
		targets = append(targets, t)
	}
	m, err := r.Missing(ctx, r.store, targets)
	if err != nil {
		return err
	}
	if ignoreUnknown {
		targets = slices.DeleteFunc(targets, func(t store.Target) bool { return slices.Contains(m.Unknown, t.Path) })
		m.Unknown = nil
	}
	if err := r.PrintMissing(ctx, r.store, m); err != nil || dryRun || r.ReadOnly {
		return err
	}
	mode := build.Normal
	switch {
	case repair:
		mode = build.Repair
	case check:
		mode = build.Check
	}
	if err := r.RealiseAs(ctx, r.store, targets, m, mode); err != nil {
		return err
	}
	if ignoreUnknown {
		return nil // Quirk: with --ignore-unknown nothing is printed, and no roots are made.
	}
	for _, t := range targets {
		if err := r.printRealised(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// realiseTarget returns what an operand stands for: a path, a derivation as all of its
// outputs, or PATH.drv!OUTPUT,...
func (r *run) realiseTarget(arg string) (store.Target, error) {
	arg, outputs, some := strings.Cut(arg, "!")
	p, err := r.FollowLinks(r.store, arg)
	if err != nil {
		return store.Target{}, err
	}
	t := store.Target{Path: p, Built: strings.HasSuffix(p, storepath.DrvExtension)}
	if t.Built && some {
		t.Outputs = strings.Split(outputs, ",")
	}
	return t, nil
}

// printRealised prints what has become valid, or the roots that are made of it.
func (r *run) printRealised(ctx context.Context, t store.Target) error {
	r.roots++
	if !t.Built {
		shown, err := r.rooted(ctx, t.Path, "")
		if err == nil {
			r.printPaths(shown)
		}
		return err
	}
	outputs, err := store.OutputPaths(ctx, r.store, t.Path)
	if err != nil {
		return err
	}
	names := t.Outputs
	if names == nil {
		names = slices.Sorted(maps.Keys(outputs))
	}
	shown := map[string]bool{} // which the reference sorts
	for _, name := range names {
		path, ok := outputs[name]
		if !ok {
			return dropin.Failure("derivation '%s' does not have an output named '%s'", t.Path, name)
		}
		if path == "" {
			return &store.UnknownOutputError{Drv: t.Path, Output: name}
		}
		link, err := r.rooted(ctx, path, name)
		if err != nil {
			return err
		}
		shown[link] = true
	}
	r.printPaths(slices.Sorted(maps.Keys(shown))...)
	return nil
}

// printPaths prints paths, unless that is not wanted.
func (r *run) printPaths(paths ...string) {
	if !r.noOutput {
		r.Lines(paths...)
	}
}

// rooted returns what is printed of a path: the root that is made of it, if one is wanted.
func (r *run) rooted(ctx context.Context, target, output string) (string, error) {
	if r.root == "" {
		r.NoteRoot()
		return target, nil
	}
	link := r.root
	if r.roots > 1 {
		link += "-" + strconv.Itoa(r.roots)
	}
	if output != "" && output != "out" {
		link += "-" + output
	}
	k, err := storecmd.Keeper(r.store, "garbage collection")
	if err != nil {
		return "", err
	}
	return link, k.AddRoot(ctx, link, target)
}
