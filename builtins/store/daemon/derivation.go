package daemon

// This file defines what is asked of a store about derivations, and the
// operations of the server that build.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// validOf returns those of paths that are valid.
func validOf(ctx context.Context, s store.Store, paths []string) ([]string, error) {
	var valid []string
	for _, path := range paths {
		ok, err := s.IsValid(ctx, path)
		if err != nil {
			return nil, err
		}
		if ok {
			valid = append(valid, path)
		}
	}
	return valid, nil
}

// A target is what is to be made valid: a path, or outputs of a derivation.
type target struct {
	path    string
	outputs []string // nil for the path itself
	all     bool     // all outputs
}

// parseTarget reads a target: PATH, DRV!out,dev or DRV!*.
func parseTarget(dir storepath.Dir, text string) (target, error) {
	path, outputs, some := strings.Cut(text, "!")
	p, err := dir.Parse(path)
	if err != nil {
		return target{}, err
	}
	t := target{path: dir.Text(p)}
	switch {
	case some && outputs == "*":
		t.all = true
	case some:
		t.outputs = strings.Split(outputs, ",")
	}
	return t, nil
}

// wanted returns the paths of a target that are known, and whether all are. For
// outputs of a derivation it reads that.
func (t *target) wanted(ctx context.Context, s store.Store) (paths []string, d *drv.Derivation, err error) {
	if !t.all && t.outputs == nil {
		return []string{t.path}, nil, nil
	}
	d, err = store.ReadDerivation(ctx, s, t.path)
	if err != nil {
		return nil, nil, err
	}
	names := t.outputs
	if t.all {
		for _, o := range d.Outputs {
			names = append(names, o.Name)
		}
	}
	for _, name := range names {
		o := d.Output(name)
		if o == nil {
			return nil, d, fmt.Errorf("derivation '%s' does not have an output named '%s'", t.path, name)
		}
		paths = append(paths, o.Path)
	}
	return paths, d, nil
}

// targets reads targets and the mode of a build.
func (c *session) targets() ([]string, wire.BuildMode, error) {
	texts := c.r.Strings()
	mode := wire.BuildMode(c.r.Upto(uint64(wire.BuildCheck), "build mode"))
	for _, text := range texts {
		if _, err := parseTarget(c.store.Dir(), text); err != nil {
			c.r.Fail(&wire.PathError{Err: err})
		}
	}
	if err := c.ready(); err != nil {
		return nil, mode, err
	}
	return texts, mode, c.checkMode(mode)
}

// checkMode returns an error if the client may not have that mode, or the store has it not.
func (c *session) checkMode(mode wire.BuildMode) error {
	switch {
	case mode == wire.BuildRepair && !c.trusted:
		return errors.New("repairing is not allowed because you are not in 'trusted-users'")
	case mode != wire.BuildNormal && c.own.Realise == nil:
		return errors.New("this store does not build again what is valid")
	}
	return nil
}

// realiseAll makes targets valid. failed is an error about those that are not.
func (c *session) realiseAll(ctx context.Context, texts []string, mode wire.BuildMode) (results []wire.BuildResult, failed, err error) {
	if c.own.Realise != nil {
		targets := make([]store.Target, len(texts))
		for i, text := range texts {
			t, err := parseTarget(c.store.Dir(), text)
			if err != nil {
				return nil, nil, err
			}
			targets[i] = t.public()
		}
		return c.own.Realise(ctx, targets, mode)
	}
	results = make([]wire.BuildResult, len(texts))
	for i, text := range texts {
		var err error
		if results[i].Status, err = c.realise(ctx, text); err != nil {
			results[i].Error = err.Error()
			if failed == nil {
				failed = err
			}
		}
	}
	return results, failed, nil
}

// realise makes a target valid. The status says how, or why not.
func (c *session) realise(ctx context.Context, text string) (wire.Status, error) {
	t, err := parseTarget(c.store.Dir(), text)
	if err != nil {
		return wire.MiscFailure, err
	}
	paths, d, err := t.wanted(ctx, c.store)
	if err != nil {
		return wire.MiscFailure, err
	}
	valid, err := validOf(ctx, c.store, paths)
	switch {
	case err != nil:
		return wire.MiscFailure, err
	case len(valid) == len(paths):
		return wire.AlreadyValid, nil
	}
	done, err := c.fetch(ctx, t, d)
	switch {
	case err != nil:
		return wire.MiscFailure, err
	case done:
		return wire.Substituted, nil
	case d == nil:
		return wire.NoSubstituters, fmt.Errorf("path '%s' is required, but there is no substituter that can build it", t.path)
	}
	b := c.store.Builder()
	if b == nil {
		return wire.MiscFailure, fmt.Errorf("'%s' cannot be built: this store has no builder", t.path)
	}
	if err := b.Build(ctx, t.path, t.outputs); err != nil {
		return wire.MiscFailure, err
	}
	return wire.Built, nil
}

