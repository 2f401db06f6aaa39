package build

// This file defines how what is valid, but damaged, is made again: it is fetched, or built.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/firn-lang/firn/builtins/store"
)

// A soundness is which valid paths are as they were when they became valid, as far as that
// was looked at in a call of Realise. Several goroutines may use it.
type soundness struct {
	b     *Builder
	paths sync.Map // bool by path
}

// of reports whether the contents of a valid path are as they were.
func (s *soundness) of(ctx context.Context, path string) (bool, error) {
	if known, ok := s.paths.Load(path); ok {
		return known.(bool), nil
	}
	s.b.tell(Event{Kind: Step, Text: fmt.Sprintf("checking path '%s'", path)})
	sound, err := s.b.Store.Sound(ctx, path)
	if err != nil {
		return false, err
	}
	s.paths.Store(path, sound)
	if !sound {
		s.b.tell(Event{Kind: Note, Text: fmt.Sprintf("path '%s' is corrupted or missing!", path)})
	}
	return sound, nil
}

// made notes that a path was made again.
func (s *soundness) made(path string) { s.paths.Store(path, true) }

// repairPath returns the goal of a path that is fetched again unless it is sound.
func (g *graph) repairPath(path string) *goal {
	return g.get("repair "+path, key("a", path), func(n *goal) { g.beginRepair(n, path) })
}

// beginRepair fetches a path, or its archive if the path is valid.
func (g *graph) beginRepair(n *goal, path string) {
	n.outputs, n.status = map[string]string{"": path}, Substituted
	valid, err := g.b.Store.IsValid(g.ctx, path)
	if err != nil {
		g.fail(n, "", err)
		return
	}
	if !valid {
		fetched := g.path(path)
		g.wait(n, []*goal{fetched}, func() {
			n.absent = fetched.absent
			g.finish(n, fetched.err)
		})
		return
	}
	g.work(func(ctx context.Context) error { return g.refetch(ctx, path) }, func(err error) { g.fetched(n, path, err) })
}

// refetch makes a valid path sound by what other stores have, or other files of this one. That
// nothing has it is a store.ErrInvalid.
func (g *graph) refetch(ctx context.Context, path string) error {
	sound, err := g.sound.of(ctx, path)
	if err != nil || sound {
		return err
	}
	v := store.Verification{Repair: true, Paths: []string{path}, Log: func(string) {}}
	if from := g.b.Substitutes; from != nil {
		v.Fetch = func(ctx context.Context, info *store.PathInfo) (io.ReadCloser, error) {
			archive, name, err := from.Archive(ctx, info)
			if err == nil {
				g.b.tell(Event{Kind: Copying, Text: fmt.Sprintf("copying path '%s' from '%s'", path, name)})
			}
			return archive, err
		}
	}
	faults, err := g.b.Store.Keeper().Verify(ctx, v)
	if err == nil && len(faults) > 0 {
		err = &store.InvalidPathError{Path: path}
	}
	if err == nil {
		g.sound.made(path)
	}
	return err
}

// repairClosure makes what a sound output refers to again, where that is damaged, and ends the
// goal.
func (w *wanted) repairClosure() {
	g := w.g
	var damaged []string
	derivers := map[string]string{} // of paths, derivations that make them
	g.work(func(ctx context.Context) error {
		closure := map[string]bool{}
		if err := g.b.addClosure(ctx, closure, w.path); err != nil {
			return err
		}
		delete(closure, w.path)
		for _, path := range sorted(closure) {
			sound, err := g.sound.of(ctx, path)
			if err != nil {
				return err
			}
			if !sound {
				damaged = append(damaged, path)
			}
		}
		if len(damaged) == 0 {
			return nil
		}
		return g.b.findDerivers(ctx, w.r, damaged, derivers)
	}, func(err error) {
		if err != nil {
			g.fail(w.goal, w.r.path, err)
			return
		}
		var again []*goal
		for _, path := range damaged {
			g.b.tell(Event{Kind: Note, Text: fmt.Sprintf("found corrupted or missing path '%s' in the output closure of '%s'", path, w.r.path)})
			if deriver := derivers[path]; deriver != "" {
				again = append(again, g.target(Target{Path: deriver, Built: true}, Repair))
			} else {
				again = append(again, g.repairPath(path))
			}
		}
		g.wait(w.goal, again, func() {
			if w.failed > 0 {
				g.die(&Error{Status: MiscFailure, Drv: w.r.path, Msg: fmt.Sprintf("some paths in the output closure of derivation '%s' could not be repaired", w.r.path)})
				return
			}
			w.succeed(w.path, AlreadyValid)
		})
	})
}

// findDerivers finds derivations whose outputs paths are: among those that a derivation needs,
// and those that are known to have made them.
func (b *Builder) findDerivers(ctx context.Context, r *recipe, paths []string, derivers map[string]string) error {
	needed := map[string]bool{}
	for _, path := range r.d.References() {
		if err := b.addClosure(ctx, needed, path); err != nil && !errors.Is(err, store.ErrInvalid) {
			return err
		}
	}
	for _, path := range sorted(needed) {
		if !isDerivation(path) {
			continue
		}
		d, err := b.derivation(ctx, path)
		if err != nil {
			return err
		}
		for i := range d.Outputs {
			made, _, err := b.known(ctx, d, d.Outputs[i].Name)
			if err != nil {
				return err
			}
			if slices.Contains(paths, made) {
				derivers[made] = path
			}
		}
	}
	for _, path := range paths {
		info, err := b.Store.Info(ctx, path)
		if err != nil {
			return err
		}
		if derivers[path] != "" || info.Deriver == "" {
			continue
		}
		if valid, err := b.Store.IsValid(ctx, info.Deriver); err != nil {
			return err
		} else if valid {
			derivers[path] = info.Deriver
		}
	}
	return nil
}
