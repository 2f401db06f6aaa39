package store

// This file defines the order in which store objects are copied.

import (
	"context"
	"errors"
	"maps"
	"slices"
)

// ReferencesFirst returns paths in an order in which each comes after those that it refers
// to; where that leaves a choice, in the reference's order. Paths that are not valid refer to
// nothing.
func ReferencesFirst(ctx context.Context, s Store, paths map[string]bool) ([]string, error) {
	type frame struct {
		path string
		refs []string // that have not been looked at
	}
	out := make([]string, 0, len(paths))
	seen := map[string]bool{}
	for _, start := range slices.Sorted(maps.Keys(paths)) {
		var stack []frame
		enter := func(p string) error {
			if seen[p] || !paths[p] {
				return nil
			}
			seen[p] = true
			refs, err := s.References(ctx, p)
			if err != nil && !errors.Is(err, ErrInvalid) {
				return err
			}
			stack = append(stack, frame{p, refs})
			return nil
		}
		if err := enter(start); err != nil {
			return out, err
		}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if len(top.refs) == 0 {
				out = append(out, top.path)
				stack = stack[:len(stack)-1]
				continue
			}
			ref := top.refs[0]
			top.refs = top.refs[1:]
			if err := enter(ref); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}
