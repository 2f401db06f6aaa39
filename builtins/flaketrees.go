package builtins

// This file defines how locks are computed within an evaluation: how trees are fetched, and
// the flakes in them read.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/manifest"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// flakeTrees is the lock.Fetcher of one call.
type flakeTrees struct {
	f      fetchers
	c      *core.Call
	host   world.Host // that paths are read from
	parser *flakeref.Parser

	allowDirty bool // the setting allow-dirty-locks
	isBuiltin  bool // it is for builtins.getFlake
	deferHash  bool // hashes and counts of trees are computed when they are asked for

	mu       sync.Mutex
	warnings []string // of fetches, which are told when their goroutine may
}

// A flakeTree is the Data of a lock.Tree.
type flakeTree struct {
	tree      *fetch.Tree
	out       string                        // its store path, or what stands for it: see store.View.AddPending
	deferred  *deferredTree                 // what is not known yet; nil if all is
	manifests map[string]*manifest.Manifest // that were read, by their folders
}

// A fetchError says what could not be fetched.
type fetchError struct {
	url string
	err error
}

func (e *fetchError) Error() string {
	return fmt.Sprintf("while fetching the input '%s': %s", e.url, e.err)
}

func (e *fetchError) Unwrap() error { return e.err }

// quiet reads references that were read before, so that there is nothing to warn of.
var quiet = &flakeref.Parser{}

// resolve looks a reference up in the registries.
func (t *flakeTrees) resolve(ctx context.Context, ref *flakeref.Ref, use lock.Registries) (*flakeref.Ref, error) {
	if use == lock.NoRegistry {
		return ref, nil
	}
	list := &registry.List{}
	if t.f.registries != nil {
		var err error
		if list, err = t.f.registries(ctx, ref, use == lock.LimitedRegistry); err != nil {
			return nil, err
		}
	}
	found, err := list.Lookup(ref, use == lock.LimitedRegistry, quiet)
	if err != nil {
		return nil, &codedError{err, core.CodeFlakeReference}
	}
	return found, nil
}

// Fetch implements lock.Fetcher. It must not use the call.
func (t *flakeTrees) Fetch(ctx context.Context, ref *flakeref.Ref, use lock.Registries) (*lock.Tree, error) {
	env := &fetch.Env{Host: t.host, Warn: func(format string, args ...any) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.warnings = append(t.warnings, fmt.Sprintf(format, args...))
	}}
	resolved, err := t.resolve(ctx, ref, use)
	if err != nil {
		return nil, err
	}
	in := *resolved
	in.Dir = ""
	url := lock.URL(quiet, &in)
	if _, ok := in.Attrs["narHash"].(string); !ok || use != lock.NoRegistry {
		t.f.unpinned(url)
	}
	tree, err := t.f.get.Fetch(ctx, &in, env)
	if err != nil {
		return nil, &fetchError{url, err}
	}
	shown := t.f.label(&in, tree, !t.isBuiltin)
	if _, known := tree.Attrs["narHash"]; t.deferHash && !known && shown != "" {
		return t.pending(&in, resolved, tree, shown)
	}
	hash, err := tree.NARHash(ctx)
	if err != nil {
		return nil, &fetchError{url, err}
	}
	attrs := maps.Clone(tree.Attrs)
	attrs["narHash"] = hash.String()
	if _, ok := attrs["revCount"]; !ok && tree.RevCount != nil {
		if attrs["revCount"], err = tree.RevCount(ctx); err != nil {
			return nil, &fetchError{url, err}
		}
	}
	delete(attrs, "__final")
	locked, err := quiet.FromAttrs(attrs, false)
	if err != nil {
		return nil, &fetchError{url, err}
	}
	locked.Dir = resolved.Dir
	out, err := t.f.st.AddForeign(ctx, nil, store.Foreign{
		Files: tree.Files, Name: "source", Method: storepath.NAR, Hash: hash, Shown: shown, From: t.f.from(&in, tree),
	})
	if err != nil {
		return nil, &fetchError{url, err}
	}
	return &lock.Tree{Resolved: resolved, Locked: locked, Data: &flakeTree{tree: tree, out: out, manifests: map[string]*manifest.Manifest{}}}, nil
}

// A deferredTree is what is not known of a tree, since nothing has asked for it.
type deferredTree struct {
	count func(ctx context.Context) (uint64, error) // nil if there is none, or it is known
	add   func(ctx context.Context) (out, narHash string, err error)

	mu      sync.Mutex // of what add has returned
	out     string
	narHash string
}

// settle returns the path of the tree in the store, and its hash.
func (d *deferredTree) settle(ctx context.Context) (out, narHash string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.out == "" {
		if d.out, d.narHash, err = d.add(ctx); err != nil {
			d.out = ""
		}
	}
	return d.out, d.narHash, err
}

