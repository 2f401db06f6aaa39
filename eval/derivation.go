package eval

// This file defines derivations in values: where they are, and what is put into the store
// for them.

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// A Derivation is a build recipe: see package drv for its methods.
type Derivation = drv.Derivation

// Derivation returns the derivation at a path that an evaluation put into the
// store: the drvPath of a derivation value. It needs Options.Store.
func (ev *Evaluator) Derivation(drvPath string) (*Derivation, error) {
	return ev.store.Derivation(context.Background(), nil, drvPath)
}

// Derivations evaluates v and returns the derivations in it, each once, as
// nix-instantiate finds them: v itself, the elements of a list, and the attributes of a
// set whose names need no quotes. Sets within a set count only with
// recurseForDerivations. Functions on the way are called with those of args that they
// take: see AutoCall. It is an error if v cannot have derivations.
func (v Value) Derivations(ctx context.Context, args map[string]any) ([]Value, error) {
	var out []Value
	err := v.within(ctx, func(c *core.Call, l heap.Lazy) error {
		given, err := v.encodeArgs(c, args)
		if err != nil {
			return err
		}
		f := finder{c: c, args: given, done: map[heap.Value]bool{}}
		f.found = func(d heap.Value, _ string) { out = append(out, v.ev.keep(c, heap.Lazy(d))) }
		return f.search(l, "")
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Instantiate evaluates v, a derivation, so far that it is in the store. It returns the
// path of its .drv file, and the name of the output that v stands for.
func (v Value) Instantiate(ctx context.Context) (drvPath, output string, err error) {
	err = v.within(ctx, func(c *core.Call, l heap.Lazy) error {
		x, err := c.Force(l)
		if err != nil {
			return err
		}
		if !c.Heap().KindOf(x).IsAttrs() {
			return c.Errorf(core.CodeWrongType, "expected a derivation but found %s: %s", c.ShowType(x), c.Show(x))
		}
		if drvPath, err = v.ev.drvPath(c, x); err != nil {
			return err
		}
		if l := c.Heap().Get(x, c.Intern("outputName")); l != 0 {
			if output, err = c.Need(l, "while evaluating the output name of a derivation").PlainString(); err != nil {
				return err
			}
		}
		if output == "" {
			return c.Errorf(core.CodeInvalidDerivation, "derivation '%s' lacks an 'outputName' attribute", drvPath)
		}
		drvPath, output = strings.Clone(drvPath), strings.Clone(output)
		return nil
	})
	return drvPath, output, err
}

// drvPath returns the store path of a derivation.
func (ev *Evaluator) drvPath(c *core.Call, v heap.Value) (string, error) {
	const words = "while evaluating the 'drvPath' attribute of a derivation"
	name := c.Intern("drvPath")
	l := c.Heap().Get(v, name)
	if l == 0 {
		return "", c.Errorf(core.CodeInvalidDerivation, "derivation does not contain a 'drvPath' attribute")
	}
	pos := c.AttrPos(v, name)
	text, _, err := c.Need(l, words).At(pos).Coerce(0)
	if err != nil {
		return "", err
	}
	base, err := storepath.Dir(ev.store.Dir()).Parse(text)
	if err != nil {
		return "", c.FrameAt(c.Errorf(core.CodeStorePath, "path '%s' is not in the Nix store", text), pos, "%s", words)
	}
	if !base.IsDerivation() {
		return "", c.FrameAt(c.Errorf(core.CodeStorePath, "store path '%s' is not a valid derivation path", string(base)), pos, "%s", words)
	}
	return text, nil
}

// A finder looks for derivations.
type finder struct {
	c       *core.Call
	args    heap.Value                      // a set: arguments for functions on the way
	done    map[heap.Value]bool             // the derivations that were found
	found   func(d heap.Value, path string) // is told of each, with its attribute path
	lenient bool                            // what throws, or fails an assertion, is passed over
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

// search looks for derivations in what l is, or comes to when it is called; path leads to it.
func (f *finder) search(l heap.Lazy, path string) error {
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
	if found, err := f.take(v, path); err != nil || found {
		return f.passOver(err)
	}
	switch k := h.KindOf(v); {
	case k.IsAttrs():
		combine := h.Find(v, c.Intern("_combineChannels")) != 0
		for _, e := range c.SortedAttrs(v) {
			if !isPathPart(c.Name(e.Name)) {
				continue
			}
			if err := f.attribute(e, below(path, c.Name(e.Name)), combine); err != nil {
				return c.FrameAt(err, c.AttrPos(v, e.Name), "while evaluating the attribute '%s'", c.Name(e.Name))
			}
		}
	case k == heap.List:
		for i := range h.Len(v) {
			if err := f.element(h.ElemSlot(v, i), below(path, strconv.Itoa(i))); err != nil {
				return err
			}
		}
	default:
		return c.Errorf(core.CodeWrongType, "expression does not evaluate to a derivation (or a set or list of those)")
	}
	return nil
}

// below returns the attribute path of a part of what path leads to.
func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// passOver returns the error of looking at what may be a derivation; nil if it is passed over.
func (f *finder) passOver(err error) error {
	var e *core.Error
	if f.lenient && errors.As(err, &e) && e.Kind.Catchable() {
		return nil
	}
	return err
}

// attribute looks at an attribute of a set, to which path leads. Derivations deeper in it count with
// recurseForDerivations, or if combine says that the set is one of channels.
func (f *finder) attribute(e heap.Entry, path string, combine bool) error {
	if combine {
		return f.search(e.Value, path)
	}
	v, err := f.c.Force(e.Value)
	if err != nil {
		return f.passOver(err)
	}
	found, err := f.take(v, path)
	if err != nil || found || !f.c.Heap().KindOf(v).IsAttrs() {
		return f.passOver(err)
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
	return f.search(heap.Lazy(v), path)
}

// element looks at an element of a list, to which path leads.
func (f *finder) element(at heap.Slot, path string) error {
	v, err := f.c.ForceSlot(at)
	if err != nil {
		return f.passOver(err)
	}
	found, err := f.take(v, path)
	if err != nil || found {
		return f.passOver(err)
	}
	return f.search(heap.Lazy(v), path)
}

// take tells of v if it is a derivation, and reports whether it is.
func (f *finder) take(v heap.Value, path string) (bool, error) {
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
	if _, err := f.c.Need(name, "while evaluating the 'name' attribute of a derivation").PlainString(); err != nil {
		return true, err
	}
	f.found(v, path)
	return true, nil
}
