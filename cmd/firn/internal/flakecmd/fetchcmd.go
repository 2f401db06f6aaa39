package flakecmd

// This file defines the commands that fetch the trees of flakes, and put them into stores.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval/datatext"
)

// put puts a tree into a store, and returns its path.
func put(ctx context.Context, to store.Store, tree *fetch.Tree, hash nixhash.Hash) (string, error) {
	p, _, err := to.Add(ctx, store.Source{Name: "source", Method: storepath.NAR, Host: tree.Files, Path: "/", Foreign: true, Hash: hash})
	return p, err
}

// printJSON prints a value, on several lines on a terminal.
func (s *session) printJSON(v any) error {
	out, err := datatext.AppendJSONValue(nil, v, terminal.Of(s.Out, s.Getenv).Is)
	s.Lines(string(out))
	return err
}

// Prefetch is flake prefetch.
type Prefetch struct {
	one
	JSON    bool   `name:"json" help:"Print JSON."`
	OutLink string `short:"o" placeholder:"LINK" help:"Make a link to the tree in the store, which keeps it."`
	evalFlags
	lockFlags
}

// Run fetches the tree, and says where it is.
func (c *Prefetch) Run(ctx context.Context, e *storecmd.Env) error {
	s, err := newSession(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	ref, err := s.operand(ctx, c.Ref)
	if err != nil {
		return err
	}
	if !s.noRegistries(&c.lockFlags) {
		if ref, err = s.resolve(ctx, ref); err != nil {
			return err
		}
	}
	tree, locked, err := s.fetch(ctx, ref)
	if err != nil {
		return err
	}
	locked.Dir = ref.Dir
	hash, err := tree.NARHash(ctx)
	if err != nil {
		return err
	}
	st, err := e.Store(ctx)
	if err != nil {
		return err
	}
	p, err := put(ctx, st, tree, hash)
	if err != nil {
		return err
	}
	if c.JSON {
		err = s.printJSON(map[string]any{
			"storePath": p, "hash": hash.String(), "original": map[string]any(ref.All()), "locked": map[string]any(locked.All()),
		})
	} else {
		e.Log.Say(dropin.Notice, fmt.Sprintf("Downloaded '%s' to '%s' (hash '%s').", lock.URL(parserOf(e), locked), p, hash))
	}
	if err != nil || c.OutLink == "" {
		return err
	}
	k := st.Keeper()
	if k == nil {
		return dropin.Failure("'--out-link' is not supported for this Nix store")
	}
	return k.AddRoot(ctx, path.Clean(e.Absolute(c.OutLink)), p)
}

// operand reads the reference that is the operand of a command; "" is the flake here.
func (s *session) operand(ctx context.Context, text string) (*flakeref.Ref, error) {
	if text == "" {
		text = "."
	}
	return s.reference(ctx, text)
}

// Archive is flake archive.
type Archive struct {
	one
	JSON        bool   `name:"json" help:"Print the paths as JSON."`
	DryRun      bool   `help:"Compute the paths, and copy nothing."`
	To          string `placeholder:"URL" help:"The store to copy to, beside the store of the settings."`
	NoCheckSigs bool   `help:"Copy also what has no signature by a trusted key."`
	evalFlags
	lockFlags
}

// An archiver is flake archive under way.
type archiver struct {
	*session
	to    store.Store
	known bool // paths are computed of the hashes in the lock file
	paths []string
}

// Run copies the trees.
func (c *Archive) Run(ctx context.Context, e *storecmd.Env) error {
	s, flake, err := c.open(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	st, err := e.Store(ctx)
	if err != nil {
		return err
	}
	a := &archiver{session: s, to: st, known: c.DryRun}
	if c.DryRun {
		a.to = store.Dummy(st.Dir())
	}
	root, err := a.put(ctx, flake.Locked)
	if err != nil {
		return err
	}
	inputs, err := a.inputs(ctx, flake.Lock.Root)
	if err != nil {
		return err
	}
	if c.JSON {
		if err := s.printJSON(map[string]any{"path": root, "inputs": inputs}); err != nil {
			return err
		}
	}
	if c.DryRun || c.To == "" {
		return nil
	}
	return e.CopyTo(ctx, c.To, a.paths, !c.NoCheckSigs)
}

// inputs copies the inputs of a node, and theirs, and returns their paths.
func (a *archiver) inputs(ctx context.Context, n *lock.Node) (map[string]any, error) {
	out := map[string]any{}
	for name, edge := range n.Sorted() {
		if edge.Node == nil {
			continue
		}
		doc := map[string]any{}
		if !edge.Node.Locked.IsRelative() {
			p, err := a.put(ctx, edge.Node.Locked)
			if err != nil {
				return nil, err
			}
			doc["path"] = p
		}
		below, err := a.inputs(ctx, edge.Node)
		if err != nil {
			return nil, err
		}
		doc["inputs"] = below
		out[name] = doc
	}
	return out, nil
}

// put copies the tree of a locked reference, and returns its path.
func (a *archiver) put(ctx context.Context, locked *flakeref.Ref) (string, error) {
	hash, ok, err := locked.Attrs.NarHash()
	if err != nil {
		return "", err
	}
	if ok && a.known {
		src := store.Source{Name: "source", Method: storepath.NAR, Hash: hash}
		return src.ResolveAs(a.to.Dir(), hash)
	}
	p, err := a.putTree(ctx, locked, a.to)
	if err == nil {
		a.paths = append(a.paths, p)
	}
	return p, err
}

// putTree fetches the tree of a reference, and copies it to a store.
func (s *session) putTree(ctx context.Context, ref *flakeref.Ref, to store.Store) (string, error) {
	tree, _, err := s.fetch(ctx, ref)
	if err != nil {
		return "", err
	}
	hash, err := tree.NARHash(ctx)
	if err != nil {
		return "", err
	}
	return put(ctx, to, tree, hash)
}

// PrefetchInputs is flake prefetch-inputs.
type PrefetchInputs struct {
	one
	evalFlags
	lockFlags
}

// maxParallel is how many inputs are fetched at once.
const maxParallel = 8

// Run fetches all inputs, several at once, and goes on after errors.
func (c *PrefetchInputs) Run(ctx context.Context, e *storecmd.Env) error {
	s, flake, err := c.open(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	st, err := e.Store(ctx)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	var mu sync.Mutex // of the messages
	slots := make(chan struct{}, maxParallel)
	failed := false
	seen := map[*lock.Node]bool{}
	for _, place := range flake.Lock.Places() {
		n := place.Edge.Node
		if n == nil || seen[n] || n.Locked.IsRelative() {
			continue
		}
		seen[n] = true
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if _, err := s.putTree(ctx, n.Locked, st); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = true
				e.Log.Error(err)
			}
		})
	}
	group.Wait()
	if failed {
		return dropin.Exit(1)
	}
	return nil
}

