package instantiate

// This file defines instantiation: which derivations there are in a value, and the
// links to them.

import (
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// instantiate prints the paths of the derivations in v.
func (p *program) instantiate(v heap.Value) error {
	f := finder{c: p.c, args: p.args, done: map[heap.Value]bool{}}
	if err := f.search(heap.Lazy(v)); err != nil {
		return err
	}
	for _, drv := range f.found {
		if err := p.printDerivation(drv); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) printDerivation(v heap.Value) error {
	drvPath, err := p.drvPath(v)
	if err != nil {
		return err
	}
	output := ""
	if l := p.c.Heap().Get(v, p.c.Intern("outputName")); l != 0 {
		if output, err = p.c.Need(l, "while evaluating the output name of a derivation").PlainString(); err != nil {
			return err
		}
	}
	if output == "" {
		return p.c.Errorf(core.CodeInvalidDerivation, "derivation '%s' lacks an 'outputName' attribute", drvPath)
	}
	hasStore := p.hasStore()
	shown := drvPath
	switch {
	case p.root == "" && p.gcWarning:
		p.gcWarning = false
		p.log.warn("you did not specify '--add-root'; the result might be removed by the garbage collector")
	case p.root != "" && hasStore:
		if shown, err = p.link(drvPath); err != nil {
			return err
		}
	}
	if !p.readOnly {
		p.noteStore("derivations")
	}
	if output != "out" {
		shown += "!" + output
	}
	_, err = p.out.WriteString(shown + "\n")
	return err
}

// hasStore reports whether the settings name a store that keeps what is written to it.
func (p *program) hasStore() bool { return !strings.HasPrefix(p.set.Text("store"), "dummy:") }

// noteStore says once that things, which the user may expect in the store, are not there.
func (p *program) noteStore(things string) {
	if p.noted || !p.hasStore() {
		return
	}
	p.noted = true
	p.log.warn(things + " are computed, but not written to a store: firn has none yet")
}

// link makes the next link to what is in the store, and returns where it is.
func (p *program) link(target string) (string, error) {
	link := path.Clean(p.Absolute(p.root))
	if p.roots++; p.roots > 1 {
		link += fmt.Sprintf("-%d", p.roots)
	}
	dir := storepath.Dir(p.StoreDir(p.set))
	if dir.Contains(link) {
		return "", p.c.Errorf(core.CodeFile, "creating a garbage collector root (%s) in the Nix store is forbidden (are you running nix-build inside the store?)", link)
	}
	if old, err := os.Readlink(link); err == nil && dir.Contains(old) {
		if err := os.Remove(link); err != nil {
			return "", err
		}
	} else if _, err := os.Lstat(link); err == nil {
		return "", p.c.Errorf(core.CodeFile, "cannot create symlink \"%s\"; already exists", link)
	}
	if err := os.MkdirAll(path.Dir(link), 0o777); err != nil {
		return "", err
	}
	return link, os.Symlink(target, link)
}

// drvPath returns the store path of a derivation.
func (p *program) drvPath(v heap.Value) (string, error) {
	const words = "while evaluating the 'drvPath' attribute of a derivation"
	name := p.c.Intern("drvPath")
	l := p.c.Heap().Get(v, name)
	if l == 0 {
		return "", p.c.Errorf(core.CodeInvalidDerivation, "derivation does not contain a 'drvPath' attribute")
	}
	pos := p.c.AttrPos(v, name)
	text, _, err := p.c.Need(l, words).At(pos).Coerce(0)
	if err != nil {
		return "", err
	}
	base, err := storepath.Dir(p.StoreDir(p.set)).Parse(text)
	if err != nil {
		return "", p.c.FrameAt(p.c.Errorf(core.CodeStorePath, "path '%s' is not in the Nix store", text), pos, "%s", words)
	}
	if !base.IsDerivation() {
		return "", p.c.FrameAt(p.c.Errorf(core.CodeStorePath, "store path '%s' is not a valid derivation path", string(base)), pos, "%s", words)
	}
	return text, nil
}

// A finder looks for derivations.
type finder struct {
	c     *core.Call
	args  heap.Value          // for functions on the way
	done  map[heap.Value]bool // derivations that were found
	found []heap.Value
}

// isPathPart reports whether attributes of that name are looked at.
func isPathPart(name string) bool {
	for i, r := range name {
		first := r == '_' || 'a' <= r|0x20 && r|0x20 <= 'z'
		if !first && (i == 0 || !strings.ContainsRune("0123456789-+", r)) {
			return false
		}
	}
	return name != ""
}

// search looks at what l is or comes to when called: a derivation, or a set or list
// of those.
func (f *finder) search(l heap.Lazy) error {
	c := f.c
	if err := c.EnterAt(0); err != nil {
		return err
	}
	defer c.Leave()
	v, err := c.Force(l)
	if err == nil {
		v, err = c.AutoCall(v, f.args)
	}
	if err != nil {
		return err
	}
	h := c.Heap()
	if found, err := f.take(v); err != nil || found {
		return err
	}
	switch k := h.KindOf(v); {
	case k.IsAttrs():
		combine := h.Find(v, c.Intern("_combineChannels")) != 0
		for _, e := range c.SortedAttrs(v) {
			if !isPathPart(c.Name(e.Name)) {
				continue
			}
			if err := f.attribute(e, combine); err != nil {
				return c.FrameAt(err, c.AttrPos(v, e.Name), "while evaluating the attribute '%s'", c.Name(e.Name))
			}
		}
	case k == heap.List:
		for i := range h.Len(v) {
			if err := f.element(h.ElemSlot(v, i)); err != nil {
				return err
			}
		}
	default:
		return c.Errorf(core.CodeWrongType, "expression does not evaluate to a derivation (or a set or list of those)")
	}
	return nil
}

// attribute looks at an attribute of a set. Derivations deeper in it count if it
// says so.
func (f *finder) attribute(e heap.Entry, combine bool) error {
	if combine {
		return f.search(e.Value)
	}
	v, err := f.c.Force(e.Value)
	if err != nil {
		return err
	}
	found, err := f.take(v)
	if err != nil || found || !f.c.Heap().KindOf(v).IsAttrs() {
		return err
	}
	name := f.c.Intern("recurseForDerivations")
	l := f.c.Heap().Get(v, name)
	if l == 0 {
		return nil
	}
	recurse, err := f.c.Need(l, "while evaluating the attribute `recurseForDerivations`").At(f.c.AttrPos(v, name)).Bool()
	if err != nil || !recurse {
		return err
	}
	return f.search(heap.Lazy(v))
}

func (f *finder) element(at heap.Slot) error {
	v, err := f.c.ForceSlot(at)
	if err != nil {
		return err
	}
	found, err := f.take(v)
	if err != nil || found {
		return err
	}
	return f.search(heap.Lazy(v))
}

// take adds v to what was found if it is a derivation, and reports whether it is.
func (f *finder) take(v heap.Value) (bool, error) {
	h := f.c.Heap()
	if !h.KindOf(v).IsAttrs() {
		return false, nil
	}
	is, err := f.c.IsDerivation(v)
	if err != nil || !is || f.done[v] {
		return is, err
	}
	f.done[v] = true
	name := h.Get(v, f.c.Intern("name"))
	if name == 0 {
		return true, f.c.Errorf(core.CodeInvalidDerivation, "derivation name missing")
	}
	if _, err := f.c.Need(name, "while evaluating the 'name' attribute of a derivation").At(lang.Pos(0)).PlainString(); err != nil {
		return true, err
	}
	f.found = append(f.found, v)
	return true, nil
}
