package format

// This file defines TOML.

import (
	"math"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A tomlPrinter writes TOML. Of a table, what is no table itself comes first, so all
// of its attributes are evaluated on their outside before the first table in it.
type tomlPrinter struct {
	*walker
	began bool // there is something already
}

func newTOMLPrinter(w *walker) *tomlPrinter { return &tomlPrinter{walker: w} }

// document writes l, which has to be a set.
func (w *tomlPrinter) document(l heap.Lazy) error {
	level, err := w.enter()
	if err != nil {
		return err
	}
	defer w.leave(level)
	d, err := w.datum(l)
	if err != nil {
		return err
	}
	if d.isText || !w.h.KindOf(d.v).IsAttrs() {
		what := any("a string")
		if !d.isText {
			what = w.src.TypeText(d.v)
		}
		return w.failf(NoForm, "a TOML document is a set, but the value is %s; put it into one, as in --apply 'x: { value = x; }'", what)
	}
	return w.table(d.v, true)
}

// table writes the attributes of v. headed says that its header is there, or that it
// needs none.
func (w *tomlPrinter) table(v heap.Value, headed bool) error {
	all := w.src.SortedAttrs(v)
	if len(all) == 0 && !headed {
		return w.header("[", w.path, "]")
	}
	var tables []heap.Entry
	here := len(w.path)
	for _, e := range all {
		w.intoAttr(v, e.Name)
		isTable, err := w.isTable(e.Value)
		if err != nil {
			return err
		}
		if isTable {
			tables = append(tables, e)
		} else {
			if !headed {
				headed = true
				if err := w.header("[", w.path[:here], "]"); err != nil {
					return err
				}
			}
			if err := w.line(e); err != nil {
				return err
			}
		}
		w.leavePart()
	}
	for _, e := range tables {
		w.intoAttr(v, e.Name)
		if err := w.tables(e.Value); err != nil {
			return err
		}
		w.leavePart()
	}
	return nil
}

// isTable reports whether l is a set, or a list of nothing but sets. What cannot be
// evaluated is not, unless that ends everything.
func (w *tomlPrinter) isTable(l heap.Lazy) (bool, error) {
	level, err := w.enter()
	if err != nil {
		return false, err
	}
	defer w.leave(level)
	d, err := w.datum(l)
	if err != nil {
		return false, w.stopping(err)
	}
	if d.isText || d.v == 0 {
		return false, nil
	}
	k := w.h.KindOf(d.v)
	if k.IsAttrs() {
		return !w.beyond(), nil
	}
	if k != heap.List || w.h.Len(d.v) == 0 || w.beyond() {
		return false, nil
	}
	for i, l := range w.h.Elems(d.v) {
		w.intoElem(d.v, i)
		if w.beyond() {
			w.leavePart()
			return false, nil
		}
		d, err := w.peek(l)
		if err != nil {
			if err := w.stopping(err); err != nil {
				return false, err
			}
		}
		w.leavePart()
		if err != nil || d.isText || d.v == 0 || !w.h.KindOf(d.v).IsAttrs() {
			return false, nil
		}
	}
	return true, nil
}

// stopping returns err if no OnError lets printing go on; otherwise nil, since err comes
// up again.
func (w *tomlPrinter) stopping(err error) error {
	if w.opt.OnError == nil {
		return err
	}
	return nil
}

// tables writes a set or a list of sets.
func (w *tomlPrinter) tables(l heap.Lazy) error {
	level, err := w.enter()
	if err != nil {
		return err
	}
	defer w.leave(level)
	d, err := w.datum(l)
	if err != nil {
		return err
	}
	if w.h.KindOf(d.v).IsAttrs() {
		return w.table(d.v, false)
	}
	for i, l := range w.h.Elems(d.v) {
		w.intoElem(d.v, i)
		if err := w.header("[[", w.path, "]]"); err != nil {
			return err
		}
		elem, err := w.peek(l)
		if err != nil {
			return err
		}
		if err := w.table(elem.v, true); err != nil {
			return err
		}
		w.leavePart()
	}
	return nil
}

// header writes the header of the table at path.
func (w *tomlPrinter) header(open string, path []step, shut string) error {
	if w.began {
		w.buf = append(w.buf, '\n')
	}
	w.began = true
	w.buf = append(w.buf, open...)
	n := 0
	for _, s := range path {
		if s.name == 0 {
			continue // an element of an array of tables: the last one is meant
		}
		if n++; n > 1 {
			w.buf = append(w.buf, '.')
		}
		if err := w.key(s.name); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, shut...)
	w.buf = append(w.buf, '\n')
	return w.flush()
}

func (w *tomlPrinter) key(name lang.Symbol) error {
	text := w.src.Name(name)
	if isBareKey(text) {
		w.buf = append(w.buf, text...)
		return nil
	}
	return final(w.quoted(text, TOML))
}

func isBareKey(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return s != ""
}

// line writes an attribute that is no table.
func (w *tomlPrinter) line(e heap.Entry) error {
	w.began = true
	if err := w.key(e.Name); err != nil {
		return err
	}
	w.buf = append(w.buf, " = "...)
	if err := w.inline(e.Value, true); err != nil {
		return err
	}
	w.buf = append(w.buf, '\n')
	return w.flush()
}

// inline writes l as it is written behind a key. outer says that it may take several
// lines.
func (w *tomlPrinter) inline(l heap.Lazy, outer bool) error {
	level, err := w.enter()
	if err == nil {
		var d datum
		if d, err = w.datum(l); err == nil {
			err = w.write(d, outer)
		}
		w.leave(level)
	}
	if err != nil {
		e, err := w.absorb(err)
		if err != nil {
			return err
		}
		return w.marks(errorFields(e)...)
	}
	return w.flush()
}

const noNull = "TOML has no null: leave the attribute out, or choose json or yaml"

func (w *tomlPrinter) write(d datum, outer bool) error {
	switch {
	case d.isText:
		return w.string(d.text, outer)
	case d.v == 0:
		return w.marks([2]string{"$elided", "thunk"})
	}
	switch k := w.h.KindOf(d.v); {
	case k.IsInt():
		w.buf = strconv.AppendInt(w.buf, w.h.Int(d.v), 10)
	case k == heap.Float:
		w.buf = appendTOMLFloat(w.buf, w.h.Float(d.v))
	case k == heap.Bool:
		w.buf = strconv.AppendBool(w.buf, w.h.Bool(d.v))
	case k == heap.Null:
		return w.failf(NoForm, noNull)
	case k.IsAttrs():
		return final(w.set(d.v))
	case k == heap.List:
		return final(w.list(d.v, outer))
	default:
		return w.noForm(d.v, TOML)
	}
	return nil
}

func (w *tomlPrinter) set(v heap.Value) error {
	all := w.src.SortedAttrs(v)
	if len(all) == 0 {
		w.buf = append(w.buf, "{}"...)
		return nil
	}
	if w.beyond() {
		return w.marks([2]string{"$elided", "set"})
	}
	w.buf = append(w.buf, "{ "...)
	for i, e := range all {
		if i > 0 {
			w.buf = append(w.buf, ", "...)
		}
		w.intoAttr(v, e.Name)
		if err := w.key(e.Name); err != nil {
			return err
		}
		w.buf = append(w.buf, " = "...)
		if err := w.inline(e.Value, false); err != nil {
			return err
		}
		w.leavePart()
	}
	w.buf = append(w.buf, " }"...)
	return nil
}

func (w *tomlPrinter) list(v heap.Value, outer bool) error {
	if w.h.Len(v) > 0 && w.beyond() {
		return w.marks([2]string{"$elided", "list"})
	}
	lines := outer && !w.isShort(v)
	w.buf = append(w.buf, '[')
	for i, l := range w.h.Elems(v) {
		switch {
		case lines:
			w.buf = append(w.buf, "\n  "...)
		case i > 0:
			w.buf = append(w.buf, ", "...)
		}
		w.intoElem(v, i)
		if err := w.inline(l, false); err != nil {
			return err
		}
		w.leavePart()
		if lines {
			w.buf = append(w.buf, ',')
		}
	}
	if lines {
		w.buf = append(w.buf, '\n')
	}
	w.buf = append(w.buf, ']')
	return nil
}

// isShort reports whether the elements of a list fit on a line: they are evaluated,
// and have no parts.
func (w *tomlPrinter) isShort(v heap.Value) bool {
	const room = 80
	size := len(w.path)
	for _, l := range w.h.Elems(v) {
		x := w.src.Known(l)
		if x == 0 {
			return false
		}
		switch k := w.h.KindOf(x); {
		case k == heap.String:
			size += len(w.h.Text(x)) + 4
		case k == heap.List && w.h.Len(x) == 0, k.IsInt(), k == heap.Bool, k == heap.Float:
			size += 8
		default:
			return false
		}
		if size > room {
			return false
		}
	}
	return true
}

// string writes a string; one of several lines as such if lines says so.
func (w *tomlPrinter) string(s string, lines bool) error {
	if !lines || !strings.Contains(s, "\n") || invalidUTF8(s) >= 0 {
		return w.quoted(s, TOML)
	}
	if isLiteralTOML(s) {
		w.buf = append(w.buf, "'''\n"...)
		if err := w.text(s); err != nil {
			return err
		}
		w.buf = append(w.buf, "'''"...)
		return nil
	}
	w.buf = append(w.buf, "\"\"\"\n"...)
	for line := range strings.Lines(s) {
		text, ended := strings.CutSuffix(line, "\n")
		if err := w.escaped(text, TOML); err != nil {
			return err
		}
		if ended {
			w.buf = append(w.buf, '\n')
		}
	}
	w.buf = append(w.buf, `"""`...)
	return nil
}

// isLiteralTOML reports whether s can be written without escapes.
func isLiteralTOML(s string) bool {
	if strings.Contains(s, "'''") || strings.HasSuffix(s, "'") {
		return false
	}
	for _, r := range s {
		if r != '\n' && r != '\t' && isUnprintable(r) {
			return false
		}
	}
	return true
}

// marks writes a set in place of something else.
func (w *tomlPrinter) marks(fields ...[2]string) error {
	w.buf = append(w.buf, "{ "...)
	for i, f := range fields {
		if i > 0 {
			w.buf = append(w.buf, ", "...)
		}
		if isBareKey(f[0]) {
			w.buf = append(w.buf, f[0]...)
		} else if err := w.quoted(f[0], TOML); err != nil {
			return err
		}
		w.buf = append(w.buf, " = "...)
		if err := w.quoted(f[1], TOML); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, " }"...)
	return nil
}

func appendTOMLFloat(buf []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(buf, "nan"...)
	case math.IsInf(f, 1):
		return append(buf, "inf"...)
	case math.IsInf(f, -1):
		return append(buf, "-inf"...)
	}
	return appendDotted(buf, f)
}