// fetch fetches a target, and reports whether that could be done: a path, or all of the
// outputs that are missing of a derivation.
func (c *session) fetch(ctx context.Context, t target, d *drv.Derivation) (bool, error) {
	from := c.substituter(ctx)
	if from == nil || d != nil && !store.AllowsSubstitutes(d) {
		return false, nil
	}
	m, err := store.FindMissing(ctx, c.store, from, []store.Target{t.public()})
	if err != nil || len(m.Build) > 0 || len(m.Unknown) > 0 {
		return false, err
	}
	_, err = from.Fetch(ctx, c.store, m.Wanted, c.fetching())
	if errors.Is(err, store.ErrInvalid) { // it is not trusted
		return false, nil
	}
	return err == nil, err
}

// public returns the target as package store has it.
func (t *target) public() store.Target {
	return store.Target{Path: t.path, Built: t.all || t.outputs != nil, Outputs: t.outputs}
}

func (c *session) buildPaths(ctx context.Context) (func() error, error) {
	texts, mode, err := c.targets()
	if err != nil {
		return nil, err
	}
	_, failed, err := c.realiseAll(ctx, texts, mode)
	return c.one, cmp.Or(err, failed)
}

func (c *session) buildPathsWithResults(ctx context.Context) (func() error, error) {
	texts, mode, err := c.targets()
	if err != nil {
		return nil, err
	}
	results, _, err := c.realiseAll(ctx, texts, mode)
	if err != nil {
		return nil, err
	}
	return func() error {
		c.w.Uint64(uint64(len(texts)))
		for i, text := range texts {
			c.w.String(text)
			c.w.BuildResult(results[i])
		}
		return nil
	}, nil
}

func (c *session) ensurePath(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	_, failed, err := c.realiseAll(ctx, []string{path}, wire.BuildNormal)
	return c.one, cmp.Or(err, failed)
}

// buildDerivation builds a derivation that need not be in the store. Outputs that
// are valid are all that can be had: a builder wants the derivation in the store.
func (c *session) buildDerivation(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	d := c.r.Derivation()
	mode := wire.BuildMode(c.r.Upto(uint64(wire.BuildCheck), "build mode"))
	if err := c.ready(); err != nil {
		return nil, err
	}
	if !c.trusted && d.IsInputAddressed() {
		return nil, errors.New("you are not privileged to build input-addressed derivations")
	}
	if err := c.checkMode(mode); err != nil {
		return nil, err
	}
	var paths []string
	for _, o := range d.Outputs {
		paths = append(paths, o.Path)
	}
	valid, err := validOf(ctx, c.store, paths)
	if err != nil {
		return nil, err
	}
	result := wire.BuildResult{Status: wire.AlreadyValid}
	if len(valid) < len(paths) || mode != wire.BuildNormal {
		results, _, err := c.realiseAll(ctx, []string{path + "!*"}, mode)
		if err != nil {
			return nil, err
		}
		result = results[0]
	}
	return func() error {
		c.w.BuildResult(result)
		return nil
	}, nil
}

// missing says what has to be built, what can be fetched, and what neither.
func (c *session) missing(ctx context.Context) (func() error, error) {
	texts := c.r.Strings()
	var targets []store.Target
	for _, text := range texts {
		t, err := parseTarget(c.store.Dir(), text)
		if err != nil {
			c.r.Fail(&wire.PathError{Err: err})
		}
		targets = append(targets, t.public())
	}
	if err := c.ready(); err != nil {
		return nil, err
	}
	m, err := store.FindMissing(ctx, c.store, c.substituter(ctx), targets)
	if err != nil {
		return nil, err
	}
	return func() error {
		c.w.Strings(m.Build)
		c.w.Strings(m.Fetch)
		c.w.Strings(m.Unknown)
		c.w.Uint64(uint64(m.Download))
		c.w.Uint64(uint64(m.Unpacked))
		return nil
	}, nil
}

// targetTexts returns targets as parseTarget reads them.
func targetTexts(targets []store.Target) []string {
	out := make([]string, len(targets))
	for i, t := range targets {
		out[i] = t.Path
		switch {
		case t.Built && len(t.Outputs) == 0:
			out[i] += "!*"
		case t.Built:
			out[i] += "!" + strings.Join(t.Outputs, ",")
		}
	}
	return out
}
