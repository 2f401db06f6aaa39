package storecmd

// This file defines the command that adds files to a store.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// addFlags are those of commands that add a file or folder to a store.
type addFlags struct {
	Path     string `arg:"" help:"The file or folder."`
	Name     string `short:"n" placeholder:"NAME" help:"The name in the store (default: that of the file)."`
	Mode     string `placeholder:"MODE" help:"What the path is made of: nar (default), the archive; flat or text, the bytes of a file; git, what git would make of it."`
	HashAlgo string `name:"hash-algo" placeholder:"NAME" help:"The hash that the path is made of: md5, sha1, sha256 (default), sha512 or blake3."`
	DryRun   bool   `name:"dry-run" help:"Print the path, and add nothing."`
}

// StoreAdd adds a file or folder to a store.
type StoreAdd struct{ addFlags }

// Run adds it, and prints its path.
func (c *StoreAdd) Run(ctx context.Context, e *Env) error { return c.run(ctx, e, storepath.NAR) }

// storeAddFile and storeAddPath are old names of StoreAdd.
type (
	storeAddFile struct{ addFlags }
	storeAddPath struct{ addFlags }
)

func (c *storeAddFile) Run(ctx context.Context, e *Env) error { return c.run(ctx, e, storepath.Flat) }
func (c *storeAddPath) Run(ctx context.Context, e *Env) error { return c.run(ctx, e, storepath.NAR) }

// run adds the file or folder, by a method unless the flags choose another.
func (c *addFlags) run(ctx context.Context, e *Env, m storepath.Method) error {
	algo := nixhash.SHA256
	var err error
	if c.Mode != "" {
		if m, err = storepath.ParseMethod(c.Mode); err != nil || c.Mode == "recursive" {
			return dropin.Usage("Unknown file ingestion method '%s', expect `flat`, `nar`, or `git`", c.Mode)
		}
	}
	if c.HashAlgo != "" {
		if algo, err = e.ParseAlgo(c.HashAlgo); err != nil {
			return err
		}
	}
	if m == storepath.Git {
		if err := e.Set.RequireFeature("git-hashing"); err != nil {
			return err
		}
	}
	name := c.Name
	if name == "" {
		name = c.Path[strings.LastIndexByte(c.Path, '/')+1:]
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	abs := path.Clean(e.Absolute(c.Path))
	if _, err := os.Lstat(filepath.FromSlash(abs)); errors.Is(err, fs.ErrNotExist) {
		return errNoPath(abs)
	}
	to := s
	if c.DryRun {
		to = store.Dummy(s.Dir())
	}
	var p string
	if m == storepath.Text {
		p, err = e.addText(ctx, to, abs, name, algo)
	} else {
		p, err = e.AddPath(ctx, to, abs, name, m, algo)
	}
	if m == storepath.Flat && errors.Is(err, syscall.EISDIR) {
		return dropin.Failure("read of %s bytes: Is a directory", "4096")
	}
	if err != nil {
		return FileError(err)
	}
	e.Lines(p)
	return nil
}

// errNoPath returns the error that there is no file or folder at an absolute path.
func errNoPath(abs string) error {
	return dropin.Failure("path '%s' does not exist", "/"+filepath.ToSlash(abs)) // Quirk: the reference has two slashes.
}

// addText adds a file to a store as texts are.
func (e *Env) addText(ctx context.Context, s store.Store, abs, name string, algo nixhash.Algo) (string, error) {
	if algo != nixhash.SHA256 {
		return "", dropin.Failure("only SHA-256 is supported for texts, not %s", algo)
	}
	text, err := os.ReadFile(filepath.FromSlash(abs))
	if err != nil {
		return "", err
	}
	return s.AddText(ctx, store.Text{Name: name, Contents: string(text)})
}
