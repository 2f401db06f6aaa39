package daemon

// This file defines how a client keeps order in the daemon's store.

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// Keeper implements store.Store. What the protocol does not have is an error.
func (s *Store) Keeper() store.Keeper { return keeper{s} }

type keeper struct{ s *Store }

// AddRoot implements store.Keeper. With Options.Local this process makes the link,
// with its own rights; otherwise the daemon does, for clients that it trusts.
func (k keeper) AddRoot(ctx context.Context, link, p string) error {
	if !k.s.o.Local {
		return k.s.call(ctx, wire.AddPermRoot, func(w *wire.Writer) {
			w.String(p)
			w.String(link)
		}, func(r *wire.Reader) { _ = r.String() })
	}
	if err := k.s.AddTempRoot(ctx, p); err != nil { // until the link is there
		return err
	}
	if err := replaceLink(link, p); err != nil {
		return err
	}
	return k.AddIndirectRoot(ctx, link)
}

// replaceLink makes link a symbolic link to target at once. Only a symbolic link
// may be there.
func replaceLink(link, target string) error {
	if info, err := os.Lstat(link); err == nil && info.Mode().Type() != os.ModeSymlink {
		return fmt.Errorf("cannot create symlink '%s'; already exists", link)
	}
	if err := os.MkdirAll(filepath.Dir(link), 0o777); err != nil {
		return err
	}
	temp := fmt.Sprintf("%s.tmp-%d", link, os.Getpid())
	_ = os.Remove(temp) // of a process that was killed
	if err := os.Symlink(target, temp); err != nil {
		return err
	}
	if err := os.Rename(temp, link); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return nil
}

// AddIndirectRoot implements store.Keeper.
func (k keeper) AddIndirectRoot(ctx context.Context, link string) error {
	return k.s.call(ctx, wire.AddIndirectRoot, path(link), one)
}

// Roots implements store.Keeper.
func (k keeper) Roots(ctx context.Context) ([]store.Root, error) {
	var roots []store.Root
	err := k.s.call(ctx, wire.FindRoots, nil, func(r *wire.Reader) {
		roots = wire.List(r, func() store.Root { return store.Root{Link: r.String(), Path: r.Path()} })
	})
	slices.SortStableFunc(roots, func(a, b store.Root) int { return strings.Compare(a.Link, b.Link) })
	return roots, err
}

// Collect implements store.Keeper. What is kept beside the roots is a setting of
// the daemon unless c asks for something else, which needs trust. Deleted is called
// after all is done.
func (k keeper) Collect(ctx context.Context, c store.Collection) (*store.Collected, error) {
	s := k.s
	if c.KeepOutputs || c.DropDerivations {
		settings := wire.Settings{Verbosity: 3, MaxJobs: 1, Substitute: true}
		if s.o.Settings != nil {
			settings = *s.o.Settings
		}
		settings.Overrides = append(slices.Clone(settings.Overrides),
			wire.Pair{Key: "keep-derivations", Value: fmt.Sprint(!c.DropDerivations)},
			wire.Pair{Key: "keep-outputs", Value: fmt.Sprint(c.KeepOutputs)})
		o := s.o
		o.Settings = &settings
		s = New(o) // so that other operations keep their settings
		defer s.Close()
	}
	most := uint64(math.MaxUint64)
	if c.MaxFreed > 0 {
		most = uint64(c.MaxFreed)
	}
	done := &store.Collected{}
	err := s.call(ctx, wire.CollectGarbage, func(w *wire.Writer) {
		w.Uint64(uint64(c.Action))
		w.Strings(c.Paths)
		w.Bool(c.IgnoreLiveness)
		w.Uint64(most)
		w.Uint64(0)
		w.Uint64(0)
		w.Uint64(0)
	}, func(r *wire.Reader) {
		done.Paths, done.Freed = r.Strings(), r.Int64()
		_ = r.Uint64()
	})
	if err != nil {
		return nil, err
	}
	if c.Deleted != nil && c.Action >= store.Garbage {
		for _, p := range done.Paths {
			c.Deleted(p)
		}
	}
	return done, nil
}

// ErrFaults is the fault of a store whose daemon has found some, and said in the
// log which.
var ErrFaults = errors.New("not all store errors were fixed")

// Verify implements store.Keeper. The protocol has it for all paths only.
func (k keeper) Verify(ctx context.Context, v store.Verification) ([]store.Fault, error) {
	if v.Paths != nil {
		return nil, errors.New("a daemon does not check single paths")
	}
	bad := false
	err := k.s.call(ctx, wire.VerifyStore, func(w *wire.Writer) {
		w.Bool(v.Contents)
		w.Bool(v.Repair)
	}, func(r *wire.Reader) { bad = r.Bool() })
	if err != nil || !bad {
		return nil, err
	}
	return []store.Fault{{Err: ErrFaults}}, nil
}

// Optimise implements store.Keeper, for the whole store. The daemon does not say
// what it has saved.
func (k keeper) Optimise(ctx context.Context, paths []string) (store.Optimised, error) {
	if len(paths) > 0 {
		return store.Optimised{}, errors.New("a daemon optimises the whole store only")
	}
	return store.Optimised{}, k.s.call(ctx, wire.OptimiseStore, nil, one)
}

// Register implements store.Keeper: a daemon registers what it is sent, and
// nothing else.
func (k keeper) Register(context.Context, []*store.PathInfo) error {
	return errors.New("paths cannot be registered through a daemon")
}
