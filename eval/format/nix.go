package format

// This file defines the printer of Nix expressions, which is also that of messages, of
// builtins.trace and of nix-instantiate --eval.

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/lang"
)

// A nixPrinter writes expressions.
type nixPrinter struct {
	*walker
	kind  nixKind
	seen  valueSet // sets and lists that were written
	attrs int      // how many were written, of all sets
	items int      // of all lists
	level int      // of indentation
	flat  int      // sets and lists around that are on one line
	col   int      // columns of the line that are written, nearly
}

// A nixKind says for what an expression is written.
type nixKind uint8

const (
	nixValue   nixKind = iota // to be read, or shown at the prompt
	nixMessage                // in short in a message; nothing is counted, as the evaluation may be about to end
	nixTrace                  // by builtins.trace
	nixResult                 // by nix-instantiate --eval, which has other words for functions and thunks
)

func newNixPrinter(w *walker) *nixPrinter { return &nixPrinter{walker: w} }

// shortOptions are the bounds of what a message shows of a value, as in the reference.
var shortOptions = Options{Lazy: true, Depth: 10, MaxAttrs: 10, MaxItems: 10, MaxString: 1024}

// Short returns v as messages show it: cut where it is long, and without evaluating
// anything. It counts nothing in the budget of src.
func Short(src Source, v heap.Value) string {
	p := struct {
		walker
		nixPrinter
	}{walker{src: src, h: src.Heap(), opt: shortOptions, asIs: true}, nixPrinter{kind: nixMessage}}
	p.nixPrinter.walker = &p.walker
	_ = p.nixPrinter.value(heap.Lazy(v)) // which fails only where it evaluates
	return heap.Frozen(p.walker.buf)
}

// Trace returns v as builtins.trace writes it: as Short does, but all of it.
func Trace(src Source, v heap.Value) (string, error) {
	var doc Document
	doc.Budget = src
	w := newWalker(src, (*memory)(&doc.Buffer), Options{Lazy: true})
	w.style, w.asIs = errorPlain, true
	p := newNixPrinter(&w)
	p.kind = nixTrace
	if err := p.value(heap.Lazy(v)); err != nil {
		return "", err
	}
	doc.Tail = w.buf
	text, err := doc.Bytes()
	return heap.Frozen(text), err
}

// Result writes v as nix-instantiate --eval does: a thunk is <CODE>, and nothing is
// evaluated. If it fails, what came before is written.
func Result(src Source, out io.Writer, v heap.Value) error {
	w := newWalker(src, direct{out}, Options{Lazy: true})
	w.style, w.asIs = errorPlain, true
	p := newNixPrinter(&w)
	p.kind = nixResult
	err := p.value(heap.Lazy(v))
	if failed := w.handOver(); err == nil {
		err = failed
	}
	return err
}

// put writes text that has no newline.
func (w *nixPrinter) put(s string) {
	w.buf = append(w.buf, s...)
	if w.opt.Width > 0 {
		w.col += utf8.RuneCountInString(s)
	}
}

// paint writes text that has no newline, in a colour if there are colours.
func (w *nixPrinter) paint(color, s string) {
	if !w.opt.Color {
		w.put(s)
		return
	}
	w.buf = append(w.buf, color...)
	w.put(s)
	w.buf = append(w.buf, ansi.Normal...)
}

// maxIndent is the indentation, in columns, that what nests more deeply has as well:
// otherwise most of the text of a value that nests deeply would be blanks.
const maxIndent = 200

var blanks = "\n" + strings.Repeat(" ", maxIndent)

// newLine returns a newline with the indentation of a level behind it.
func newLine(level int) string { return blanks[:1+min(2*level, maxIndent)] }

// space separates parts.
func (w *nixPrinter) space(lines bool) {
	if !lines {
		w.put(" ")
		return
	}
	line := newLine(w.level)
	w.buf = append(w.buf, line...)
	w.col = len(line) - 1
}

// value writes l, or an error mark.
func (w *nixPrinter) value(l heap.Lazy) error {
	if err := w.visit(l); err != nil {
		return w.marked(err, w)
	}
	return w.flush()
}

// mark writes an error in place of a value.
func (w *nixPrinter) mark(e *Error) error {
	w.paint(ansi.Red, "«error: "+plainText(e.Message())+"»")
	return nil
}

