package core

// This file defines implicit conversions to strings and paths.

import (
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// forcePlainString forces l, which has to be a string without a context. words is the
// frame of an error.
func (w *worker) forcePlainString(l heap.Lazy, pos lang.Pos, words string) heap.Value {
	v := w.force(l, pos)
	if v != 0 {
		switch {
		case w.KindOf(v) != heap.String:
			w.failType(v, pos, "a string")
		case w.Context(v) != 0:
			w.failContext(v)
		default:
			return v
		}
	}
	w.err.frame(pos, "%s", words)
	return 0
}

// failContext fails since the string v has a context.
func (w *worker) failContext(v heap.Value) {
	e := w.ev.contexts.list(Context(w.Context(v)))[0]
	w.fail(CodeStringContext, 0, "the string '%s' is not allowed to refer to a store path (such as '%s')", w.Text(v), e.display())
}

// display returns the element as messages show it.
func (e ContextElem) display() string {
	switch e.Kind {
	case ContextPath:
		return e.Path
	case ContextDeep:
		return e.Path + " (deep)"
	}
	return e.Path + "^" + e.Output
}

// coerceToString returns l as a string, and its context. words is the frame of
// an error.
func (w *worker) coerceToString(l heap.Lazy, pos lang.Pos, flags Coercion, words string) (string, Context, bool) {
	v := w.force(l, pos)
	if v == 0 {
		return "", 0, false
	}
	switch k := w.KindOf(v); {
	case k == heap.String:
		return w.Text(v), Context(w.Context(v)), true
	case k == heap.Path:
		if flags&CopyToStore != 0 {
			return w.copyToStore(w.Text(v))
		}
		text, ok := w.settled(w.Text(v))
		if ok && flags&Canonicalize != 0 {
			text = world.Clean(text)
		}
		return rootPath(text), 0, ok
	case k.IsAttrs():
		return w.coerceAttrs(v, pos, flags, words)
	case flags&CoerceMore == 0:
	case k == heap.Bool:
		if w.Bool(v) {
			return "1", 0, true
		}
		return "", 0, true
	case k.IsInt():
		return strconv.FormatInt(w.Int(v), 10), 0, true
	case k == heap.Float:
		return string(numtext.AppendFixed(nil, w.Float(v))), 0, true
	case k == heap.Null:
		return "", 0, true
	case k == heap.List:
		return w.coerceList(v, pos, flags, words)
	}
	w.fail(CodeCannotCoerce, 0, "cannot coerce %s to a string: %s", w.showType(v), w.printShort(v))
	w.err.frame(pos, "%s", words)
	return "", 0, false
}

// coerceAttrs returns a set as a string: the result of its __toString, or its outPath.
func (w *worker) coerceAttrs(v heap.Value, pos lang.Pos, flags Coercion, words string) (string, Context, bool) {
	if !w.enterCall(pos) {
		return "", 0, false
	}
	defer func() { w.depth-- }()
	if !w.enter(frameGo) {
		return "", 0, false
	}
	defer w.leave(frameGo)
	if at := w.Find(v, w.ev.names.toString); at != 0 {
		r := w.callToString(v, at, pos)
		if r == 0 {
			return "", 0, false
		}
		return w.coerceToString(heap.Lazy(r), pos, flags|Canonicalize, "while evaluating the result of the `__toString` attribute")
	}
	at := w.Find(v, w.ev.names.outPath)
	if at == 0 {
		w.fail(CodeCannotCoerce, 0, "cannot coerce %s to a string: %s", w.showType(v), w.printShort(v))
		w.err.frame(pos, "%s", words)
		return "", 0, false
	}
	p := w.forceSlot(at, pos)
	if p == 0 {
		return "", 0, false
	}
	return w.coerceToString(heap.Lazy(p), pos, flags, words)
}

// callToString calls the __toString of a set, which is at a place.
func (w *worker) callToString(v heap.Value, at heap.Slot, pos lang.Pos) heap.Value {
	fn := w.forceSlot(at, pos)
	if fn == 0 {
		return 0
	}
	args := [1]heap.Lazy{heap.Lazy(v)}
	return w.call(fn, args[:], pos)
}

// copyToStore copies the file or tree at path to the store.
func (w *worker) copyToStore(path string) (string, Context, bool) {
	path = world.Clean(path)
	if strings.HasSuffix(path, ".drv") {
		w.fail(CodeInvalidArgument, 0, "file names are not allowed to end in '.drv'")
		return "", 0, false
	}
	if strings.LastIndexByte(path, '/') <= len(w.ev.pending) { // perhaps a whole tree, whose copy has its name
		var ok bool
		if path, ok = w.settled(path); !ok {
			return "", 0, false
		}
	}
	dst, ok := w.ev.recall(w.ev.copied, path)
	ok = ok && w.ev.opt.Mounts.Visible(w.ctx, path)
	if !ok {
		if w.ev.opt.Copier == nil {
			w.fail(CodeNotSupported, 0, "path '%s' cannot be copied: there is no store", path)
			return "", 0, false
		}
		path = strings.Clone(path) // which may be the heap's, and is remembered
		real, err := w.realPath(path)
		if err == nil {
			dst, err = w.ev.opt.Copier.CopyPath(w.ctx, real, baseName(path))
		}
		if err != nil {
			w.err = w.asError(err)
			return "", 0, false
		}
		w.ev.remember(w.ev.copied, path, dst)
	}
	return dst, w.ev.contexts.of(&w.Space, ContextElem{Kind: ContextPath, Path: dst}), true
}

// CopyToStore copies the file or tree at path to the store, once, and returns
// the path there with its context.
func (c *Call) CopyToStore(path string) (string, Context, error) {
	text, ctx, ok := c.w.copyToStore(path)
	if !ok {
		return "", 0, c.w.take()
	}
	return text, ctx, nil
}

// baseName returns the last part of a clean path, which the store knows a copy
// by; of the root, that is "source".
func baseName(path string) string {
	if path == "/" {
		return "source"
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

// coerceToPath returns l as an absolute, clean path.
func (w *worker) coerceToPath(l heap.Lazy, pos lang.Pos, words string) (string, Context, bool) {
	v := w.force(l, pos)
	if v == 0 {
		w.err.frame(pos, "%s", words)
		return "", 0, false
	}
	k := w.KindOf(v)
	if k == heap.Path {
		return world.Clean(w.Text(v)), 0, true
	}
	if k.IsAttrs() {
		if at := w.Find(v, w.ev.names.toString); at != 0 {
			r := w.callToString(v, at, pos)
			if r == 0 || !w.enter(frameGo) {
				return "", 0, false
			}
			defer w.leave(frameGo)
			return w.coerceToPath(heap.Lazy(r), pos, words)
		}
	}
	path, ctx, ok := w.coerceToString(heap.Lazy(v), pos, Canonicalize, words)
	if !ok {
		return "", 0, false
	}
	if path == "" || path[0] != '/' {
		w.fail(CodeRelativePath, 0, "string '%s' doesn't represent an absolute path", Path(path))
		w.err.frame(pos, "%s", words)
		return "", 0, false
	}
	return world.Clean(path), ctx, true
}