// pending returns a tree whose hash is not computed. Messages call the tree shown.
func (t *flakeTrees) pending(in, resolved *flakeref.Ref, tree *fetch.Tree, shown string) (*lock.Tree, error) {
	f, url := t.f, lock.URL(quiet, in)
	from := f.from(in, tree)
	attrs := maps.Clone(tree.Attrs)
	delete(attrs, "__final")
	locked, err := quiet.FromAttrs(attrs, false)
	if err != nil {
		return nil, &fetchError{url, err}
	}
	locked.Dir = resolved.Dir
	d := &deferredTree{add: func(ctx context.Context) (string, string, error) {
		hash, err := tree.NARHash(ctx)
		if err != nil {
			return "", "", &fetchError{url, err}
		}
		out, err := f.st.AddForeign(ctx, nil, store.Foreign{
			Files: tree.Files, Name: "source", Method: storepath.NAR, Hash: hash, Shown: shown, From: from,
		})
		return out, hash.String(), err
	}}
	if _, known := attrs["revCount"]; !known && tree.RevCount != nil {
		d.count = tree.RevCount
	}
	out := f.st.AddPending(&store.Pending{Files: tree.Files, Name: "source", Shown: shown, Data: d, Settle: func(ctx context.Context) (string, error) {
		out, _, err := d.settle(ctx)
		return out, err
	}})
	return &lock.Tree{Resolved: resolved, Locked: locked, Data: &flakeTree{tree: tree, out: out, deferred: d, manifests: map[string]*manifest.Manifest{}}}, nil
}

// tellWarnings prints the warnings so far.
func (t *flakeTrees) tellWarnings() {
	t.mu.Lock()
	list := t.warnings
	t.warnings = nil
	t.mu.Unlock()
	for _, w := range list {
		t.c.Warn("%s", w)
	}
}

// maxManifest is how long a flake.nix or flake.lock may be, in bytes.
const maxManifest = 64 << 20

// Flake implements lock.Fetcher.
func (t *flakeTrees) Flake(tree *lock.Tree, dir string) (*lock.Flake, error) {
	m, err := t.manifest(tree, dir)
	if err != nil {
		return nil, err
	}
	tree.Data.(*flakeTree).manifests[dir] = m
	return &lock.Flake{
		Tree: tree, Dir: dir, Inputs: m.Inputs, Self: m.Self,
		Lock: func() (*lock.Graph, error) { return t.lockFile(tree, dir) },
	}, nil
}

// file returns where the file name of a flake is: in its tree, and what messages call it.
func (t *flakeTrees) file(tree *lock.Tree, dir, name string) (at, shown string) {
	at = path.Join("/", dir, name)
	return at, t.f.st.Shown(tree.Data.(*flakeTree).out + at)
}

// manifest reads the flake.nix of a flake.
func (t *flakeTrees) manifest(tree *lock.Tree, dir string) (*manifest.Manifest, error) {
	t.tellWarnings()
	at, shown := t.file(tree, dir, "flake.nix")
	files := tree.Data.(*flakeTree).tree.Files
	real, err := world.NewLinks(files).Resolve(t.c.Ctx(), t.c, at, false)
	var text []byte
	if err == nil {
		text, err = world.ReadFile(t.c.Ctx(), files, real, maxManifest)
	}
	if err != nil {
		return nil, t.c.FileError(tree.Data.(*flakeTree).out+at, err)
	}
	parsed, err := t.c.ParseText(shown, string(text), path.Dir(shown))
	if err != nil {
		return nil, err
	}
	return manifest.Read(parsed, manifest.Options{
		URL: lock.URL(t.parser, tree.Resolved), Dir: dir, Name: t.c.Name, Parser: t.parser,
	})
}

// lockFile reads the flake.lock of a flake.
func (t *flakeTrees) lockFile(tree *lock.Tree, dir string) (*lock.Graph, error) {
	at, shown := t.file(tree, dir, "flake.lock")
	files := tree.Data.(*flakeTree).tree.Files
	// It is written in place of what is there, so it must not be a link to a file of others.
	if info, err := files.Lstat(t.c.Ctx(), at); err == nil && info.Type == world.Symlink {
		return nil, t.c.Errorf(core.CodeInvalidArgument, "path '%s' is a symlink", shown)
	}
	text, err := world.ReadFile(t.c.Ctx(), files, at, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return lock.New(), nil
	}
	if err != nil {
		return nil, err
	}
	r := lock.Reader{Parser: t.parser, Budget: t.c, Warn: t.c.Warn, AllowDirty: t.allowDirty}
	return r.Parse(shown, string(text))
}

// failed returns an error of package lock and those below it as one of the evaluator.
func (t *flakeTrees) failed(err error) error {
	switch e := err.(type) {
	case *lock.InputError:
		return t.c.Frame(t.failed(e.Err), "%s", e.Frame())
	case *updateError:
		return t.c.Frame(t.failed(e.err), "%s", e.Frame())
	case *fetchError:
		return t.c.Frame(t.f.failed(t.c, e.url, e.err), "while fetching the input '%s'", e.url)
	case *lock.EscapeError:
		at := path.Join(t.f.st.Dir(), strings.TrimPrefix(e.Dir, "../"), "flake.nix")
		if t.c.Evaluator().Options().Pure {
			return t.c.Errorf(core.CodeInvalidFlake, "access to absolute path '%s' is forbidden in pure evaluation mode: %s", at, e)
		}
		return t.c.Errorf(core.CodeInvalidFlake, "'%s' is too short to be a valid store path: %s", path.Base(path.Dir(at)), e)
	case *manifest.Error:
		out := t.c.Errorf(core.CodeInvalidFlake, "%s", e.Msg)
		if failed, ok := out.(*core.Error); ok {
			failed.At = e.At
		}
		for _, f := range e.Frames {
			out = t.c.FrameAt(out, f.Pos, "%s", f.Msg)
		}
		return out
	}
	return withCode(t.c, err, core.CodeInvalidFlake)
}
