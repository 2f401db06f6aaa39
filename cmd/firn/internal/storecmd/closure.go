package storecmd

// This file defines walks over the references of store objects.

import (
	"context"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
)

// Spread adds start, and all that next leads to from there, to found. What is found
// already is not looked at again.
func Spread(found map[string]bool, start string, next func(path string) ([]string, error)) error {
	if found[start] {
		return nil
	}
	found[start] = true
	for work := []string{start}; len(work) > 0; {
		p := work[len(work)-1]
		work = work[:len(work)-1]
		list, err := next(p)
		if err != nil {
			return err
		}
		for _, q := range list {
			if !found[q] {
				found[q] = true
				work = append(work, q)
			}
		}
	}
	return nil
}

// Closure returns paths and all that they refer to, directly or not.
func Closure(ctx context.Context, s store.Store, paths []string) (map[string]bool, error) {
	s, err := Snapshot(ctx, s, paths)
	if err != nil {
		return nil, err
	}
	return closure(ctx, s, paths)
}

// closure is Closure of a store that is asked for each path.
func closure(ctx context.Context, s store.Store, paths []string) (map[string]bool, error) {
	found := map[string]bool{}
	for _, p := range paths {
		if err := Spread(found, p, func(p string) ([]string, error) { return s.References(ctx, p) }); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// A snapshot is a store of which a part has been read already.
type snapshot struct {
	store.Store
	infos map[string]*store.PathInfo
}

// Snapshot returns a store that knows without asking what paths refer to, directly or not,
// where that is cheaper to read at once: a store on the disk.
func Snapshot(ctx context.Context, s store.Store, paths []string) (store.Store, error) {
	onDisk, ok := s.(*local.Store)
	if !ok {
		return s, nil
	}
	infos, err := onDisk.Closure(ctx, paths)
	if err != nil {
		return nil, err
	}
	return snapshot{s, infos}, nil
}

// References implements store.Store.
func (s snapshot) References(ctx context.Context, p string) ([]string, error) {
	if info := s.infos[p]; info != nil {
		return info.References, nil
	}
	return s.Store.References(ctx, p)
}

// Info implements store.Store. Callers must not modify what it returns.
func (s snapshot) Info(ctx context.Context, p string) (*store.PathInfo, error) {
	if info := s.infos[p]; info != nil {
		return info, nil
	}
	return s.Store.Info(ctx, p)
}
