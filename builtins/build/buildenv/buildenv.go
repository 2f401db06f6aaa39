// Package buildenv makes user environments: trees of symbolic links to the files of several
// packages, which profiles lead to. It is what the builder builtin:buildenv does.
//
//	Package         a store object, and which of its files win
//	Plan            the tree for packages
//	Tree            folders, links and files, in memory; Write makes it on the disk
//	Recipe          the environment of such a derivation; ParseRecipe reads it
//	ConflictError   two packages have the same file, and none of them comes first
//
// A folder that only one package has is a link; one that several have is a folder of links.
// Nothing is written before the whole tree is known, so that a conflict leaves nothing behind.
package buildenv

// This file defines Package, Plan, and which links there are.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/world"
)

// A Package is a store object whose files a user environment has.
type Package struct {
	Path     string
	Inactive bool // none of its files are taken
	Priority int  // of two packages with the same file, that with the lower number wins
}

// Options say where packages are, and who is told of what is left out.
type Options struct {
	Files world.Host        // has the packages, and what their links lead to
	Out   string            // where the tree will be, for messages
	Warn  func(text string) // is told in the reference's words; nil tells nobody
}

// A ConflictError says that two packages of the same priority have a file.
type ConflictError struct {
	Old, New string // the files; New is that of the package that was looked at later
	Priority int    // of both packages
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("Unable to build profile. There is a conflict for the following files:\n\n  \"%s\"\n  \"%s\"", e.Old, e.New)
}

// firstPropagated is the priority of the first package that is there only because another one
// names it; each further one has the next number.
const firstPropagated = 1000

// Plan returns the user environment for packages. Packages that these name in the file
// nix-support/propagated-user-env-packages are in it as well, behind all others.
func Plan(ctx context.Context, packages []Package, opt Options) (*Tree, error) {
	p := &planner{ctx: ctx, files: opt.Files, links: world.NewLinks(opt.Files), warn: opt.Warn, out: opt.Out, done: map[string]bool{}, postponed: map[string]bool{}}
	if p.warn == nil {
		p.warn = func(string) {}
	}
	root := newFolder()
	packages = slices.Clone(packages)
	slices.SortFunc(packages, func(a, b Package) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), strings.Compare(a.Path, b.Path))
	})
	for _, pkg := range packages {
		if pkg.Inactive {
			continue
		}
		if err := p.add(root, pkg.Path, pkg.Priority); err != nil {
			return nil, err
		}
	}
	for priority := firstPropagated; len(p.postponed) > 0; {
		round := slices.Sorted(maps.Keys(p.postponed))
		clear(p.postponed)
		for _, dir := range round {
			if err := p.add(root, dir, priority); err != nil {
				return nil, err
			}
			priority++
		}
	}
	return &Tree{root}, nil
}

// A planner makes the tree of one user environment.
type planner struct {
	ctx       context.Context
	files     world.Host
	links     *world.Links
	warn      func(text string)
	out       string          // where the tree will be
	done      map[string]bool // packages in the tree
	postponed map[string]bool // packages that others named, for the next round
}

// add adds the links to a package, unless they are there, and postpones what it names.
func (p *planner) add(root *node, dir string, priority int) error {
	if p.done[dir] {
		return nil
	}
	p.done[dir] = true
	if err := p.link(root, dir, p.out, priority); err != nil {
		return err
	}
	text, err := world.ReadFile(p.ctx, p.files, path.Join(dir, "nix-support", "propagated-user-env-packages"), world.NoLimit)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return store.PathError(err, dir)
	}
	for _, name := range strings.FieldsFunc(string(text), func(r rune) bool { return r == ' ' || r == '\n' }) {
		if !p.done[name] {
			p.postponed[name] = true
		}
	}
	return nil
}

// link adds links to all that src, a folder, has to the folder into, which will be at the path at.
//
// Quirk: entries are taken from the last name to the first one. It decides nothing but which of
// several conflicts is told; the reference takes them in the order of its file system.
func (p *planner) link(into *node, src, at string, priority int) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	real, err := p.links.Resolve(p.ctx, nil, path.Clean(src), false)
	if err != nil {
		return store.PathError(err, src)
	}
	info, err := p.files.Lstat(p.ctx, real)
	if err != nil {
		return store.PathError(err, src)
	}
	if info.Type != world.Directory {
		p.warn(fmt.Sprintf("not including \"%s\" in the user environment because it's not a directory", src))
		return nil
	}
	entries, err := p.files.ReadDir(p.ctx, real)
	if err != nil {
		return store.PathError(err, src)
	}
	slices.SortFunc(entries, func(a, b world.DirEntry) int { return strings.Compare(b.Name, a.Name) })
	for _, e := range entries {
		if strings.HasPrefix(e.Name, ".") {
			continue
		}
		if err := p.entry(into, path.Join(src, e.Name), path.Join(at, e.Name), priority); err != nil {
			return err
		}
	}
	return nil
}

// leftOut are the ends of paths that no user environment has: they are of no use there, or
// every other package has them.
var leftOut = []string{"/propagated-build-inputs", "/nix-support", "/perllocal.pod", "/info/dir", "/log", "/manifest.nix", "/manifest.json"}

// entry adds a link to src, which will be at the path at, to a folder.
func (p *planner) entry(into *node, src, at string, priority int) error {
	real, err := p.links.Resolve(p.ctx, nil, src, false)
	if err != nil {
		return store.PathError(err, src)
	}
	info, err := p.files.Lstat(p.ctx, real)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.warn(fmt.Sprintf("skipping dangling symlink '%s'", at))
		return nil
	case err != nil:
		return store.PathError(err, src)
	case slices.ContainsFunc(leftOut, func(end string) bool { return strings.HasSuffix(src, end) }):
		return nil
	}
	name := path.Base(at)
	old := into.entries[name]
	isDir := info.Type == world.Directory
	switch {
	case old == nil:
	case isDir && old.entries != nil:
		return p.link(old, src, at, priority)
	case isDir:
		return p.merge(into, name, src, at, priority)
	case old.entries != nil:
		return fmt.Errorf("collision between non-directory '%s' and directory '%s'", src, at)
	case old.priority == priority:
		return &ConflictError{old.target, src, priority}
	case old.priority < priority:
		return nil
	}
	into.entries[name] = &node{target: src, priority: priority}
	return nil
}

// merge makes a folder, of links to what src and another folder have, of the link to that one.
func (p *planner) merge(into *node, name, src, at string, priority int) error {
	old := into.entries[name]
	target, err := p.links.Resolve(p.ctx, nil, old.target, false)
	if err != nil {
		return store.PathError(err, old.target)
	}
	info, err := p.files.Lstat(p.ctx, target)
	if err != nil {
		return store.PathError(err, target)
	}
	if info.Type != world.Directory {
		return fmt.Errorf("collision between \"%s\" and non-directory \"%s\"", src, target)
	}
	folder := newFolder()
	into.entries[name] = folder
	if err := p.link(folder, target, at, old.priority); err != nil {
		return err
	}
	return p.link(folder, src, at, priority)
}
