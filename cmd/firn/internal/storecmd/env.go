// Package storecmd has the commands about stores and their formats, as they are below
// firn, and below the link nix.
//
//	Env                                         what commands work with
//	Hash, NAR, Key, Derivation, Store, …        commands: fields are flags and operands, Run does the work
//	installables, storePaths, target            how operands name store objects, and which those are
//
// The fields have tags of kong. Package nixcmd reads the same fields from command lines of
// the reference. Output, messages and exit status are the reference's.
package storecmd

// This file defines Env.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// An Env is what commands work with: a program, and the stores that it has opened. The
// caller must call Close.
type Env struct {
	*dropin.Program
	Flakes FlakeFunc // for operands that are outputs of flakes; nil for programs that take none

	opened *stores.Opened // nil until the first store is needed
	main   store.Store    // that of the settings; nil until it is needed

	builds buildProgress // what is shown of them

	substituters map[store.Store]store.Substituter // of stores that need one; nil: they have none
}

// Common are the flags that every command has below firn; nix has them for all commands.
type Common struct {
	Store   string   `placeholder:"URL" help:"Use this store: auto, local?root=/x, a folder, dummy://, file:///cache and others."`
	Option  []string `sep:"none" placeholder:"NAME=VALUE" help:"Change a setting of Nix. Also: --option NAME VALUE, and --NAME VALUE."`
	Setting []string `hidden:"" sep:"none"` // NAME or NAME=VALUE: a flag that is a setting
}

// NewEnv returns the Env of a program whose settings have been read.
func NewEnv(p *dropin.Program) *Env {
	return &Env{Program: p, substituters: map[store.Store]store.Substituter{}}
}

// Close closes the stores.
func (e *Env) Close() error {
	if e.opened == nil {
		return nil
	}
	return e.opened.Close()
}

// Store returns the store of the settings.
func (e *Env) Store(ctx context.Context) (store.Store, error) {
	if e.main != nil {
		return e.main, nil
	}
	s, err := e.OpenStore(ctx, e.Set.Text("store"))
	if err == nil {
		e.main = s
	}
	return s, err
}

// Target returns what writes what an evaluation puts into the store of a reference. Programs of the reference also
// write what was fetched, which firn's own leave in the cache.
func (e *Env) Target(s store.Store, ref string) *stores.Target {
	t := stores.NewTarget(s, ref)
	t.Fetched = e.Name != "firn"
	t.Copying = func(from string) { e.Log.Say(dropin.Chatty, fmt.Sprintf("copying '%s' to the store", from)) }
	return t
}

// OpenStore returns the store of a reference such as "local?root=/x".
func (e *Env) OpenStore(ctx context.Context, ref string) (store.Store, error) {
	s, err := e.stores().Open(ctx, ref)
	var param *cache.ParamError
	if errors.As(err, &param) {
		err = dropin.Usage("%s%s", param.Error(), dropin.Suggest(param.Value, param.Choices))
	}
	return s, err
}

// stores returns what opens stores.
func (e *Env) stores() *stores.Opened {
	if e.opened == nil {
		e.opened = stores.New(e.Streams, e.Set, func(text string) { e.Log.Say(dropin.Error, text) }, e.Log.Warn)
		e.opened.OnBuild = func(event build.Event) {
			e.builds.note(event)
			e.Log.Build(event)
		}
		e.opened.BuildLogs = e.Log.BuildLogs
		if e.Name == "firn" {
			e.opened.LogCommand, e.opened.NameLimits = "firn log", true
		}
	}
	return e.opened
}

// Keeper returns what keeps order in a store, which must have one. what names what it is
// needed for.
func Keeper(s store.Store, what string) (store.Keeper, error) {
	if k := s.Keeper(); k != nil {
		return k, nil
	}
	return nil, dropin.Failure("this store does not support %s", what)
}

// Lines writes texts, each on a line.
func (e *Env) Lines(texts ...string) {
	for _, t := range texts {
		_, _ = e.Text.WriteString(t) // what fails is told by Flush
		_ = e.Text.WriteByte('\n')
	}
}

// FollowLinks returns the store path that a path leads to: one in the store, or a
// symbolic link to it. What follows the store path does not count.
func (e *Env) FollowLinks(s store.Store, name string) (string, error) {
	p, _, err := e.FollowInto(s, name)
	return p, err
}

// maxLinks is how many symbolic links may lead to a store path.
const maxLinks = 1024

// FollowInto is FollowLinks, and returns what follows the store path: "" or "/a/b".
func (e *Env) FollowInto(s store.Store, name string) (storePath, rest string, err error) {
	at := path.Clean(e.Absolute(name))
	for range maxLinks {
		if s.Dir().Contains(at) {
			break
		}
		target, err := os.Readlink(filepath.FromSlash(at))
		if err != nil {
			break
		}
		if target = filepath.ToSlash(target); !path.IsAbs(target) {
			target = path.Join(path.Dir(at), target)
		}
		at = path.Clean(target)
	}
	if !s.Dir().Contains(at) {
		return "", "", dropin.Failure("path \"%s\" is not in the Nix store", at)
	}
	p, rest, err := s.Dir().Split(at)
	if err != nil {
		return "", "", err
	}
	return s.Dir().Text(p), rest, nil
}

// FollowAll is FollowLinks of several paths.
func (e *Env) FollowAll(s store.Store, names []string) ([]string, error) {
	out := make([]string, len(names))
	var err error
	for i, name := range names {
		if out[i], err = e.FollowLinks(s, name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// FileError returns an error of the operating system about a file in the reference's words.
func FileError(err error) error { return dropin.FileError(err) }

// writeFile writes a file, all or nothing of it, so that it lasts.
func writeFile(name, text string, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return FileError(err)
	}
	_, err = io.WriteString(f, text)
	if synced := f.Sync(); err == nil {
		err = synced
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(name)
	}
	return err
}
