package rewrite

// This file defines Closure.

import (
	"context"
	"io"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Closure copies objects from one store to another, under paths that follow from their
// contents. order are their paths, references first; with a path, all that it refers to must
// be there. It returns the new paths by the old ones. copied, if not nil, is called before
// each copy.
func Closure(ctx context.Context, to, from store.Store, order []string, copied func(old, path string)) (map[string]string, error) {
	paths := map[string]string{}
	for _, old := range order {
		path, err := one(ctx, to, from, old, paths, copied)
		if err != nil {
			return nil, err
		}
		paths[old] = path
	}
	return paths, nil
}

// one copies one object. It reads the archive three times, so that it needs no memory for it:
// for the content address, for the hash of what is written, and to write it.
func one(ctx context.Context, to, from store.Store, old string, paths map[string]string, copied func(old, path string)) (string, error) {
	p, err := from.Dir().Parse(old)
	if err != nil {
		return "", err
	}
	info, err := from.Info(ctx, old)
	if err != nil {
		return "", err
	}
	var refs storepath.References
	replaced := map[string]string{}
	for _, ref := range info.References {
		switch made, ok := paths[ref]; {
		case ref == old:
			refs.Self = true
		case ok && made != ref:
			replaced[ref] = made
			refs.Paths = append(refs.Paths, made)
		default:
			refs.Paths = append(refs.Paths, ref)
		}
	}
	slices.Sort(refs.Paths) // new paths are in another order
	refs.Paths = slices.Compact(refs.Paths)
	write := func(w io.Writer) error {
		v := NewPaths(w, from.Dir(), replaced)
		if err := from.WriteNAR(ctx, old, v); err != nil {
			return err
		}
		return v.Flush()
	}
	modulo := NewModulo(nixhash.SHA256, p.Hash())
	if err := write(modulo); err != nil {
		return "", err
	}
	ca := store.ContentAddress{Method: storepath.NAR}
	if ca.Hash, err = modulo.Result(); err != nil {
		return "", err
	}
	made, err := to.Dir().MakeFixed(p.Name(), ca.Method, ca.Hash, refs)
	if err != nil {
		return "", err
	}
	path := to.Dir().Text(made)
	if copied != nil {
		copied(old, path)
	}
	writeNew := func(w io.Writer) error {
		v := NewHash(w, p.Hash(), made.Hash())
		if err := write(v); err != nil {
			return err
		}
		return v.Flush()
	}
	sum := nixhash.NewHasher(nixhash.SHA256)
	if err := writeNew(sum); err != nil {
		return "", err
	}
	if refs.Self {
		refs.Paths = append(refs.Paths, path)
	}
	added := &store.PathInfo{Path: path, NARHash: sum.Result(), NARSize: sum.Len(), References: slices.Sorted(slices.Values(refs.Paths)), CA: ca}
	r, w := io.Pipe()
	defer r.Close()
	go func() { w.CloseWithError(writeNew(w)) }()
	return path, to.AddNAR(ctx, added, r)
}
