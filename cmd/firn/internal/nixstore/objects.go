package nixstore

// This file defines the operations that add store objects, write them elsewhere, and check
// them.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/firn-lang/firn/builtins/store/export"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// add copies files and folders to the store.
func (r *run) add(ctx context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	return r.addAll(ctx, r.args, storepath.NAR, nixhash.SHA256)
}

// addAll copies files and folders to the store, and prints where they are there.
func (r *run) addAll(ctx context.Context, names []string, m storepath.Method, algo nixhash.Algo) error {
	for _, name := range names {
		abs := path.Clean(r.Absolute(name))
		p, err := r.AddPath(ctx, r.store, abs, path.Base(abs), m, algo)
		if err != nil {
			return err
		}
		r.Lines(p)
	}
	return nil
}

// addFixed copies files to the store by a method and algorithm.
func (r *run) addFixed(ctx context.Context) error {
	var recursive bool
	if err := r.switches(map[string]*bool{"--recursive": &recursive}); err != nil {
		return err
	}
	if len(r.args) == 0 {
		return dropin.Usage("first argument must be hash algorithm")
	}
	algo, err := r.ParseAlgo(r.args[0])
	if err != nil {
		return err
	}
	return r.addAll(ctx, r.args[1:], method(recursive), algo)
}

// method returns the method of adding that --recursive chooses.
func method(recursive bool) storepath.Method {
	if recursive {
		return storepath.NAR
	}
	return storepath.Flat
}

// printFixedPath prints the path that a file of a hash has in the store.
func (r *run) printFixedPath(context.Context) error {
	var recursive bool
	if err := r.switches(map[string]*bool{"--recursive": &recursive}); err != nil {
		return err
	}
	if len(r.args) != 3 {
		return dropin.Usage("'--print-fixed-path' requires three arguments")
	}
	algo, err := r.ParseAlgo(r.args[0])
	if err != nil {
		return err
	}
	h, err := nixhash.Parse(r.args[1], algo)
	if err != nil {
		return err
	}
	dir := storepath.Dir(r.StoreDir(r.Set))
	p, err := dir.MakeFixed(r.args[2], method(recursive), h, storepath.References{})
	if err != nil {
		return err
	}
	r.Lines(dir.Text(p))
	return nil
}

// oneArg returns the operand of an operation that has one, and no flags.
func (r *run) oneArg() (string, error) {
	if err := r.noFlags(); err != nil {
		return "", err
	}
	if len(r.args) != 1 {
		return "", dropin.Usage("only one argument allowed")
	}
	return r.args[0], nil
}

// dump writes the archive of a file or folder.
func (r *run) dump(context.Context) error {
	name, err := r.oneArg()
	if err != nil {
		return err
	}
	return r.WriteNAR(r.Text, name)
}

// restore makes files of the archive on standard input.
func (r *run) restore(context.Context) error {
	name, err := r.oneArg()
	if err != nil {
		return err
	}
	err = nar.Restore(r.In, name, r.Set.Bool("use-case-hack"))
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case !errors.Is(err, fs.ErrExist):
		return storecmd.FileError(err)
	case errors.As(err, &link):
		return dropin.Failure("creating symlink \"%s\" -> \"%s\": File exists", r.Absolute(link.New), link.Old)
	case !errors.As(err, &file):
		return dropin.Failure("creating file \"%s\": File exists", r.Absolute(name))
	case file.Op != "mkdir":
		return dropin.Failure("creating file \"%s\": File exists", r.Absolute(file.Path))
	case isFolder(file.Path):
		return dropin.Failure("path '%s' already exists", r.Absolute(file.Path))
	}
	return dropin.Failure("creating directory \"%s\": File exists", r.Absolute(file.Path))
}

// isFolder reports whether there is a folder at a path, or a link to one.
func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// export writes paths for --import.
func (r *run) export(ctx context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	paths, err := r.FollowAll(r.store, r.args)
	if err != nil {
		return err
	}
	return export.Write(ctx, r.Text, r.store, paths)
}

// importPaths adds what --export wrote.
func (r *run) importPaths(ctx context.Context) error {
	if err := r.bare(); err != nil {
		return err
	}
	temp, err := os.CreateTemp("", "firn-import-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	paths, err := export.Read(ctx, r.In, r.store, temp)
	r.Lines(paths...)
	return err
}

// verifyPath checks that the contents of paths have not changed.
func (r *run) verifyPath(ctx context.Context) error {
	if len(r.flags) > 0 {
		return dropin.Usage("no flags expected")
	}
	failed := false
	for _, arg := range r.args {
		p, err := r.FollowLinks(r.store, arg)
		if err != nil {
			return err
		}
		r.Log.Say(dropin.Talkative, "checking path '"+p+"'...")
		info, err := r.store.Info(ctx, p)
		if err != nil {
			return err
		}
		h := nixhash.NewHasher(info.NARHash.Algo)
		if err := r.store.WriteNAR(ctx, p, h); err != nil {
			return err
		}
		if got := h.Result(); got != info.NARHash {
			failed = true
			r.Log.Say(dropin.Error, fmt.Sprintf("path '%s' was modified! expected hash '%s', got '%s'", p, info.NARHash.Prefixed(nixhash.Nix32), got.Prefixed(nixhash.Nix32)))
		}
	}
	if failed {
		return dropin.Exit(1)
	}
	return nil
}

// repairPath makes paths again whose contents have changed.
func (r *run) repairPath(ctx context.Context) error {
	if len(r.flags) > 0 {
		return dropin.Usage("no flags expected")
	}
	paths, err := r.FollowAll(r.store, r.args)
	if err != nil || len(paths) == 0 {
		return err
	}
	return r.Repair(ctx, r.store, paths...)
}

// generateKey makes a key pair.
func (r *run) generateKey(context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	if len(r.args) != 3 {
		return dropin.Usage("three arguments expected")
	}
	return storecmd.WriteKeys(r.args[0], r.args[1], r.args[2])
}

// init makes the store, which opening it did.
func (r *run) init(context.Context) error { return r.bare() }
