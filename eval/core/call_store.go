package core

// This file defines what the builtins around the store ask of the evaluator in
// addition: checks at a position, depth, and contexts in bulk.

import (
	"fmt"
	"slices"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// ForceSlotAt is ForceSlot, for what is needed where pos says; it is asked on
// failure only.
func (c *Call) ForceSlotAt(at heap.Slot, pos func() lang.Pos) (heap.Value, error) {
	v := c.w.forceSlot(at, latePos)
	if v == 0 {
		c.w.err.settle(pos())
	}
	return c.w.result(v)
}

// Enter counts a level of recursion in a builtin as a call within a call, and
// returns an error if that is one too many. If not, the builtin calls Leave
// when it returns from that level.
func (c *Call) Enter() error { return c.EnterAt(0) }

// EnterAt is Enter, for what is at pos.
func (c *Call) EnterAt(pos lang.Pos) error {
	if !c.w.enterCall(pos) {
		return c.w.take()
	}
	if !c.w.enter(frameGo) {
		c.w.depth--
		return c.w.take()
	}
	return nil
}

// Leave ends a level of recursion.
func (c *Call) Leave() {
	c.w.leave(frameGo)
	c.w.depth--
}

// Lambda returns the function v as it stands in the source, or nil if it does
// not stand there.
func (c *Call) Lambda(v heap.Value) *lang.Lambda {
	given := 0
	if c.w.KindOf(v) == heap.Partial {
		fn, args := c.w.Partial(v)
		v, given = fn, len(args)
	}
	if c.w.KindOf(v) != heap.Lambda {
		return nil
	}
	code, _ := c.w.Closure(v)
	return c.w.function(code).lambdas[given]
}

// UnionAll returns the elements of all of list, which it sorts. For long lists
// it is much faster than Union, which would make a context for each step.
func (c *Call) UnionAll(list []Context) Context { return c.w.ev.contexts.unionAll(&c.w.Space, list) }

// add adds ctx to list, if it is neither empty nor was added last.
func (list contextList) add(ctx Context) contextList {
	if ctx == 0 || len(list) > 0 && list[len(list)-1] == ctx {
		return list
	}
	return append(list, ctx)
}

// A contextList is a list of contexts for unionAll.
type contextList []Context

func (t *contexts) unionAll(s *heap.Space, list []Context) Context {
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) > 0 && list[0] == 0 {
		list = list[1:]
	}
	switch len(list) {
	case 0:
		return 0
	case 1:
		return list[0]
	case 2:
		return t.union(s, list[0], list[1])
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.intern(s, t.merge(list))
}

// merge returns the numbers of the elements of all of list, sorted.
func (t *contexts) merge(list []Context) []uint32 {
	n := 0
	for _, ctx := range list {
		n += t.sets[ctx].len()
	}
	nums := make([]uint32, 0, n)
	for _, ctx := range list {
		nums = t.sets[ctx].appendTo(nums)
	}
	slices.Sort(nums)
	return slices.Compact(nums)
}

// ElemsOf returns the elements of all of list, sorted as Elems does. It sorts
// list.
func (c *Call) ElemsOf(list []Context) []ContextElem {
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) == 1 {
		return c.Elems(list[0])
	}
	t := c.w.ev.contexts
	t.mu.Lock()
	nums := t.merge(list)
	out := make([]ContextElem, len(nums))
	for i, n := range nums {
		out[i] = t.elems[n]
	}
	t.mu.Unlock()
	slices.SortFunc(out, ContextElem.compare)
	return out
}

// PosString returns a position as messages have it inside a sentence.
func (c *Call) PosString(pos lang.Pos) string {
	if pos == 0 {
		return "«none»:0"
	}
	return c.w.ev.config.Files.Position(pos).String()
}

// Warn prints a warning.
func (c *Call) Warn(format string, args ...any) {
	fmt.Fprintf(c.w.ev.opt.Stderr, "warning: "+format+"\n", args...)
}

// Enabled reports whether the experimental feature is on.
func (c *Call) Enabled(feature string) bool { return c.w.ev.opt.Features[feature] }

// Require returns an error unless the experimental feature is on. why says what
// needs it, "" for nothing more.
func (c *Call) Require(feature, why string) error {
	if c.Enabled(feature) {
		return nil
	}
	if why != "" {
		why = " (" + why + ")"
	}
	return c.w.errorf(CodeExperimental, 0, "experimental Nix feature '%[1]s' is disabled%[2]s; add '--extra-experimental-features %[1]s' to enable it", Name(feature), why)
}