// Clone is flake clone.
type Clone struct {
	one
	Dest string `short:"f" placeholder:"PATH" help:"Where the repository is put."`
	evalFlags
	lockFlags
}

// Run clones the repository, or copies the tree of what is none.
func (c *Clone) Run(ctx context.Context, e *storecmd.Env) error {
	if c.Dest == "" {
		return dropin.Failure("missing flag '--dest'")
	}
	s, err := newSession(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	ref, err := s.operand(ctx, c.Ref)
	if err == nil {
		ref, err = s.resolve(ctx, ref)
	}
	if err != nil {
		return err
	}
	url, ok := repository(ref)
	if !ok {
		return s.copyTree(ctx, ref, c.Dest)
	}
	if path.IsAbs(url) && !exists(ctx, e, url) {
		return dropin.Failure("Git repository \"%s\" does not exist.", url)
	}
	args := []string{"clone"}
	if branch, ok := ref.Attrs["ref"].(string); ok {
		args = append(args, "--branch", branch)
	}
	if ref.Attrs["rev"] != nil {
		return dropin.Failure("cloning a specific revision is not implemented")
	}
	cmd := exec.CommandContext(ctx, "git", append(args, "--", url, c.Dest)...)
	cmd.Dir = filepath.FromSlash(e.Dir)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = e.In, e.Out, e.Err
	switch err := cmd.Run(); {
	case errors.Is(err, exec.ErrNotFound):
		return noGit("git clone")
	case err != nil:
		return dropin.Failure("program 'git' failed with exit code %d", cmd.ProcessState.ExitCode())
	}
	return nil
}

// repository returns where the repository of Git of a reference is; ok is false if there is
// none.
func repository(ref *flakeref.Ref) (url string, ok bool) {
	text := func(name, otherwise string) string {
		if s, ok := ref.Attrs[name].(string); ok {
			return s
		}
		return otherwise
	}
	place := "/" + text("owner", "") + "/" + text("repo", "")
	switch ref.Type() {
	case "git":
		url := text("url", "")
		u, err := flakeref.ParseURL(url, true, func(string, ...any) {})
		if err == nil && u.Scheme == "file" {
			if file, err := u.FilePath(); err == nil {
				return file, true
			}
		}
		return url, true
	case "github":
		return "https://" + text("host", "github.com") + place + ".git", true
	case "gitlab":
		return "https://" + text("host", "gitlab.com") + place + ".git", true
	case "sourcehut":
		return "https://" + text("host", "git.sr.ht") + place, true
	}
	return "", false
}

// copyTree writes the tree of a reference to a new folder.
func (s *session) copyTree(ctx context.Context, ref *flakeref.Ref, name string) error {
	dest := filepath.FromSlash(path.Clean(s.Absolute(name)))
	if _, err := os.Lstat(dest); err == nil {
		return dropin.Failure("cannot clone into existing path \"%s\"", name)
	}
	tree, _, err := s.fetch(ctx, ref)
	if err != nil {
		return err
	}
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(nar.Write(w, store.Files(ctx, tree.Files), "/", nil)) }()
	err = nar.Restore(bufio.NewReader(r), dest, false)
	_ = r.CloseWithError(context.Canceled) // ends the goroutine, if it still writes
	return err
}
