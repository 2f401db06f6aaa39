package format

// This file defines the expressions that nix eval and nix repl print.

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/lang"
)

// Colours of the reference.
const (
	red     = "\x1b[31;1m"
	green   = "\x1b[32;1m"
	blue    = "\x1b[34;1m"
	magenta = "\x1b[35;1m"
	cyan    = "\x1b[36;1m"
	faint   = "\x1b[2m"
	normal  = "\x1b[0m"
)

// A nixWriter writes expressions.
type nixWriter struct {
	*writer
	seen  map[heap.Value]struct{} // sets and lists that were written
	attrs int                     // how many were written, of all sets
	items int                     // of all lists
	level int                     // of indentation
	flat  int                     // sets and lists around that are on one line
	col   int                     // columns of the line that are written, nearly
}

func newNixWriter(w *writer) *nixWriter {
	return &nixWriter{writer: w, seen: map[heap.Value]struct{}{}}
}

// put writes text that has no newline.
func (w *nixWriter) put(s string) {
	w.buf = append(w.buf, s...)
	if w.opt.Width > 0 {
		w.col += utf8.RuneCountInString(s)
	}
}

func (w *nixWriter) paint(color, s string) {
	if !w.opt.Color {
		w.put(s)
		return
	}
	w.buf = append(w.buf, color...)
	w.put(s)
	w.buf = append(w.buf, normal...)
}

// space separates parts.
func (w *nixWriter) space(lines bool) {
	if !lines {
		w.put(" ")
		return
	}
	w.buf = append(w.buf, '\n')
	for range w.level {
		w.buf = append(w.buf, "  "...)
	}
	w.col = 2 * w.level
}

// value writes l, or an error mark.
func (w *nixWriter) value(l heap.Lazy) error {
	err := w.entered(l)
	if err != nil {
		e, err := w.absorb(err)
		if err != nil {
			return err
		}
		w.paint(red, "«error: "+plainText(e.Message())+"»")
	}
	return w.flush()
}

// plainText returns a message as it is shown on a terminal: without what controls
// that.
func plainText(s string) string { return ansi.Plain(strings.TrimRight(s, "\n")) }

// entered writes l, or fails having written nothing.
func (w *nixWriter) entered(l heap.Lazy) error {
	// A level of a value is no call, but there may not be more of them.
	if len(w.path) > w.c.MaxCallDepth() {
		if err := w.checkCycle(); err != nil {
			return err
		}
		return w.fail(w.c.TooDeep(w.c.DefinedAt(w.h.Known(l), 0)))
	}
	if err := w.c.EnterLevel(0); err != nil {
		return w.fail(err)
	}
	defer w.c.LeaveLevel()
	if w.thunk(l) {
		if w.h.Kind(l)&heap.BlackHole != 0 {
			w.paint(red, "«potential infinite recursion»")
		} else {
			w.paint(magenta, "«thunk»")
		}
		return nil
	}
	v, err := w.force(l)
	if err != nil {
		return err
	}
	switch k := w.h.KindOf(v); {
	case k.IsAttrs():
		return w.set(v)
	case k == heap.List:
		return w.list(v)
	case k == heap.String:
		return w.string(w.h.Text(v))
	default:
		w.scalar(k, v)
	}
	return nil
}

// scalar writes what has no parts, and is no string.
func (w *nixWriter) scalar(k heap.Kind, v heap.Value) {
	h := w.h
	switch {
	case k.IsInt():
		w.paint(cyan, strconv.FormatInt(h.Int(v), 10))
	case k == heap.Float:
		w.paint(cyan, string(numtext.AppendFloat(nil, h.Float(v))))
	case k == heap.Bool:
		w.paint(cyan, strconv.FormatBool(h.Bool(v)))
	case k == heap.Null:
		w.paint(cyan, "null")
	case k == heap.Path:
		w.paint(green, w.visible(h.Text(v)))
	case k.IsFunction():
		w.paint(blue, w.visible(string(w.c.Show(v))))
	default:
		w.put(string(w.c.Show(v)))
	}
}

// visible returns text without what controls a terminal, if that is where it goes.
func (w *nixWriter) visible(s string) string {
	if !w.opt.Color || strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '␀' + r
		case isControl(r):
			return '␡'
		}
		return r
	}, s)
}

func isControl(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 }

