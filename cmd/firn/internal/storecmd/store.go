package storecmd

// This file defines the commands about stores, and those that look into one.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"syscall"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nar/listing"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// Store are the commands about stores.
type Store struct {
	Add                  StoreAdd      `cmd:"" help:"Copy a file or folder to the store, and print its path there."`
	AddFile              storeAddFile  `cmd:"" hidden:"" help:"Do what add --mode flat does."`
	AddPath              storeAddPath  `cmd:"" hidden:"" help:"Do what add does."`
	Cat                  StoreCat      `cmd:"" help:"Print a file of the store."`
	CopyLog              CopyLog       `cmd:"" help:"Copy logs of builds from one store to another."`
	CopySigs             CopySigs      `cmd:"" help:"Copy signatures from other stores."`
	Delete               StoreDelete   `cmd:"" help:"Delete paths that nothing needs."`
	DiffClosures         DiffClosures  `cmd:"" help:"Print which versions two closures have of what."`
	DumpPath             StoreDump     `cmd:"" help:"Write the archive of a path to standard output."`
	GC                   StoreGC       `cmd:"" name:"gc" help:"Delete what nothing needs."`
	Info                 StoreInfo     `cmd:"" help:"Print whether a store can be reached."`
	Ls                   StoreList     `cmd:"" help:"List what is in a path."`
	MakeContentAddressed ContentRename `cmd:"" help:"Copy paths to names that follow from their contents."`
	Optimise             StoreOptimise `cmd:"" help:"Make files with equal contents hard links."`
	PathFromHashPart     PathFromHash  `cmd:"" help:"Print the path that has a hash part."`
	PrefetchFile         StorePrefetch `cmd:"" help:"Download a file into the store, and print its path and hash."`
	Repair               StoreRepair   `cmd:"" help:"Check that paths have not changed, and make damaged ones again."`
	Sign                 Sign          `cmd:"" help:"Sign paths with a secret key."`
	Verify               Verify        `cmd:"" help:"Check contents and signatures of paths."`
}

// StoreCommands are the commands about stores that firn has, which nix has in other places.
type StoreCommands struct {
	Store
	PathInfo PathInfo `cmd:"" help:"Print what is known of paths: sizes, references, signatures."`
	Log      Log      `cmd:"" help:"Print the log of a build."`

	WhyDepends WhyDepends `cmd:"" help:"Explain why a path refers to another one."`

	Realisation Realisation `cmd:"" help:"Look at which paths outputs have that follow from their contents."`
}

// StoreCat prints a file of a store.
type StoreCat struct {
	Path string `arg:"" help:"The path of the file."`
}

// Run prints the file.
func (c *StoreCat) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	p, rest, err := inside(ctx, s, c.Path)
	if err != nil {
		return err
	}
	if rest == "" {
		rest = "/"
	}
	files := s.Files()
	if files == nil {
		r := store.OpenNAR(ctx, s, p)
		defer r.Close()
		v := &catVisitor{want: rest[1:], out: e.Text}
		if err := nar.Read(r, v); err != nil {
			return err
		}
		if !v.found {
			return dropin.Failure("path '%s' is not a regular file", rest)
		}
		return nil
	}
	opened := store.Files(ctx, files)
	whole := path.Join(p, rest)
	info, err := opened.Lstat(whole)
	switch {
	case err != nil && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)):
		return missingFile(ctx, s, p, rest)
	case err != nil:
		return err
	case info.Kind != nar.Regular:
		return dropin.Failure("path '%s' is not a regular file", rest)
	}
	f, err := opened.Open(whole)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(e.Text, f)
	return err
}

