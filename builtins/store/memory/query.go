package memory

// This file defines what a Store says of all that was added to it.

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// mine returns the paths of the objects in memory.
func (s *Store) mine() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Collect(maps.Keys(s.objects))
}

// Paths implements store.Store: first what is in memory, then what only the
// store below has.
func (s *Store) Paths(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, path := range s.mine() {
			if !yield(path, nil) {
				return
			}
		}
		for path, err := range s.lower.Paths(ctx) {
			if s.find(path) == nil && !yield(path, err) {
				return
			}
		}
	}
}

// Complete implements store.Store.
func (s *Store) Complete(ctx context.Context, hashPart string) (string, error) {
	for _, path := range s.mine() {
		if p, err := s.dir.Parse(path); err == nil && p.Hash() == hashPart {
			return path, nil
		}
	}
	return s.lower.Complete(ctx, hashPart)
}

// Derivers implements store.Store.
func (s *Store) Derivers(ctx context.Context, path string) ([]string, error) {
	out, err := s.lower.Derivers(ctx, path)
	if err != nil {
		return nil, err
	}
	for _, drvPath := range s.mine() {
		o := s.find(drvPath)
		if !strings.HasSuffix(drvPath, storepath.DrvExtension) || o == nil || !o.isText() {
			continue
		}
		d, err := drv.ParseFile(s.dir, drvPath, o.text)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(d.Outputs, func(o drv.Output) bool { return o.Path == path }) {
			out = append(out, drvPath)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// AddSignatures implements store.Store. Objects of the store below get none.
func (s *Store) AddSignatures(ctx context.Context, path string, signatures []string) error {
	o := s.find(path)
	if o == nil {
		return s.lower.AddSignatures(ctx, path, signatures)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := append(slices.Clone(o.signatures), cloneAll(signatures)...)
	slices.Sort(all)
	o.signatures = slices.Compact(all)
	return nil
}

// Keeper implements store.Store: nothing here is collected.
func (s *Store) Keeper() store.Keeper { return nil }

// Realisations implements store.Store: those of the store below.
func (s *Store) Realisations() store.Realisations { return s.lower.Realisations() }
