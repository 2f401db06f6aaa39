package git

// This file defines submodules.

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/fetch/git/tree"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval/world"
)

// A submodule is what .gitmodules says of one.
type submodule struct {
	path   string // from the root of the tree, without a slash in front
	url    string // perhaps relative to that of the repository
	branch string // "" if it says nothing
}

// maxModules is the size in bytes of the largest .gitmodules that is read.
const maxModules = 4 << 20

// readModules reads the file .gitmodules of a tree.
func readModules(ctx context.Context, files world.Host) ([]submodule, error) {
	text, ok, err := tree.ReadFile(ctx, files, "/.gitmodules", maxModules)
	if err != nil || !ok {
		return nil, err
	}
	c, err := repo.ParseConfig(text)
	if err != nil {
		return nil, fmt.Errorf("parsing .gitmodules file: %w", err)
	}
	var out []submodule
	for _, name := range c.Subsections("submodule") {
		p, ok := c.Get("submodule", name, "path")
		if p = strings.TrimPrefix(path.Clean("/"+p), "/"); !ok || p == "" {
			continue
		}
		s := submodule{path: p}
		s.url, _ = c.Get("submodule", name, "url")
		s.branch, _ = c.Get("submodule", name, "branch")
		out = append(out, s)
	}
	return out, nil
}

// submodules fetches the submodules of a tree, by path. What .gitmodules has and the tree has not is left
// out.
func (j *job) submodules(ctx context.Context, r *repo.Repository, files *tree.Tree) (map[string]world.Host, error) {
	list, err := readModules(ctx, files)
	if err != nil {
		return nil, err
	}
	mounts := map[string]world.Host{}
	for _, s := range list {
		id, ok, err := files.Submodule(ctx, "/"+s.path)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		attrs := j.submoduleAttrs(j.resolveURL(r, s.url))
		attrs["rev"], attrs["lfs"], attrs["allRefs"] = id.String(), j.flag("lfs"), true
		switch s.branch {
		case "":
		case ".": // the same as here
			attrs["ref"] = j.attrs["ref"]
		default:
			attrs["ref"] = s.branch
		}
		host, _, err := j.submodule(ctx, s, attrs)
		if err != nil {
			return nil, err
		}
		mounts[s.path] = host
	}
	return mounts, nil
}

// workSubmodules returns the working trees of the submodules of one, by path, and whether one of them is
// dirty.
func (j *job) workSubmodules(ctx context.Context, status *repo.Status) (mounts map[string]world.Host, dirty bool, err error) {
	list, err := readModules(ctx, tree.Working(j.env.Host, j.path, status))
	if err != nil {
		return nil, false, err
	}
	mounts = map[string]world.Host{}
	for _, s := range list {
		host, clean, err := j.submodule(ctx, s, j.submoduleAttrs(world.Join(j.path, s.path)))
		if err != nil {
			return nil, false, err
		}
		dirty = dirty || !clean
		mounts[s.path] = host
	}
	return mounts, dirty, nil
}

// submoduleAttrs returns the attributes that submodules have in common.
func (j *job) submoduleAttrs(url string) flakeref.Attrs {
	return flakeref.Attrs{"type": "git", "url": url, "exportIgnore": j.flag("exportIgnore"), "submodules": true}
}

// submodule fetches a submodule. clean reports whether it is a commit.
func (j *job) submodule(ctx context.Context, s submodule, attrs flakeref.Attrs) (host world.Host, clean bool, err error) {
	p := flakeref.Parser{Warn: j.warn}
	ref, err := p.FromAttrs(attrs, false)
	if err == nil {
		var t *fetch.Tree
		if t, err = j.scheme.fetch(ctx, ref.Attrs, j.env, j.nested+1); err == nil {
			_, clean = t.Attrs["rev"]
			return t.Files, clean, nil
		}
	}
	return nil, false, fmt.Errorf("submodule '%s': %w", s.path, err)
}

// resolveURL returns the URL of a submodule. One that begins with "./" or "../" is relative to the URL that
// the repository was fetched from.
func (j *job) resolveURL(r *repo.Repository, url string) string {
	if !strings.HasPrefix(url, "./") && !strings.HasPrefix(url, "../") && url != "." && url != ".." {
		return url
	}
	base := j.url
	if base == "" {
		base, _ = r.Config.Get("remote", "origin", "url")
	}
	if base == "" {
		base = j.path
	}
	base = strings.TrimSuffix(base, "/")
	for {
		switch {
		case strings.HasPrefix(url, "./"):
			url = url[2:]
		case strings.HasPrefix(url, "../"):
			url = url[3:]
			i := strings.LastIndexByte(base, '/')
			if i < 0 {
				i = strings.LastIndexByte(base, ':')
			}
			base = base[:max(i, 0)]
		case url == "." || url == "":
			return base
		default:
			return base + "/" + url
		}
	}
}
