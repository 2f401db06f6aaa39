package build

// This file defines what a derivation allows its outputs to be.

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// checkOutputs returns what is wrong with outputs, given by their names: a hash that is
// not the one that was promised, or what the derivation forbids.
func (a *attempt) checkOutputs(ctx context.Context, infos map[string]*store.PathInfo) error {
	byPath := map[string]*store.PathInfo{}
	for _, info := range infos {
		byPath[info.Path] = info
	}
	for _, name := range slices.Sorted(maps.Keys(infos)) {
		info := infos[name]
		if o := a.d.Output(name); o.Kind == drv.Fixed {
			if err := a.checkFixed(o, info); err != nil {
				return err
			}
		}
		for _, key := range []string{"", name} {
			if c := a.opts.checks[key]; c != nil {
				if err := (&checking{a, infos, byPath}).check(ctx, name, info, c); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// checkFixed compares a fixed output with its hash.
func (a *attempt) checkFixed(o *drv.Output, info *store.PathInfo) error {
	if o.Hash != info.CA.Hash {
		return &Error{Status: HashMismatch, Drv: a.drvPath, Msg: fmt.Sprintf("hash mismatch in fixed-output derivation '%s':\n  specified: %s\n     got:    %s",
			a.drvPath, o.Hash.Text(nixhash.SRI), info.CA.Hash.Text(nixhash.SRI))}
	}
	if len(info.References) > 0 {
		return &Error{Status: HashMismatch, Drv: a.drvPath, Msg: fmt.Sprintf("fixed-output derivations must not reference store paths: '%s' references %d distinct paths, e.g. '%s'",
			a.drvPath, len(info.References), info.References[0])}
	}
	return nil
}

// A checking is the checks of the outputs of one build.
type checking struct {
	a      *attempt
	infos  map[string]*store.PathInfo // by names of outputs
	byPath map[string]*store.PathInfo
}

// rejectf returns the error about an output that is not allowed.
func (c *checking) rejectf(format string, args ...any) error {
	return &Error{Status: OutputRejected, Drv: c.a.drvPath, Msg: fmt.Sprintf(format, args...)}
}

// check checks one output.
func (c *checking) check(ctx context.Context, name string, info *store.PathInfo, checks *outputChecks) error {
	if checks.maxSize != nil && info.NARSize > *checks.maxSize {
		return c.rejectf("path '%s' is too large at %d bytes; limit is %d bytes", info.Path, info.NARSize, *checks.maxSize)
	}
	needsClosure := checks.maxClosure != nil || checks.requisites != nil || len(checks.noRequired) > 0
	var closure map[string]bool
	if needsClosure {
		var size int64
		var err error
		if closure, size, err = c.closure(ctx, info.Path); err != nil {
			return err
		}
		if checks.maxClosure != nil && size > *checks.maxClosure {
			return c.rejectf("closure of path '%s' is too large at %d bytes; limit is %d bytes", info.Path, size, *checks.maxClosure)
		}
		if checks.ignoreSelf {
			delete(closure, info.Path)
		}
	}
	references := map[string]bool{}
	for _, ref := range info.References {
		references[ref] = true
	}
	for _, row := range []struct {
		used    map[string]bool
		list    []string
		allowed bool // all others are not
		given   bool
	}{
		{references, pointed(checks.references), true, checks.references != nil},
		{closure, pointed(checks.requisites), true, checks.requisites != nil},
		{references, checks.noReferences, false, len(checks.noReferences) > 0},
		{closure, checks.noRequired, false, len(checks.noRequired) > 0},
	} {
		if !row.given {
			continue
		}
		listed, err := c.resolve(name, row.list)
		if err != nil {
			return err
		}
		var bad []string
		for _, path := range sorted(row.used) {
			if listed[path] != row.allowed {
				bad = append(bad, path)
			}
		}
		if len(bad) > 0 {
			return c.rejectf("output '%s' is not allowed to refer to the following paths:\n  %s", info.Path, strings.Join(bad, "\n  "))
		}
	}
	return nil
}

func pointed(list *[]string) []string {
	if list == nil {
		return nil
	}
	return *list
}

// resolve returns the paths that a list has, in which outputs have their names.
func (c *checking) resolve(output string, list []string) (map[string]bool, error) {
	set := map[string]bool{}
	for _, word := range list {
		switch {
		case c.a.b.dir.Contains(word):
			p, _, err := c.a.b.dir.Split(word)
			if err != nil {
				return nil, err
			}
			set[c.a.b.dir.Text(p)] = true
		case c.infos[word] != nil:
			set[c.infos[word].Path] = true
		default:
			return nil, c.rejectf("derivation '%s' output check for '%s' contains output name '%s', but this is not a valid output of this derivation. (Valid outputs are [%s].)",
				c.a.drvPath, output, word, strings.Join(slices.Sorted(maps.Keys(c.infos)), ", "))
		}
	}
	return set, nil
}

// closure returns what a path refers to, directly or not, and the size of all that.
func (c *checking) closure(ctx context.Context, path string) (map[string]bool, int64, error) {
	set, size := map[string]bool{path: true}, int64(0)
	for list := []string{path}; len(list) > 0; {
		next := list[len(list)-1]
		list = list[:len(list)-1]
		info := c.byPath[next]
		if info == nil {
			var err error
			if info, err = c.a.b.Store.Info(ctx, next); err != nil {
				return nil, 0, err
			}
		}
		size += info.NARSize
		for _, ref := range info.References {
			if !set[ref] {
				set[ref] = true
				list = append(list, ref)
			}
		}
	}
	return set, size, nil
}
