package storecmd

// This file defines the command that downloads a file into a store, and what it shares with
// nix-prefetch-url.

import (
	"context"
	"fmt"
	"path"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval/world"
)

// StorePrefetch downloads a file into a store.
type StorePrefetch struct {
	URL          string `arg:"" help:"Where the file is."`
	Name         string `placeholder:"NAME" help:"The name in the store (default: the last part of the URL)."`
	ExpectedHash string `name:"expected-hash" placeholder:"HASH" help:"The hash that the file must have."`
	HashType     string `name:"hash-type" aliases:"hash-algo" placeholder:"NAME" help:"The hash that the path is made of: md5, sha1, sha256 (default), sha512 or blake3."`
	Executable   bool   `help:"Make the file executable; its hash is then that of the archive."`
	Unpack       bool   `help:"Unpack an archive, and add what is in it."`
	jsonFlags
}

// Run downloads the file, and prints where it is and which hash it has.
func (c *StorePrefetch) Run(ctx context.Context, e *Env) error {
	p := Prefetch{URL: c.URL, Name: c.Name, Algo: nixhash.SHA256, Executable: c.Executable, Unpack: c.Unpack}
	var err error
	if c.HashType != "" {
		if p.Algo, err = e.ParseAlgo(c.HashType); err != nil {
			return err
		}
	}
	if c.ExpectedHash != "" {
		if p.Want, err = nixhash.Parse(c.ExpectedHash, p.Algo); err != nil {
			return err
		}
	}
	out, hash, err := e.Prefetch(ctx, p)
	if err != nil {
		return err
	}
	if c.JSON {
		return e.printJSON(object{"storePath": out, "hash": hash.String()}, c.layoutFlags)
	}
	e.Log.Say(dropin.Notice, fmt.Sprintf("Downloaded '%s' to '%s' (hash '%s').", c.URL, out, hash))
	return nil
}

// A Prefetch says what is downloaded into the store of the settings.
type Prefetch struct {
	URL        string
	Name       string       // in the store; "" stands for the last part of the URL
	Algo       nixhash.Algo // of the hash that the path is made of
	Want       nixhash.Hash // that it must have, whose algorithm counts; the zero one if any will do
	Executable bool         // the file is
	Unpack     bool         // the URL has an archive, and what is in it is added
}

// Prefetch downloads a file into the store of the settings, unless that has it, and returns its path
// there and the hash that the path is made of. Servers are asked again each time.
func (e *Env) Prefetch(ctx context.Context, p Prefetch) (string, nixhash.Hash, error) {
	name := p.Name
	if name == "" {
		name = lastSegment(p.URL)
		if name == "" {
			return "", nixhash.Hash{}, dropin.Failure("cannot figure out file name for '%s'", p.URL)
		}
	}
	if err := storepath.CheckName(name); err != nil {
		if p.Name == "" {
			err = &dropin.Traced{Frame: fmt.Sprintf("file name '%s' was extracted from URL '%s'", name, p.URL), Err: err}
		}
		return "", nixhash.Hash{}, err
	}
	s, err := e.Store(ctx)
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	src := store.Source{Name: name, Method: storepath.Flat, Algo: p.Algo, Path: "/", Foreign: true}
	if p.Executable || p.Unpack {
		src.Method = storepath.NAR
	}
	if p.Want.Algo != 0 {
		src.Algo = p.Want.Algo
		fixed, err := s.Dir().MakeFixed(name, src.Method, p.Want, storepath.References{})
		if err != nil {
			return "", nixhash.Hash{}, err
		}
		out := s.Dir().Text(fixed)
		if valid, err := s.IsValid(ctx, out); valid || err != nil {
			return out, p.Want, err
		}
	}
	if src.Host, err = e.download(ctx, p); err != nil {
		return "", nixhash.Hash{}, err
	}
	if p.Want.Algo != 0 {
		// What has another hash does not come into the store.
		_, got, err := store.Dummy(s.Dir()).Add(ctx, src)
		if err != nil {
			return "", nixhash.Hash{}, err
		}
		if got != p.Want {
			return "", nixhash.Hash{}, &fetch.HashMismatchError{URL: p.URL, Want: p.Want, Got: got, Download: true}
		}
	}
	return s.Add(ctx, src)
}

// download returns what is at the URL: a file, or what is in an archive.
func (e *Env) download(ctx context.Context, p Prefetch) (world.Host, error) {
	opt := setup.FetchOptions(e.Streams, e.Set)
	opt.TTL = 0
	get := fetch.New(opt)
	env := &fetch.Env{Host: e.Host, Warn: func(format string, args ...any) { e.Log.Warn(fmt.Sprintf(format, args...)) }}
	if p.Unpack {
		ref, err := (&flakeref.Parser{}).FromAttrs(flakeref.Attrs{"type": "tarball", "url": p.URL}, false)
		if err != nil {
			return nil, err
		}
		tree, err := get.Fetch(ctx, ref, env)
		if err == nil {
			var entries []world.DirEntry
			if entries, err = tree.Files.ReadDir(ctx, "/"); err == nil && len(entries) == 0 {
				err = dropin.Failure("archive '%s' is empty", p.URL)
			}
		}
		if err != nil {
			return nil, err
		}
		return tree.Files, nil
	}
	file, err := get.File(ctx, p.URL, nixhash.Hash{}, env)
	if err != nil {
		return nil, err
	}
	if p.Executable {
		return executable{file}, nil
	}
	return file, nil
}

// executable is a world with one file, at "/", which is executable there.
type executable struct{ world.Host }

// Lstat implements world.Host.
func (x executable) Lstat(ctx context.Context, p string) (world.FileInfo, error) {
	info, err := x.Host.Lstat(ctx, p)
	info.Executable = true
	return info, err
}

// Open implements world.Host.
func (x executable) Open(ctx context.Context, p string) (world.File, error) {
	f, err := x.Host.Open(ctx, p)
	if err != nil {
		return nil, err
	}
	info, err := x.Lstat(ctx, p)
	if err != nil {
		f.Close()
		return nil, err
	}
	return world.NewFile(f, info), nil
}

// lastSegment returns the last part of the path of a URL that is not empty; "" if there is none.
func lastSegment(url string) string {
	u, err := flakeref.ParseURL(url, true, nil)
	if err != nil {
		return path.Base(url)
	}
	for i := len(u.Path) - 1; i >= 0; i-- {
		if u.Path[i] != "" {
			return u.Path[i]
		}
	}
	return ""
}
