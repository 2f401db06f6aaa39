package storecmd

// This file defines what would have to be built or fetched for targets to be valid.

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// missing are the paths without which targets are not valid.
type missing struct {
	store   store.Store
	build   map[string]bool // derivations that would be built
	unknown map[string]bool // paths that nothing is known to make
	seen    map[string]bool
	first   string // the first target that is not valid, as the command line has it; ""
	isDrv   bool   // of first: outputs of a derivation were meant
}

func newMissing(s store.Store) *missing {
	return &missing{store: s, build: map[string]bool{}, unknown: map[string]bool{}, seen: map[string]bool{}}
}

// add looks at a target, and at what it would be built from.
func (m *missing) add(ctx context.Context, t target) error {
	before := len(m.build) + len(m.unknown)
	err := m.visit(ctx, t)
	if m.first == "" && len(m.build)+len(m.unknown) > before {
		m.first, m.isDrv = t.path, t.built
	}
	return err
}

// visit is add without taking note of the target itself. The depth of its recursion is that
// of the derivations that are to be built.
func (m *missing) visit(ctx context.Context, t target) error {
	key := t.path
	if t.built {
		key += "^" + strings.Join(t.outputs, ",")
	}
	if m.seen[key] {
		return nil
	}
	m.seen[key] = true
	valid, err := m.store.IsValid(ctx, t.path)
	if err != nil {
		return err
	}
	if !valid {
		m.unknown[t.path] = true
		return nil
	}
	if !t.built || !strings.HasSuffix(t.path, storepath.DrvExtension) {
		return nil
	}
	d, err := ReadDerivation(ctx, m.store, t.path)
	if err != nil {
		return err
	}
	done := true
	for i := range d.Outputs {
		if o := &d.Outputs[i]; done && (t.outputs == nil || slices.Contains(t.outputs, o.Name)) {
			if done = o.Path != ""; done {
				if done, err = m.store.IsValid(ctx, o.Path); err != nil {
					return err
				}
			}
		}
	}
	if done {
		return nil
	}
	m.build[t.path] = true
	for i := range d.InputDrvs {
		if err := m.visit(ctx, target{path: d.InputDrvs[i].Drv, built: true, outputs: d.InputDrvs[i].Outputs}); err != nil {
			return err
		}
	}
	for _, src := range d.InputSrcs {
		if err := m.visit(ctx, target{path: src}); err != nil {
			return err
		}
	}
	return nil
}

// print says what is missing.
func (m *missing) print(ctx context.Context, e *Env) error {
	say := func(text string) { e.Log.Say(dropin.Error, text) }
	if n := len(m.build); n > 0 {
		if n == 1 {
			say("this derivation will be built:")
		} else {
			say(fmt.Sprintf("these %d derivations will be built:", n))
		}
		sorted, err := ReferencesFirst(ctx, m.store, m.build)
		if err != nil {
			return err
		}
		for _, p := range sorted {
			say("  " + p)
		}
	}
	if len(m.unknown) > 0 {
		say("don't know how to build these paths:")
		for _, p := range slices.Sorted(maps.Keys(m.unknown)) {
			say("  " + p)
		}
	}
	return nil
}

// errNoBuild is the reason why what is missing stays so.
var errNoBuild = errors.New("firn does not build yet")

// err returns the error that something is missing that is needed; nil if nothing is.
func (m *missing) err() error {
	switch {
	case m.first == "":
		return nil
	case len(m.build) > 0:
		drvs := slices.Sorted(maps.Keys(m.build))
		return fmt.Errorf("cannot build '%s': %w", drvs[0], errNoBuild)
	case m.isDrv:
		return dropin.Failure("failed to obtain derivation of '%s'", m.first)
	}
	return dropin.Failure("path '%s' is required, but there is no substituter that can build it", m.first)
}