// string writes a string literal.
func (w *nixWriter) string(s string) error {
	limit := len(s)
	if w.opt.MaxString > 0 {
		limit = min(limit, w.opt.MaxString)
	}
	if w.opt.Color {
		w.buf = append(w.buf, magenta...)
	}
	w.put(`"`)
	for i := 0; i < limit; {
		end := min(limit, i+partLen)
		w.literal(s, i, end)
		i = end
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.put(`"`)
	if limit < len(s) {
		w.put(" ")
		w.elided(len(s)-limit, "byte", "bytes")
	}
	if w.opt.Color {
		w.buf = append(w.buf, normal...)
	}
	return nil
}

// literal writes s[i:end] as part of a string literal.
func (w *nixWriter) literal(s string, i, end int) {
	start := len(w.buf)
	w.buf = lang.AppendEscaped(w.buf, s, i, end)
	if w.opt.Width > 0 {
		w.col += utf8.RuneCount(w.buf[start:])
	}
	if w.opt.Color {
		text := w.visible(string(w.buf[start:]))
		w.buf = append(w.buf[:start], text...)
	}
}

func (w *nixWriter) elided(n int, one, many string) {
	if n == 1 {
		many = one
	}
	w.paint(faint, fmt.Sprintf("«%d %s elided»", n, many))
}

// repeated writes a mark if v was written before.
//
// Quirk: so is an empty set, but not an empty list.
func (w *nixWriter) repeated(v heap.Value) bool {
	if _, ok := w.seen[v]; ok {
		w.paint(magenta, "«repeated»")
		return true
	}
	w.seen[v] = struct{}{}
	return false
}

func (w *nixWriter) set(v heap.Value) error {
	if w.repeated(v) {
		return nil
	}
	if !w.opt.Derivations && !w.opt.Lazy {
		isDrv, err := w.isDerivation(v)
		if err != nil {
			return err
		}
		if isDrv {
			return w.derivation(v)
		}
	}
	n := w.h.Size(v)
	if w.beyond() {
		w.put("{ ... }")
		return nil
	}
	all := w.c.SortedAttrs(v)
	if w.opt.MaxAttrs > 0 {
		all = importantFirst(w.c, all)
	}
	lines, err := w.lines(v)
	if err != nil {
		return err
	}
	if !lines {
		w.flat++
		defer func() { w.flat-- }()
	}
	w.put("{")
	w.level++
	for i, e := range all {
		w.space(lines)
		if w.opt.MaxAttrs > 0 && w.attrs >= w.opt.MaxAttrs {
			w.elided(n-i, "attribute", "attributes")
			break
		}
		w.put(w.visible(w.c.AttrName(w.c.Name(e.Name))))
		w.put(" = ")
		w.intoAttr(v, e.Name)
		if err := w.value(e.Value); err != nil {
			return final(err)
		}
		w.out()
		w.put(";")
		w.attrs++
	}
	w.level--
	w.space(lines)
	w.put("}")
	return nil
}

// importantFirst puts the attributes first that say what a set is.
func importantFirst(c *core.Call, all []heap.Entry) []heap.Entry {
	var first, rest []heap.Entry
	for _, e := range all {
		if name := c.Name(e.Name); name == "type" || name == "_type" {
			first = append(first, e)
		} else {
			rest = append(rest, e)
		}
	}
	return append(first, rest...)
}

func (w *nixWriter) list(v heap.Value) error {
	n := w.h.Len(v)
	if n > 0 && w.repeated(v) {
		return nil
	}
	if w.beyond() {
		w.put("[ ... ]")
		return nil
	}
	lines, err := w.lines(v)
	if err != nil {
		return err
	}
	if !lines {
		w.flat++
		defer func() { w.flat-- }()
	}
	w.put("[")
	w.level++
	for i, l := range w.h.Elems(v) {
		w.space(lines)
		if w.opt.MaxItems > 0 && w.items >= w.opt.MaxItems {
			w.elided(n-i, "item", "items")
			break
		}
		w.intoElem(v, i)
		if err := w.value(l); err != nil {
			return final(err)
		}
		w.out()
		w.items++
	}
	w.level--
	w.space(lines)
	w.put("]")
	return nil
}

// derivation writes a set that is a derivation.
func (w *nixWriter) derivation(v heap.Value) error {
	text := "«derivation"
	if at := w.find(v, "drvPath"); at != 0 {
		path, _, err := w.c.Need(w.h.Load(at), "while evaluating the drvPath of a derivation").Coerce(0)
		if err != nil {
			return w.fail(err)
		}
		if !w.isStorePath(path) {
			return w.failf(core.CodeStorePath, "path '%s' is not in the Nix store", path)
		}
		text += " " + path
	}
	w.paint(green, text+"»")
	return nil
}

// isStorePath reports whether path is that of something right in the store.
func (w *nixWriter) isStorePath(path string) bool {
	dir := "/nix/store"
	if st := w.c.Evaluator().Options().Store; st != nil {
		dir = st.Dir()
	}
	name, ok := strings.CutPrefix(path, dir+"/")
	const hashLen = 32
	return ok && len(name) > hashLen+1 && name[hashLen] == '-' && !strings.Contains(name, "/")
}
