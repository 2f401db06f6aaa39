package flakecmd

// This file defines the commands about registries.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/store/filelock"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// Registry has the commands about what names of flakes stand for.
type Registry struct {
	List    RegistryList    `cmd:"" help:"Print what names of flakes stand for."`
	Add     RegistryAdd     `cmd:"" help:"Let a name stand for a flake."`
	Remove  RegistryRemove  `cmd:"" help:"Remove a name."`
	Pin     RegistryPin     `cmd:"" help:"Let a name stand for a flake as it is now."`
	Resolve RegistryResolve `cmd:"" help:"Print what references of flakes stand for."`
}

// registryFlags say which registry is changed.
type registryFlags struct {
	Registry string `placeholder:"FILE" help:"Change this registry. Default: that of the user."`
}

// change changes the registry, and writes it. Others that change it meanwhile wait.
func (f *registryFlags) change(ctx context.Context, e *storecmd.Env, fn func(*registry.Registry)) error {
	file := e.UserRegistry()
	if f.Registry != "" {
		file = path.Clean(e.Absolute(f.Registry))
	}
	file, err := target(file)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.FromSlash(path.Dir(file)), 0o777); err != nil {
		return storecmd.FileError(err)
	}
	lock, err := filelock.Acquire(ctx, filepath.FromSlash(file), func() {
		e.Log.Say(dropin.Error, fmt.Sprintf("waiting for another process that changes '%s'...", file))
	})
	switch {
	case err == nil:
		defer lock.Release()
	case !errors.Is(err, errors.ErrUnsupported): // a system without locks of files has to do without
		return err
	}
	r := e.Registry(ctx, file, e.Log.Warn)
	if r == nil {
		// What cannot be read is not replaced: a typo would cost all entries.
		if _, err := os.Lstat(filepath.FromSlash(file)); err == nil {
			return dropin.Failure("the registry '%s' cannot be read, so it is not changed", file)
		}
		r = &registry.Registry{}
	}
	fn(r)
	text, err := r.Text()
	if err != nil {
		return err
	}
	return writeWhole(file, text)
}

// plainRef reads a reference that stays as it is written: paths are absolute.
func plainRef(e *storecmd.Env, text string) (*flakeref.Ref, error) { return parserOf(e).Parse(text) }

// plainInput is plainRef for what is looked up, which has no folder.
func plainInput(e *storecmd.Env, text string) (ref *flakeref.Ref, dir string, err error) {
	if ref, err = plainRef(e, text); err == nil {
		dir, ref.Dir = ref.Dir, ""
	}
	return ref, dir, err
}

// RegistryList is registry list.
type RegistryList struct{}

// Run prints the entries of all registries.
func (c *RegistryList) Run(ctx context.Context, e *storecmd.Env) error {
	s, err := newSession(ctx, e, &evalFlags{}, &lockFlags{})
	if err != nil {
		return err
	}
	list, err := s.registries.All(ctx)
	if err != nil {
		return err
	}
	p := parserOf(e)
	for kind, r := range list {
		if r == nil {
			continue
		}
		for _, entry := range r.Entries {
			e.Lines(fmt.Sprintf("%-6s %s %s", registry.Kind(kind), lock.URL(p, entry.From), lock.URL(p, entry.To)))
		}
	}
	return nil
}

// RegistryAdd is registry add.
type RegistryAdd struct {
	From string `arg:"" name:"from-url" help:"The name, as in nixpkgs, or the reference."`
	To   string `arg:"" name:"to-url" help:"The flake that it stands for."`
	registryFlags
	evalFlags
}

// Run adds the entry, in place of the one that there is.
func (c *RegistryAdd) Run(ctx context.Context, e *storecmd.Env) error {
	from, _, err := plainInput(e, c.From)
	if err != nil {
		return err
	}
	to, err := plainRef(e, c.To)
	if err != nil {
		return err
	}
	return c.change(ctx, e, func(r *registry.Registry) { r.Add(from, to) })
}

// RegistryRemove is registry remove.
type RegistryRemove struct {
	URL string `arg:"" name:"url" help:"The name or reference."`
	registryFlags
}

// Run removes the entry, if there is one.
func (c *RegistryRemove) Run(ctx context.Context, e *storecmd.Env) error {
	from, _, err := plainInput(e, c.URL)
	if err != nil {
		return err
	}
	return c.change(ctx, e, func(r *registry.Registry) { r.Remove(from) })
}

// RegistryPin is registry pin.
type RegistryPin struct {
	URL    string `arg:"" name:"url" help:"The name or reference."`
	Locked string `arg:"" optional:"" name:"locked" help:"The flake that it stands for from now on, at its present revision. Default: the one it stands for."`
	registryFlags
	evalFlags
}

// Run fetches the flake, and adds an entry that names its revision.
//
// Quirk: the folder of the entry is that of the name, and not that of the flake.
func (c *RegistryPin) Run(ctx context.Context, e *storecmd.Env) error {
	s, err := newSession(ctx, e, &c.evalFlags, &lockFlags{})
	if err != nil {
		return err
	}
	from, dir, err := plainInput(e, c.URL)
	if err != nil {
		return err
	}
	text := c.Locked
	if text == "" {
		text = c.URL
	}
	to, err := plainRef(e, text)
	if err != nil {
		return err
	}
	if to, err = s.resolve(ctx, to); err != nil {
		return err
	}
	_, locked, err := s.fetch(ctx, to)
	if err != nil {
		return err
	}
	if !locked.IsLocked() {
		e.Log.Warn(fmt.Sprintf("flake '%s' is not locked", lock.URL(parserOf(e), locked)))
	}
	locked.Attrs["__final"] = true
	locked.Dir = dir
	return c.change(ctx, e, func(r *registry.Registry) { r.Add(from, locked) })
}

// RegistryResolve is registry resolve.
type RegistryResolve struct {
	Refs []string `arg:"" optional:"" name:"flake-refs" help:"Names or references."`
}

// Run prints what each stands for.
func (c *RegistryResolve) Run(ctx context.Context, e *storecmd.Env) error {
	s, err := newSession(ctx, e, &evalFlags{}, &lockFlags{})
	if err != nil {
		return err
	}
	for _, text := range c.Refs {
		ref, err := plainRef(e, text)
		if err != nil {
			return err
		}
		if ref, err = s.resolve(ctx, ref); err != nil {
			return err
		}
		e.Lines(lock.URL(parserOf(e), ref))
	}
	return nil
}
