package memory

// This file defines how what a Store keeps gets to another one.

import (
	"context"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
)

// Save adds to another store what the store has at paths, and what that refers to,
// but for what is not in memory. Files and trees that were added from a world are
// read for the second time now, and only if the other store has them not. An object
// is saved once: the other store must be the same in every call.
func (s *Store) Save(ctx context.Context, to store.Store, paths []string) error {
	sv := saving{from: s, seen: map[*object]bool{}}
	for _, path := range paths {
		if err := sv.visit(ctx, to, path); err != nil {
			return err
		}
	}
	return sv.flush(ctx, to)
}

// A saving is one call of Save.
type saving struct {
	from *Store
	seen map[*object]bool
	// objects wait for being added, each behind what it refers to. kept are the same
	// ones, as the store has them.
	objects []store.Object
	kept    []*object
}

// visit adds to the objects what is at a path, behind what that refers to.
func (sv *saving) visit(ctx context.Context, to store.Store, path string) error {
	o := sv.from.find(path)
	if o == nil || o.saved.Load() || sv.seen[o] {
		return nil
	}
	sv.seen[o] = true
	for _, ref := range o.refs {
		if err := sv.visit(ctx, to, ref); err != nil {
			return err
		}
	}
	if o.static == nil {
		sv.objects, sv.kept = append(sv.objects, sv.object(path, o)), append(sv.kept, o)
		return nil
	}
	// Of an archive more is known than what follows from the contents.
	if err := sv.flush(ctx, to); err != nil {
		return err
	}
	info, err := sv.from.Info(ctx, path)
	if err != nil {
		return err
	}
	archive := store.OpenNAR(ctx, sv.from, path)
	defer archive.Close()
	if err := to.AddNAR(ctx, info, archive); err != nil {
		return err
	}
	o.saved.Store(true)
	return nil
}

// object returns an object as AddAll takes it. The path of a derivation whose path
// was given to the store is given on, and with it the promise that it is right.
func (sv *saving) object(path string, o *object) store.Object {
	name := path[len(sv.from.dir)+len("/")+hashLen+len("-"):]
	if !o.isText() {
		src := &store.Source{
			Name: name, Method: o.ca.Method, Algo: o.ca.Hash.Algo, Hash: o.ca.Hash, References: o.refs,
			Host: o.from.host, Path: o.from.path,
		}
		if o.from.absent != nil {
			src.Filter = func(path string, _ nar.Kind) (bool, error) { return !o.from.absent[path], nil }
		}
		return store.Object{Source: src}
	}
	text := &store.Text{Name: name, Contents: o.text, References: o.refs}
	if o.given {
		text.Path = path
	}
	return store.Object{Text: text}
}

// hashLen is the length of the hash part of a path.
const hashLen = 32

// flush adds the objects that wait.
func (sv *saving) flush(ctx context.Context, to store.Store) error {
	if len(sv.objects) == 0 {
		return nil
	}
	if _, err := to.AddAll(ctx, sv.objects); err != nil {
		return err
	}
	for _, o := range sv.kept {
		o.saved.Store(true)
	}
	sv.objects, sv.kept = nil, nil
	return nil
}