// plainText returns a message as it is shown on a terminal: without what controls
// that.
func plainText(s string) string { return ansi.Plain(strings.TrimRight(s, "\n")) }

// visit writes l, or fails having written nothing.
func (w *nixPrinter) visit(l heap.Lazy) error {
	if w.kind != nixMessage {
		if err := w.countPart(l); err != nil {
			return err
		}
		defer w.src.LeavePart()
	}
	if w.thunk(l) {
		w.unevaluated(l)
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

// countPart counts l as a level. A level of a value is no call, but there may not be more
// of them; builtins.trace does not look.
func (w *nixPrinter) countPart(l heap.Lazy) error {
	if w.kind != nixTrace && len(w.path) > w.src.MaxDepth() {
		if w.style == errorPath {
			if err := w.checkCycle(); err != nil {
				return err
			}
		}
		return w.fail(w.src.TooDeep(w.src.DefinedAt(w.src.Known(l), 0)))
	}
	if w.opt.Lazy {
		if err := w.src.Tick(1); err != nil {
			return err
		}
	}
	if err := w.src.EnterPart(); err != nil {
		return w.fail(err)
	}
	return nil
}

// unevaluated writes a thunk that is to stay one.
func (w *nixPrinter) unevaluated(l heap.Lazy) {
	switch {
	case w.h.Kind(l)&heap.BlackHole != 0:
		w.paint(ansi.Red, "«potential infinite recursion»")
	case w.kind == nixResult:
		w.put("<CODE>")
	default:
		w.paint(ansi.Magenta, "«thunk»")
	}
}

// scalar writes what has no parts, and is no string.
func (w *nixPrinter) scalar(k heap.Kind, v heap.Value) {
	h := w.h
	switch {
	case k.IsInt():
		w.paint(ansi.Cyan, strconv.FormatInt(h.Int(v), 10))
	case k == heap.Float:
		w.paint(ansi.Cyan, string(numtext.AppendFloat(nil, h.Float(v))))
	case k == heap.Bool:
		w.paint(ansi.Cyan, strconv.FormatBool(h.Bool(v)))
	case k == heap.Null:
		w.paint(ansi.Cyan, "null")
	case k == heap.Path:
		w.paint(ansi.Green, w.visible(w.src.PathText(h.Text(v))))
	case k.IsFunction() && w.kind == nixResult:
		w.put(w.resultFunction(k, v))
	case k.IsFunction():
		w.paint(ansi.Blue, w.visible(w.src.FunctionText(v)))
	default:
		w.put("«external»")
	}
}

// resultFunction returns what nix-instantiate prints for a function.
func (w *nixPrinter) resultFunction(k heap.Kind, v heap.Value) string {
	switch k {
	case heap.Builtin:
		return "<PRIMOP>"
	case heap.Partial:
		if fn, _ := w.h.Partial(v); w.h.KindOf(fn) == heap.Builtin {
			return "<PRIMOP-APP>"
		}
	}
	return "<LAMBDA>"
}

// visible returns text without what controls a terminal, if that is where it goes.
func (w *nixPrinter) visible(s string) string {
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
func (w *nixPrinter) string(s string) error {
	limit := len(s)
	if w.opt.MaxString > 0 {
		limit = min(limit, w.opt.MaxString)
	}
	if w.opt.Color {
		w.buf = append(w.buf, ansi.Magenta...)
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
		w.buf = append(w.buf, ansi.Normal...)
	}
	return nil
}

// literal writes s[i:end] as part of a string literal.
func (w *nixPrinter) literal(s string, i, end int) {
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

// elided says that n parts are left out.
func (w *nixPrinter) elided(n int, one, many string) {
	if n == 1 {
		many = one
	}
	w.paint(ansi.Faint, fmt.Sprintf("«%d %s elided»", n, many))
}

// repeated writes a mark if v was written before.
//
// Quirk: so is an empty set, except by nix-instantiate, but not an empty list.
func (w *nixPrinter) repeated(v heap.Value) bool {
	if w.h.KindOf(v) == heap.List {
		if w.h.Len(v) == 0 {
			return false
		}
	} else if w.kind == nixResult && w.h.Size(v) == 0 {
		return false
	}
	if w.seen.has(v) {
		w.paint(ansi.Magenta, "«repeated»")
		return true
	}
	w.seen.add(v)
	return false
}

// set writes a set.
func (w *nixPrinter) set(v heap.Value) error {
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
	if w.beyond() {
		w.put("{ ... }")
		return nil
	}
	all := w.src.SortedAttrs(v)
	if w.opt.MaxAttrs > 0 {
		w.importantFirst(all)
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
	shared := w.shareAttrs(all)
	defer shared.Close()
	for i, e := range all {
		shared.Come(i)
		w.space(lines)
		if w.opt.MaxAttrs > 0 && w.attrs >= w.opt.MaxAttrs {
			w.elided(len(all)-i, "attribute", "attributes")
			break
		}
		w.name(e.Name)
		w.put(" = ")
		w.intoAttr(v, e.Name)
		if err := w.value(e.Value); err != nil {
			return final(err)
		}
		w.leavePart()
		w.put(";")
		w.attrs++
	}
	w.level--
	w.space(lines)
	w.put("}")
	return nil
}

// name writes the name of an attribute.
func (w *nixPrinter) name(sym lang.Symbol) {
	name := w.src.Name(sym)
	if w.opt.Color || w.opt.Width > 0 {
		w.put(w.visible(lang.QuoteName(name)))
	} else {
		w.buf = lang.AppendName(w.buf, name)
	}
}

// importantFirst moves the attributes to the front that say what a set is.
func (w *nixPrinter) importantFirst(all []heap.Entry) {
	rank := func(e heap.Entry) int {
		if name := w.src.Name(e.Name); name == "type" || name == "_type" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b heap.Entry) int { return rank(a) - rank(b) })
}

// list writes a list.
func (w *nixPrinter) list(v heap.Value) error {
	if w.repeated(v) {
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
	shared := w.shareElems(v)
	defer shared.Close()
	for i, l := range w.h.Elems(v) {
		shared.Come(i)
		w.space(lines)
		if w.opt.MaxItems > 0 && w.items >= w.opt.MaxItems {
			w.elided(w.h.Len(v)-i, "item", "items")
			break
		}
		w.intoElem(v, i)
		if err := w.value(l); err != nil {
			return final(err)
		}
		w.leavePart()
		w.items++
	}
	w.level--
	w.space(lines)
	w.put("]")
	return nil
}

// derivation writes a set that is a derivation.
func (w *nixPrinter) derivation(v heap.Value) error {
	text := "«derivation"
	if at := w.find(v, "drvPath"); at != 0 {
		d, err := w.coerced(w.h.Load(at), 0, 0, "while evaluating the drvPath of a derivation")
		if err != nil {
			return err
		}
		if !w.isStorePath(d.text) {
			return w.failf(NotInStore, "path '%s' is not in the Nix store", d.text)
		}
		text += " " + d.text
	}
	w.paint(ansi.Green, text+"»")
	return nil
}

// isStorePath reports whether path is that of something right in the store.
func (w *nixPrinter) isStorePath(path string) bool {
	name, ok := strings.CutPrefix(path, w.src.StoreDir()+"/")
	const hashLen = 32
	return ok && len(name) > hashLen+1 && name[hashLen] == '-' && !strings.Contains(name, "/")
}

// attr and elem are not used: set and list count what they write.
func (w *nixPrinter) attr(int, heap.Entry) error { return nil }
func (w *nixPrinter) elem(int, heap.Lazy) error  { return nil }

// A valueSet is a set of values. The first few take no memory of their own.
type valueSet struct {
	few  [6]heap.Value
	n    int // values in few
	more map[heap.Value]struct{}
}

// has reports whether v is in the set.
func (s *valueSet) has(v heap.Value) bool {
	for _, x := range s.few[:s.n] {
		if x == v {
			return true
		}
	}
	_, ok := s.more[v]
	return ok
}

// add puts v into the set.
func (s *valueSet) add(v heap.Value) {
	if s.n < len(s.few) {
		s.few[s.n] = v
		s.n++
		return
	}
	if s.more == nil {
		s.more = map[heap.Value]struct{}{}
	}
	s.more[v] = struct{}{}
}
