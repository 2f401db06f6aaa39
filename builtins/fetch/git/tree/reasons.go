package tree

// This file defines why files of a working tree are not part of a tree.

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/attributes"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/eval/world"
)

// reasons looks at a working tree on disk, to say why a path is not part of a tree.
type reasons struct {
	host       world.Host
	dir        string // the working tree in host, without a slash at its end
	submodules []string
	ignored    *attributeFiles // what .gitignore files say
}

func newReasons(host world.Host, dir string, status *repo.Status) *reasons {
	r := &reasons{host: host, dir: dir, submodules: status.Submodules}
	r.ignored = &attributeFiles{files: map[string]*attributes.File{}, parse: attributes.ParseIgnore, read: r.ignoreFile}
	return r
}

// ignoreFile returns the patterns that are in force from a folder on.
func (r *reasons) ignoreFile(ctx context.Context, folder string) (string, bool, error) {
	text, ok, err := ReadFile(ctx, r.host, world.Join(world.Join(r.dir, folder), ".gitignore"), maxAttributes)
	if folder == "" && err == nil {
		// What is in the tree has more weight, and so it comes last.
		more, has, _ := ReadFile(ctx, r.host, world.Join(r.dir, ".git/info/exclude"), maxAttributes)
		text, ok = more+"\n"+text, ok || has
	}
	return text, ok, err
}

// of returns the error of a path, without a slash in front, that is not part of the tree.
func (r *reasons) of(ctx context.Context, name string) error {
	e := &world.HiddenError{Repository: r.dir, Path: name}
	info, err := r.host.Lstat(ctx, world.Join(r.dir, name))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return e
		}
		return err
	}
	if name == ".git" { // which programs ask for, and Git never tracks
		return e
	}
	e.Reason = world.NotTracked
	for _, s := range r.submodules {
		if name == s || strings.HasPrefix(name, s+"/") {
			e.Reason, e.Submodule = world.InSubmodule, s
			return e
		}
	}
	for at := name; at != "."; at = path.Dir(at) {
		isDir := at != name || info.Type == world.Directory
		if v, err := r.ignored.get(ctx, at, attributes.Ignore, isDir); err == nil && v == attributes.True {
			e.Reason = world.Ignored
		}
	}
	return e
}

// Explained returns host, the tree of the commit that is checked out at dir, a path of disk. What is not
// there has an error that says why, if it is in the working tree.
func Explained(host, disk world.Host, dir string, status *repo.Status) world.Host {
	return &explained{host, newReasons(disk, strings.TrimSuffix(dir, "/"), status)}
}

type explained struct {
	host world.Host
	why  *reasons
}

// explain returns the error of host about a path, or a better one.
func (x *explained) explain(ctx context.Context, path string, err error) error {
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if e, ok := errors.AsType[*world.HiddenError](err); ok && e.Reason != world.Missing {
		return err
	}
	return x.why.of(ctx, strings.Trim(path, "/"))
}

// Lstat implements world.Host.
func (x *explained) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	info, err := x.host.Lstat(ctx, path)
	return info, x.explain(ctx, path, err)
}

// Open implements world.Host.
func (x *explained) Open(ctx context.Context, path string) (world.File, error) {
	f, err := x.host.Open(ctx, path)
	return f, x.explain(ctx, path, err)
}

// ReadDir implements world.Host.
func (x *explained) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	entries, err := x.host.ReadDir(ctx, path)
	return entries, x.explain(ctx, path, err)
}

// ReadLink implements world.Host.
func (x *explained) ReadLink(ctx context.Context, path string) (string, error) {
	target, err := x.host.ReadLink(ctx, path)
	return target, x.explain(ctx, path, err)
}

// Getenv implements world.Host: there are no environment variables.
func (x *explained) Getenv(context.Context, string) string { return "" }
