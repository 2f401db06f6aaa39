package store

// This file defines stores that keep nothing.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// Disk returns the store of what the directory dir of a world has; "" stands for
// the usual directory. It knows no database: what is there is valid, references
// are known of derivations only, and the hash of an archive is computed each
// time. It keeps nothing.
func Disk(dir storepath.Dir, host world.Host) Store {
	if dir == "" {
		dir = storepath.DefaultDir
	}
	return disk{dir, host}
}

// Dummy returns a store with nothing in it that keeps nothing.
func Dummy(dir storepath.Dir) Store { return Disk(dir, world.None()) }

type disk struct {
	dir  storepath.Dir
	host world.Host
}

func (d disk) Dir() storepath.Dir { return d.dir }
func (d disk) Files() world.Host  { return d.host }
func (d disk) ReadOnly() bool     { return true }
func (d disk) Builder() Builder   { return nil }

func (d disk) IsValid(ctx context.Context, path string) (bool, error) {
	if _, err := d.dir.Parse(path); err != nil {
		return false, nil
	}
	_, err := d.host.Lstat(ctx, path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// check returns the error for a path that is not valid.
func (d disk) check(ctx context.Context, path string) error {
	valid, err := d.IsValid(ctx, path)
	if err == nil && !valid {
		err = &InvalidPathError{Path: strings.Clone(path)}
	}
	return err
}

func (d disk) Info(ctx context.Context, path string) (*PathInfo, error) {
	refs, err := d.References(ctx, path)
	if err != nil {
		return nil, err
	}
	info := &PathInfo{Path: strings.Clone(path), References: slices.Clone(refs)}
	info.NARHash, info.NARSize, err = nar.Hash(nixhash.SHA256, Files(ctx, d.host), path, nil)
	return info, err
}

func (d disk) References(ctx context.Context, path string) ([]string, error) {
	if err := d.check(ctx, path); err != nil || !strings.HasSuffix(path, storepath.DrvExtension) {
		return nil, err
	}
	text, err := world.ReadFile(ctx, d.host, path, world.NoLimit)
	if err != nil {
		return nil, PathError(err, path)
	}
	parsed, err := drv.ParseFile(d.dir, path, string(text))
	if err != nil {
		return nil, err
	}
	return parsed.References(), nil
}

func (d disk) Referrers(ctx context.Context, path string) ([]string, error) {
	if err := d.check(ctx, path); err != nil {
		return nil, err
	}
	entries, err := d.host.ReadDir(ctx, string(d.dir))
	if err != nil {
		return nil, PathError(err, string(d.dir))
	}
	var out []string
	for _, e := range entries {
		other := world.Join(string(d.dir), e.Name)
		refs, err := d.References(ctx, other)
		if errors.Is(err, ErrInvalid) {
			continue // no store object, or gone meanwhile
		}
		if err != nil {
			return nil, err
		}
		if slices.Contains(refs, path) {
			out = append(out, other)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (d disk) Derivers(ctx context.Context, path string) ([]string, error) {
	var out []string
	for drvPath, err := range d.Paths(ctx) {
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(drvPath, storepath.DrvExtension) {
			continue
		}
		text, err := world.ReadFile(ctx, d.host, drvPath, world.NoLimit)
		if err != nil {
			continue // gone meanwhile
		}
		parsed, err := drv.ParseFile(d.dir, drvPath, string(text))
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(parsed.Outputs, func(o drv.Output) bool { return o.Path == path }) {
			out = append(out, drvPath)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (d disk) Complete(ctx context.Context, hashPart string) (string, error) {
	for path, err := range d.Paths(ctx) {
		if err != nil {
			return "", err
		}
		if p, err := d.dir.Parse(path); err == nil && p.Hash() == hashPart {
			return path, nil
		}
	}
	return "", nil
}

// Paths implements Store: it yields what in the directory has the name of a
// store object. A directory that is not there has none.
func (d disk) Paths(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		entries, err := d.host.ReadDir(ctx, string(d.dir))
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield("", PathError(err, string(d.dir)))
			return
		}
		for _, e := range entries {
			path := world.Join(string(d.dir), e.Name)
			if _, err := d.dir.Parse(path); err == nil && !yield(path, nil) {
				return
			}
		}
	}
}

func (d disk) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	if err := d.check(ctx, path); err != nil {
		return err
	}
	return nar.Write(w, Files(ctx, d.host), path, nil)
}

func (d disk) AddText(_ context.Context, text Text) (string, error) {
	path, _, err := text.Resolve(d.dir)
	return path, err
}

func (d disk) Add(ctx context.Context, src Source) (string, nixhash.Hash, error) {
	return src.Resolve(ctx, d.dir)
}

func (d disk) AddAll(ctx context.Context, objects []Object) ([]string, error) {
	return pathsOf(ctx, d.dir, objects)
}

// pathsOf returns the paths of objects, which are not added.
func pathsOf(ctx context.Context, dir storepath.Dir, objects []Object) ([]string, error) {
	order, err := OrderOf(ctx, dir, objects)
	if err != nil {
		return nil, err
	}
	return order.Paths, nil
}

func (d disk) AddNAR(context.Context, *PathInfo, io.Reader) error { return ErrReadOnly }
func (d disk) AddTempRoot(context.Context, string) error          { return nil }
func (d disk) Keeper() Keeper                                     { return nil }
func (d disk) Realisations() Realisations                         { return nil }

func (d disk) AddSignatures(context.Context, string, []string) error { return ErrReadOnly }

// ReadOnly returns s as a store that keeps nothing: what it has is what s has.
func ReadOnly(s Store) Store {
	if s.ReadOnly() {
		return s
	}
	return readOnly{s}
}

// A readOnly embeds no Store, so that a new method is a decision here too.
type readOnly struct{ s Store }

func (r readOnly) Dir() storepath.Dir { return r.s.Dir() }
func (r readOnly) Files() world.Host  { return r.s.Files() }
func (r readOnly) ReadOnly() bool     { return true }
func (r readOnly) Builder() Builder   { return nil }
func (r readOnly) Keeper() Keeper     { return nil }

func (r readOnly) Realisations() Realisations { return r.s.Realisations() }

func (r readOnly) IsValid(ctx context.Context, path string) (bool, error) {
	return r.s.IsValid(ctx, path)
}

func (r readOnly) Info(ctx context.Context, path string) (*PathInfo, error) {
	return r.s.Info(ctx, path)
}

func (r readOnly) References(ctx context.Context, path string) ([]string, error) {
	return r.s.References(ctx, path)
}

func (r readOnly) Referrers(ctx context.Context, path string) ([]string, error) {
	return r.s.Referrers(ctx, path)
}

func (r readOnly) Derivers(ctx context.Context, path string) ([]string, error) {
	return r.s.Derivers(ctx, path)
}

func (r readOnly) Complete(ctx context.Context, hashPart string) (string, error) {
	return r.s.Complete(ctx, hashPart)
}

func (r readOnly) Paths(ctx context.Context) iter.Seq2[string, error] { return r.s.Paths(ctx) }

func (r readOnly) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	return r.s.WriteNAR(ctx, path, w)
}

func (r readOnly) AddText(_ context.Context, text Text) (string, error) {
	path, _, err := text.Resolve(r.Dir())
	return path, err
}

func (r readOnly) Add(ctx context.Context, src Source) (string, nixhash.Hash, error) {
	return src.Resolve(ctx, r.Dir())
}

func (r readOnly) AddAll(ctx context.Context, objects []Object) ([]string, error) {
	return pathsOf(ctx, r.Dir(), objects)
}

func (r readOnly) AddNAR(context.Context, *PathInfo, io.Reader) error { return ErrReadOnly }

func (r readOnly) AddSignatures(context.Context, string, []string) error { return ErrReadOnly }

func (r readOnly) AddTempRoot(ctx context.Context, path string) error {
	return r.s.AddTempRoot(ctx, path)
}
