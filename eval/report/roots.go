package report

// This file defines whose a file is: the user's, a library's or the evaluator's own.

import (
	"path"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// A root is the folder that a file belongs to, such as a package set. Whose text it is
// decides which place a report marks and which frames it hides.
type root struct {
	dir    string // absolute; "" if it is none of note
	name   string // how it is called in messages, as nixpkgs; "" if it has no name
	origin Origin // before inner is looked at
}

// markers are what trees of others have at their top, each of these files. A package set is
// recognized wherever it lies: unpacked beside the user's files, too.
var markers = []struct {
	name  string
	files []string
}{
	{"nixpkgs", []string{"default.nix", "lib", "pkgs", "nixos"}},
	{"nixpkgs", []string{"default.nix", "lib", "pkgs", ".version"}},
	{"home-manager", []string{"modules", "home-manager/home-manager.nix"}},
	{"nix-darwin", []string{"modules/system/defaults", "eval-config.nix"}},
}

// inner are the parts of a package set that count as a library even for users who work
// on it.
var inner = []string{"lib/", "pkgs/stdenv/", "pkgs/build-support/", "pkgs/top-level/", "nixos/lib/"}

// root returns the root of a file. Texts without an absolute path are those of the command
// line and of the prompt, which are the user's.
func (r *reporter) root(file string) root {
	switch {
	case core.IsInternal(file):
		return root{origin: Builtin}
	case strings.HasPrefix(file, "«") && strings.Contains(file, "»/"):
		return fetchedRoot(file)
	case !strings.HasPrefix(file, "/"):
		return root{origin: User} // of the command line
	}
	dir := path.Dir(file)
	known, ok := r.roots[dir]
	if !ok {
		known = r.findRoot(dir)
		r.roots[dir] = known
	}
	if known.dir != "" && known.origin == User {
		rest := strings.TrimPrefix(file, known.dir+"/")
		for _, part := range inner {
			if strings.HasPrefix(rest, part) {
				known.origin = Library
			}
		}
	}
	return known
}

// fetchedRoot returns the root of a file of a tree that was fetched: «URL»/FILE.
func fetchedRoot(file string) root {
	dir, _, _ := strings.Cut(file, "»/")
	name, _, _ := strings.Cut(strings.TrimPrefix(dir, "«"), "?")
	if at, rev := path.Split(name); len(rev) == 40 {
		name = strings.TrimSuffix(at, "/")
	}
	return root{dir: dir + "»", name: name, origin: Library}
}

// findRoot looks for the root of a folder, from the folder upwards. A tree with markers wins
// over the store and the search path, and the longer of two folders wins over the other.
func (r *reporter) findRoot(dir string) root {
	for at := dir; at != "/" && at != "."; at = path.Dir(at) {
		name := r.marked(at)
		if name == "" {
			continue
		}
		out := root{dir: at, name: name, origin: Library}
		for _, main := range r.opt.Main {
			if below(main, at) {
				out.origin = User // the user works on the tree
			}
		}
		return out
	}
	own := "" // the longest folder counts
	for _, main := range r.opt.Main {
		for _, at := range []string{main, path.Dir(main)} {
			if below(dir, at) && len(at) > len(own) {
				own = at
			}
		}
	}
	if below(dir, r.opt.StoreDir) && !below(own, r.opt.StoreDir) {
		rest := strings.TrimPrefix(dir, r.opt.StoreDir+"/")
		first, _, _ := strings.Cut(rest, "/")
		if source := r.opt.Copies[r.opt.StoreDir+"/"+first]; source != "" {
			return r.root(source + strings.TrimPrefix(rest, first) + "/x")
		}
		name := first
		if len(name) > 33 {
			name = name[33:]
		}
		return root{dir: r.opt.StoreDir + "/" + first, name: name, origin: Library}
	}
	out := root{origin: User}
	for _, lib := range r.opt.Library {
		if below(dir, lib) && len(lib) > len(own) {
			own = lib
			out = root{dir: lib, name: path.Base(lib), origin: Library}
		}
	}
	return out
}

// marked returns the name of the kind of tree whose top a folder is; "" if it is none.
func (r *reporter) marked(dir string) string {
	if r.opt.Host == nil {
		return ""
	}
	for _, m := range markers {
		all := true
		for _, file := range m.files {
			if _, err := r.opt.Host.Lstat(r.ctx, dir+"/"+file); err != nil {
				all = false
				break
			}
		}
		if all {
			return m.name
		}
	}
	return ""
}

// origin says whether file is the user's own or a library's.
func (r *reporter) origin(file string) Origin { return r.root(file).origin }

// libraryName returns what the files of a library are called together: the tree and its first
// folder, as nixpkgs/lib, which is enough to tell modules from packages.
func (r *reporter) libraryName(file string) string {
	root := r.root(file)
	if root.name == "" {
		return path.Dir(world.Shown(file))
	}
	rest := strings.TrimPrefix(file, root.dir+"/")
	if first, _, ok := strings.Cut(rest, "/"); ok {
		return root.name + "/" + first
	}
	return root.name
}

// below reports whether p is dir or lies in it.
func below(p, dir string) bool {
	return p == dir || strings.HasPrefix(p, strings.TrimSuffix(dir, "/")+"/")
}