// missingFile returns the error that there is no file at a path below a store path, or that a
// link is in the way there.
func missingFile(ctx context.Context, s store.Store, p, rest string) error {
	shown := p
	if onDisk, ok := s.(*local.Store); ok {
		shown = onDisk.RealPath(p)
	}
	if host := s.Files(); host != nil {
		files := store.Files(ctx, host)
		for i := 1; i < len(rest); i++ {
			if rest[i] != '/' {
				continue
			}
			if info, err := files.Lstat(p + rest[:i]); err == nil && info.Kind == nar.Symlink {
				return dropin.Failure("path '%s' is a symlink", shown+rest[:i])
			}
		}
	}
	return dropin.Failure("path '%s' does not exist", shown+rest)
}

// inside separates a path in a store into the store path, which has to be valid, and what is
// below it: "" or "/a/b".
func inside(ctx context.Context, s store.Store, name string) (storePath, rest string, err error) {
	at := name
	if path.IsAbs(name) {
		at = path.Clean(name)
	}
	if !s.Dir().Contains(at) {
		return "", "", dropin.Failure("path '%s' is not in the Nix store", name)
	}
	p, rest, err := s.Dir().Split(at)
	if err != nil {
		return "", "", err
	}
	storePath = s.Dir().Text(p)
	return storePath, rest, requireValid(ctx, s, storePath)
}

// requireValid returns an error for a path that is not valid.
func requireValid(ctx context.Context, s store.Store, p string) error {
	valid, err := s.IsValid(ctx, p)
	if err == nil && !valid {
		err = dropin.Failure("path '%s' is not a valid store path", p)
	}
	return err
}

// StoreList lists what is in a path of a store.
type StoreList struct {
	Path string `arg:"" help:"The path."`
	listFlags
}

// Run prints the list.
func (c *StoreList) Run(ctx context.Context, e *Env) error {
	if c.JSON && c.Directory {
		return errDirectoryJSON
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	p, rest, err := inside(ctx, s, c.Path)
	if err != nil {
		return err
	}
	entry, err := c.entry(ctx, s, p, rest)
	if err != nil {
		return err
	}
	if entry == nil {
		return missingFile(ctx, s, p, rest)
	}
	return e.list(entry, rest, c.listFlags)
}

// entry returns what is at a path below a store path; nil if there is nothing.
func (c *StoreList) entry(ctx context.Context, s store.Store, p, rest string) (*listing.Entry, error) {
	var root *listing.Entry
	var err error
	files := s.Files()
	if cached, ok := s.(*cache.Store); ok {
		root, err = cached.Listing(ctx, p)
	} else if files == nil {
		r := store.OpenNAR(ctx, s, p)
		defer r.Close()
		root, err = listing.Read(r)
	} else {
		entry, err := listing.Files(store.Files(ctx, files), p+rest, c.Recursive || c.Long)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return entry, err
	}
	if err != nil {
		return nil, err
	}
	return root.Lookup(rest), nil
}

// StoreDump writes the archive of a path.
type StoreDump struct{ storePaths }

// Run writes the archive.
func (c *StoreDump) Run(ctx context.Context, e *Env) error {
	s, paths, err := c.open(ctx, e)
	if err != nil {
		return err
	}
	if len(paths) != 1 {
		return dropin.Usage("this command requires exactly one store path")
	}
	out, err := e.narOut()
	if err != nil {
		return err
	}
	if err := requireValid(ctx, s, paths[0]); err != nil {
		return err
	}
	return s.WriteNAR(ctx, paths[0], out)
}

// PathFromHash prints the path that has a hash part.
type PathFromHash struct {
	HashPart string `arg:"" help:"The 32 characters that the base name begins with."`
}

// Run prints the path.
func (c *PathFromHash) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	if len(c.HashPart) != hashPartLen {
		return dropin.Failure("invalid hash part")
	}
	p, err := s.Complete(ctx, c.HashPart)
	if err == nil && p == "" {
		err = dropin.Failure("there is no store path corresponding to '%s'", c.HashPart)
	}
	if err == nil {
		e.Lines(p)
	}
	return err
}

// hashPartLen is how many characters a hash part has.
const hashPartLen = 32
